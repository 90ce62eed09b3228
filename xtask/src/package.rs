//! `cargo xtask package`: what would be published, packed, unpacked, tested from that alone, and added to a fresh crate.

use crate::{
    added, openblas,
    places::{cargo, project, remove},
    shell::{run, say},
    trouble::Result,
};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

const REMEDY: &str = "a file that src includes must stand in `include` of Cargo.toml; `cargo package --list` shows what would be published";

/// Packs, unpacks where cargo itself would, and builds with the project's compiled dependencies.
pub fn prove() -> Result<()> {
    let lapack = openblas::ensure();
    let named = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = project().join(named.unwrap_or_else(|| "target".into()));
    let packages = target.join("package");
    let unpacked = pack_and_unpack(&packages)?;
    say("test it from that alone");
    for what in [
        &["check", "--all-targets", "--offline"][..],
        &["test", "--offline", "--quiet"],
    ] {
        let mut command = cargo(what);
        command
            .current_dir(&unpacked)
            .env("CARGO_TARGET_DIR", &target);
        lapack.pass_to(&mut command);
        run(&mut command, REMEDY)?;
    }
    say("add it to a fresh crate");
    added::prove(&unpacked, &target, &lapack)?;
    println!("What would be published passes its tests, and a fresh crate that adds it works.");
    Ok(())
}

/// The folder of what would be published.
fn pack_and_unpack(packages: &Path) -> Result<PathBuf> {
    say("pack");
    let pack = [
        "package",
        "--package",
        "fiedler",
        "--no-verify",
        "--allow-dirty",
        "--quiet",
    ];
    run(&mut cargo(&pack), REMEDY)?;
    // The workspace's version is that of both crates.
    let name = format!("fiedler-{}", env!("CARGO_PKG_VERSION"));
    let unpacked = packages.join(&name);
    remove(&unpacked)?;
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(format!("{name}.crate"));
    run(tar.current_dir(packages), "install tar")?;
    Ok(unpacked)
}
