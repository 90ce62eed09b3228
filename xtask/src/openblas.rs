//! OpenBLAS, the LAPACK of this project: found by a trial link, else installed by the system's package manager.

use crate::{
    shell::{answer, run, say},
    trouble::Trouble,
};
use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
};

/// How eigenvalues are computed on this machine.
pub enum Lapack {
    /// OpenBLAS links.
    OpenBlas,
    /// Pure Rust, and why.
    PureRust(String),
}

impl Lapack {
    /// Tells a command, and the build script under it, to go without OpenBLAS where there is none.
    pub fn pass_to(&self, command: &mut Command) {
        if let Self::PureRust(_) = self {
            command.env("FIEDLER_LAPACK", "off");
        }
    }
}

/// A package manager, and the command that installs OpenBLAS with it.
struct Manager {
    program: &'static str,
    install: &'static [&'static str],
    needs_root: bool,
}

const MANAGERS: [Manager; 4] = [
    Manager {
        program: "apt-get",
        install: &[
            "install",
            "-y",
            "--no-install-recommends",
            "libopenblas-dev",
        ],
        needs_root: true,
    },
    Manager {
        program: "dnf",
        install: &["install", "-y", "openblas-devel"],
        needs_root: true,
    },
    Manager {
        program: "pacman",
        install: &["-S", "--needed", "--noconfirm", "openblas"],
        needs_root: true,
    },
    Manager {
        program: "brew",
        install: &["install", "openblas"],
        needs_root: false,
    },
];

/// Finds OpenBLAS, or installs it, or says why this machine goes without.
pub fn ensure() -> Lapack {
    if switched_off() {
        return without("FIEDLER_LAPACK=off is set".to_string());
    }
    if links() {
        return Lapack::OpenBlas;
    }
    say("OpenBLAS was not found: installing it.");
    match install() {
        Ok(()) if links() => Lapack::OpenBlas,
        Ok(()) => without("it was installed, but the linker does not find it".to_string()),
        Err(reason) => without(reason),
    }
}

/// Whether the user asked to go without.
pub fn switched_off() -> bool {
    env::var("FIEDLER_LAPACK").is_ok_and(|value| value == "off")
}

/// Whether a program that calls LAPACK links. The same trial, in the same folders, as in the crate's build script.
pub fn links() -> bool {
    let usual = [
        "/opt/homebrew/opt/openblas/lib",
        "/usr/local/opt/openblas/lib",
    ];
    let named = env::var("OPENBLAS_LIB_DIR").ok().map(Some);
    let usual = usual
        .iter()
        .filter(|folder| Path::new(folder).is_dir())
        .map(|folder| Some((*folder).to_string()));
    named
        .into_iter()
        .chain([None])
        .chain(usual)
        .any(|folder| links_from(folder.as_deref()))
}

fn links_from(folder: Option<&str>) -> bool {
    let scratch = env::temp_dir().join(format!("fiedler-openblas-{}", std::process::id()));
    let source = scratch.join("trial.rs");
    let program = "unsafe extern \"C\" { fn dsyev_(); }\nfn main() { unsafe { dsyev_() } }\n";
    if fs::create_dir_all(&scratch)
        .and_then(|()| fs::write(&source, program))
        .is_err()
    {
        return false;
    }
    let mut rustc = Command::new("rustc");
    rustc
        .args(["--edition=2024", "-lopenblas"])
        .arg(&source)
        .arg("-o")
        .arg(scratch.join("trial"));
    if let Some(folder) = folder {
        rustc.arg(format!("-Lnative={folder}"));
    }
    let linked = rustc.output().is_ok_and(|result| result.status.success());
    // A folder left behind in the temporary folder does no harm.
    let _ = fs::remove_dir_all(&scratch);
    linked
}

/// What to type to install OpenBLAS here by hand.
pub fn by_hand() -> String {
    manager().map_or_else(
        || {
            "install OpenBLAS with its development files by your system's package manager"
                .to_string()
        },
        |manager| {
            let sudo = if manager.needs_root { "sudo " } else { "" };
            format!("{sudo}{} {}", manager.program, manager.install.join(" "))
        },
    )
}

fn manager() -> Option<&'static Manager> {
    MANAGERS
        .iter()
        .find(|manager| answer(manager.program, &["--version"]).is_some())
}

fn install() -> Result<(), String> {
    let manager = manager().ok_or("none of apt-get, dnf, pacman and brew is on this system")?;
    if !manager.needs_root {
        return run(
            Command::new(manager.program).args(manager.install),
            "see above",
        )
        .map_err(|_| failed(manager));
    }
    run_as_root(manager.program, manager.install).map_err(|trouble| {
        trouble.map_or_else(
            || "you are not root, and sudo asks for a password".to_string(),
            |_| failed(manager),
        )
    })
}

fn failed(manager: &Manager) -> String {
    format!("{} could not install it", manager.program)
}

/// Runs a package manager with root's rights, twice if its lists of packages are out of date.
/// `Err(None)` when there are no such rights.
pub fn run_as_root(program: &str, arguments: &[&str]) -> Result<(), Option<Trouble>> {
    let sudo: &[&str] = if is_root() {
        &[]
    } else if answer("sudo", &["-n", "true"]).is_some() {
        &["sudo", "-n"]
    } else {
        return Err(None);
    };
    let call = |arguments: &[&str]| {
        let words: Vec<&str> = sudo
            .iter()
            .chain(&[program])
            .chain(arguments)
            .copied()
            .collect();
        let mut command = Command::new(words[0]);
        command
            .args(&words[1..])
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdin(Stdio::null());
        run(&mut command, "see what the package manager says above")
    };
    let first = call(arguments);
    if first.is_ok() || program != "apt-get" {
        return first.map_err(Some);
    }
    say("Its lists of packages may be missing or old: fetching them.");
    call(&["update"])
        .and_then(|()| call(arguments))
        .map_err(Some)
}

/// Whether this runs as root.
pub fn is_root() -> bool {
    answer("id", &["-u"]).as_deref() == Some("0")
}

fn without(reason: String) -> Lapack {
    println!("Going on in pure Rust, without OpenBLAS: {reason}.");
    if !switched_off() {
        println!(
            "  The results are the same; large matrices take longer. To install it by hand: {}",
            by_hand()
        );
    }
    Lapack::PureRust(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pure_rust_is_passed_on_and_openblas_needs_no_word() {
        let mut command = Command::new("cargo");
        Lapack::OpenBlas.pass_to(&mut command);
        assert_eq!(command.get_envs().count(), 0);
        Lapack::PureRust("no rights".to_string()).pass_to(&mut command);
        assert!(
            command
                .get_envs()
                .any(|(name, value)| name == "FIEDLER_LAPACK" && value.is_some_and(|v| v == "off"))
        );
    }

    #[test]
    fn a_folder_without_openblas_does_not_link_when_the_system_has_none() {
        // Only a smoke test where the system has it: the answer must not depend on an extra, empty folder.
        assert_eq!(links_from(Some("/no-such-folder")), links_from(None));
    }
}
