//! Links OpenBLAS where the feature `lapack` asks for it and the linker finds it; goes on in pure Rust where not.
//!
//! The search is a trial link of a program that calls LAPACK: it needs no pkg-config and believes
//! nothing but the linker. `OPENBLAS_LIB_DIR` names a folder to search first. `FIEDLER_LAPACK=on` demands OpenBLAS, and
//! stops the build where it is missing; `FIEDLER_LAPACK=off` refuses it, where the features cannot be changed, as in a
//! notebook. The report of a fit says what was linked.

use std::{env, fs, path::Path, process::Command};

fn main() {
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    for line in instructions(variable, find_openblas) {
        println!("cargo::{line}");
    }
}

/// What cargo is told, by the environment and what the search gives: folders to search, or nothing that links.
pub fn instructions(
    variable: impl Fn(&str) -> Option<String>,
    search: impl Fn() -> Option<Vec<String>>,
) -> Vec<String> {
    let mut lines = vec![
        "rerun-if-changed=build.rs".to_string(),
        "rerun-if-env-changed=FIEDLER_LAPACK".to_string(),
        "rerun-if-env-changed=OPENBLAS_LIB_DIR".to_string(),
        "rustc-check-cfg=cfg(lapack)".to_string(),
    ];
    let wish = variable("FIEDLER_LAPACK").unwrap_or_else(|| "auto".to_string());
    let feature = variable("CARGO_FEATURE_LAPACK").is_some();
    // docs.rs builds the documentation only: nothing is linked there.
    if wish == "off" || variable("DOCS_RS").is_some() {
        return lines;
    }
    if wish != "auto" && wish != "on" {
        lines.push(format!(
            "error=FIEDLER_LAPACK is `{wish}`, but it must be `on`, `off` or `auto`, which is the same as not set."
        ));
    } else if feature {
        match search() {
            Some(folders) => lines.extend(linked(&folders)),
            None => lines.extend(missing(wish == "on")),
        }
    }
    lines
}

/// OpenBLAS from these folders.
fn linked(folders: &[String]) -> Vec<String> {
    let search = folders
        .iter()
        .map(|folder| format!("rustc-link-search=native={folder}"));
    let link = ["rustc-link-lib=dylib=openblas", "rustc-cfg=lapack"].map(String::from);
    search.chain(link).collect()
}

/// Three lines where it was demanded, and one where it is as well without.
fn missing(demanded: bool) -> Vec<String> {
    if !demanded {
        let warning = "warning=OpenBLAS was not found: fiedler goes on in pure Rust, with the same answers, and takes longer \
                       for all eigenpairs of a large full matrix. FIEDLER_LAPACK=on says how to install it, FIEDLER_LAPACK=off silences this.";
        return vec![warning.to_string()];
    }
    [
        "error=OpenBLAS was not found: the feature `lapack` of fiedler links the system's copy, and FIEDLER_LAPACK=on demands it.",
        "error=To install it: Debian/Ubuntu `apt install libopenblas-dev`; Fedora `dnf install openblas-devel`; Arch `pacman -S openblas`; macOS `brew install openblas`. A copy elsewhere: OPENBLAS_LIB_DIR=<folder>.",
        "error=To go without, in pure Rust: unset FIEDLER_LAPACK, or set it to `off`.",
    ]
    .map(String::from)
    .to_vec()
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
    // The linker that cargo was told to take, by whoever compiles for another machine.
    if let Ok(linker) = env::var("RUSTC_LINKER") {
        rustc.arg(format!("-Clinker={linker}"));
    }
    rustc
        .arg(&source)
        .arg("-o")
        .arg(Path::new(&out).join("trial"));
    rustc.args(folders.iter().map(|folder| format!("-Lnative={folder}")));
    rustc.output().is_ok_and(|result| result.status.success())
}
