//! The crate as WebAssembly, for the book's live figures: `web`, compiled for a browser and put beside the pages.

use crate::{
    openblas,
    places::{Lab, project},
    shell::{answer, run, say},
    trouble::{Result, Trouble},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use std::{
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

const TARGET: &str = "wasm32-unknown-unknown";

/// Bytes of the compressed module, at most: what a reader waits for.
// 402 kB: the last solver, the filter for wide gaps, came with nine of them.
const BUDGET: usize = 410_000;

/// The script that carries the module. A script, since a page that is opened from a folder may fetch nothing; compressed,
/// since not all hosts compress what they send.
pub const MODULE: &str = "fiedler_wasm.js";

/// A compiler for the target.
enum Compiler {
    /// The one that is here, with the target from rustup.
    Own,
    /// Debian's, unpacked into the lab: it compiles the standard library too.
    Debians { program: PathBuf, linker: PathBuf },
}

/// Compiles the module and puts it into the built book. Without a compiler for it, says so: the figures stay still.
pub fn put_into(lab: &Lab, built: &Path) -> Result<()> {
    let Some(compiler) = compiler(lab) else {
        println!("The book's figures stay still: there is no compiler for {TARGET} here.");
        println!("  To have them move: `rustup target add {TARGET}`, and build the book again.");
        return Ok(());
    };
    say("Compiling the crate for the page (two or three minutes the first time).");
    let folder = lab.path("web");
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(project().join("web/page"));
    cargo.args(["build", "--quiet", "--release", "--locked"]);
    cargo.args(["--target", TARGET]);
    cargo.env("CARGO_TARGET_DIR", &folder);
    // They would take the place of those in web/page/.cargo.
    cargo.env_remove("RUSTFLAGS");
    if let Compiler::Debians { program, linker } = &compiler {
        cargo.args(["-Z", "build-std=std,panic_abort"]);
        cargo.env("RUSTC", program).env("RUSTC_BOOTSTRAP", "1");
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    }
    run(&mut cargo, "see the compiler's words above")?;
    let path = folder.join(TARGET).join("release/fiedler_page.wasm");
    let bytes = fs::read(&path).map_err(|error| Trouble::file(&path, &error))?;
    let packed = pack(&bytes).map_err(|error| Trouble::file(&path, &error))?;
    let script = format!("window.fiedlerWasm = \"{}\";\n", STANDARD.encode(&packed));
    let target = built.join(MODULE);
    fs::write(&target, script).map_err(|error| Trouble::file(&target, &error))?;
    let (raw, packed) = (bytes.len() / 1000, packed.len());
    println!(
        "The figures move: {} kB of WebAssembly, {raw} when unpacked.",
        packed / 1000
    );
    within(packed)
}

fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    packer.finish()
}

/// Whether so many bytes are few enough.
fn within(packed: usize) -> Result<()> {
    if packed <= BUDGET {
        return Ok(());
    }
    Err(Trouble::new(
        format!("The module has {packed} bytes, and a reader was promised {BUDGET} at most."),
        "see what came into it: web/page/Cargo.toml says what was left out, and what was tried",
    ))
}

fn compiler(lab: &Lab) -> Option<Compiler> {
    let library = answer("rustc", &["--print", "target-libdir", "--target", TARGET]);
    if library.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Some(Compiler::Own);
    }
    let sysroot = PathBuf::from(answer("rustc", &["--print", "sysroot"])?);
    let linker = sysroot.join("lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld");
    if !linker.is_file() || !cfg!(target_arch = "x86_64") {
        return None;
    }
    let program = debians(lab)?;
    Some(Compiler::Debians { program, linker })
}

/// Debian's compiler for browsers, which is newer than its other one; unpacked, not installed, beside rustup's.
fn debians(lab: &Lab) -> Option<PathBuf> {
    let folder = lab.path("debian-rust");
    let program = folder.join("rustc");
    let works = || answer(&program.to_string_lossy(), &["--version"]).is_some();
    if works() {
        return Some(program);
    }
    answer("dpkg", &["--version"])?;
    let depends = |list: bool| {
        if list {
            let _ = openblas::run_as_root("apt-get", &["update", "--quiet"]);
        }
        let quiet = [
            "--recurse",
            "--no-recommends",
            "--no-suggests",
            "--no-conflicts",
            "--no-breaks",
        ];
        let output = Command::new("apt-cache")
            .arg("depends")
            .args(quiet)
            .arg("rustc-web")
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let wanted = ["rustc-web", "libstd-rust-web", "libllvm"];
        let names = text
            .lines()
            .filter(|line| wanted.iter().any(|start| line.starts_with(start)));
        let mut names: Vec<String> = names.map(str::to_string).collect();
        (!names.is_empty()).then(|| {
            names.push("rust-web-src".to_string());
            names
        })
    };
    let packages = depends(false).or_else(|| depends(true))?;
    say("Fetching Debian's Rust compiler for browsers (140 MB, kept in the lab).");
    fs::create_dir_all(&folder).ok()?;
    let mut fetch = Command::new("apt-get");
    fetch
        .args(["download", "--quiet"])
        .args(&packages)
        .current_dir(&folder);
    run(&mut fetch, "see apt's words above").ok()?;
    for package in fs::read_dir(&folder).ok()?.flatten() {
        let path = package.path();
        if path.extension().is_some_and(|end| end == "deb") {
            let mut unpack = Command::new("dpkg");
            unpack.arg("-x").arg(&path).arg(folder.join("root"));
            run(&mut unpack, "see dpkg's words above").ok()?;
            let _ = fs::remove_file(&path);
        }
    }
    let root = folder.join("root/usr");
    let libraries = root.join("lib/x86_64-linux-gnu");
    let script = format!(
        "#!/bin/sh\nLD_LIBRARY_PATH='{}' exec '{}' \"$@\"\n",
        libraries.display(),
        root.join("bin/rustc").display()
    );
    lab.write("debian-rust/rustc", &script).ok()?;
    let mut executable = Command::new("chmod");
    executable.arg("+x").arg(&program);
    run(&mut executable, "see the words above").ok()?;
    works().then_some(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_that_grew_is_refused() {
        assert!(within(BUDGET).is_ok());
        let words = within(BUDGET + 1).unwrap_err().to_string();
        let over = format!("{} bytes, and a reader was promised {BUDGET}", BUDGET + 1);
        assert!(words.contains(&over), "{words}");
    }
}
