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
    let Some(folder) = find_openblas() else {
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
    if let Some(folder) = folder {
        println!("cargo::rustc-link-search=native={folder}");
    }
    println!("cargo::rustc-link-lib=dylib=openblas");
    println!("cargo::rustc-cfg=lapack");
}

/// The folder that OpenBLAS links from: `Some(None)` where the linker needs no folder, `None` where nothing links.
fn find_openblas() -> Option<Option<String>> {
    let named = env::var("OPENBLAS_LIB_DIR").ok();
    let usual = [
        "/opt/homebrew/opt/openblas/lib",
        "/usr/local/opt/openblas/lib",
    ];
    let folders = named.into_iter().map(Some).chain([None]);
    let folders = folders.chain(
        usual
            .iter()
            .filter(|f| Path::new(f).is_dir())
            .map(|f| Some((*f).to_string())),
    );
    folders.into_iter().find(|folder| links(folder.as_deref()))
}

/// Whether a program that calls LAPACK's `dsyev` links against OpenBLAS from this folder.
fn links(folder: Option<&str>) -> bool {
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
    if let Some(folder) = folder {
        rustc.arg(format!("-Lnative={folder}"));
    }
    rustc.output().is_ok_and(|result| result.status.success())
}
