//! Finds OpenBLAS when the `lapack` feature asks for it, and says in three lines what to do when it is missing.
//!
//! The search is a trial link of a program that calls LAPACK: it needs no pkg-config and believes
//! nothing but the linker. `OPENBLAS_LIB_DIR` names a folder to search first; `FIEDLER_LAPACK=off`
//! goes without LAPACK where the features cannot be changed, as in a notebook.

use std::{env, fs, path::Path, process::Command};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=FIEDLER_LAPACK");
    println!("cargo::rerun-if-env-changed=OPENBLAS_LIB_DIR");
    println!("cargo::rustc-check-cfg=cfg(lapack)");

    let wanted = env::var_os("CARGO_FEATURE_LAPACK").is_some();
    let refused = env::var("FIEDLER_LAPACK").is_ok_and(|value| value == "off");
    // docs.rs builds the documentation only: nothing is linked there.
    if !wanted || refused || env::var_os("DOCS_RS").is_some() {
        return;
    }
    let Some(folders) = find_openblas() else {
        println!(
            "cargo::error=OpenBLAS was not found: the feature `lapack` of fiedler links the system's copy."
        );
        println!(
            "cargo::error=To install it: Debian/Ubuntu `apt install libopenblas-dev`; Fedora `dnf install openblas-devel`; Arch `pacman -S openblas`; macOS `brew install openblas`. A copy elsewhere: OPENBLAS_LIB_DIR=<folder>."
        );
        println!(
            "cargo::error=To go without, in pure Rust: build with `--no-default-features --features plot`, or set FIEDLER_LAPACK=off."
        );
        return;
    };
    for folder in &folders {
        println!("cargo::rustc-link-search=native={folder}");
    }
    println!("cargo::rustc-link-lib=dylib=openblas");
    println!("cargo::rustc-cfg=lapack");
}

/// The folders to search for OpenBLAS: none where the linker finds it alone; `None` where nothing links.
fn find_openblas() -> Option<Vec<String>> {
    let usual = [
        "/opt/homebrew/opt/openblas/lib",
        "/usr/local/opt/openblas/lib",
    ];
    let named = env::var("OPENBLAS_LIB_DIR").ok();
    let present = usual
        .into_iter()
        .filter(|folder| Path::new(folder).is_dir())
        .map(String::from);
    let single = named.into_iter().chain(present).map(|folder| vec![folder]);
    single.chain([Vec::new()]).find(|folders| links(folders))
}

/// Whether a program that calls LAPACK's `dsyev` links against OpenBLAS from these folders.
fn links(folders: &[String]) -> bool {
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    let source = Path::new(&out).join("trial.rs");
    let program = "unsafe extern \"C\" { fn dsyev_(); }\nfn main() { unsafe { dsyev_() } }\n";
    if fs::write(&source, program).is_err() {
        return false;
    }
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.args(["--edition=2024", "-lopenblas", "--target"]);
    rustc.arg(env::var("TARGET").expect("cargo sets TARGET for build scripts"));
    rustc
        .arg(&source)
        .arg("-o")
        .arg(Path::new(&out).join("trial"));
    rustc.args(folders.iter().map(|folder| format!("-Lnative={folder}")));
    rustc.output().is_ok_and(|result| result.status.success())
}
