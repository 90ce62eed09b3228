//! `cargo xtask package`: what would be published, packed, unpacked and built from that alone.

use crate::{
    openblas,
    places::{cargo, project},
    shell::{run, say},
    trouble::{Result, Trouble},
};
use std::{env, fs, io::ErrorKind, path::PathBuf, process::Command};

const REMEDY: &str = "a file that src includes must stand in `include` of Cargo.toml; `cargo package --list` shows what would be published";

/// Packs, unpacks where cargo itself would, and builds with the project's compiled dependencies.
pub fn build() -> Result<()> {
    let lapack = openblas::ensure();
    let named = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = project().join(named.unwrap_or_else(|| "target".into()));
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
    let packages = target.join("package");
    // The workspace's version is that of both crates.
    let name = format!("fiedler-{}", env!("CARGO_PKG_VERSION"));
    let unpacked = packages.join(&name);
    match fs::remove_dir_all(&unpacked) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(Trouble::file(&unpacked, &error));
        }
        _ => {}
    }
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(format!("{name}.crate"));
    run(tar.current_dir(&packages), "install tar")?;
    say("build it from that alone");
    let mut check = cargo(&["check", "--all-targets", "--offline"]);
    check
        .current_dir(&unpacked)
        .env("CARGO_TARGET_DIR", &target);
    lapack.pass_to(&mut check);
    run(&mut check, REMEDY)?;
    println!("What would be published builds.");
    Ok(())
}
