//! Python's part: a virtual environment in the lab with JupyterLab, every package at the version of `requirements.txt`.

use crate::{
    openblas::run_as_root,
    places::Lab,
    shell::{answer, run, say},
    trouble::{Result, Trouble},
};
use std::{fs, path::Path, process::Command};

/// The packages, each at one version.
const REQUIREMENTS: &str = include_str!("../requirements.txt");

/// The oldest Python that these packages run on.
const OLDEST: (u32, u32) = (3, 10);

/// Makes the environment, unless it is there with these very packages.
pub fn ensure(lab: &Lab) -> Result<()> {
    if is_ready(lab) {
        return Ok(());
    }
    say("Making a Python environment for JupyterLab (about a minute).");
    lab.write("requirements.txt", REQUIREMENTS)?;
    make(lab, "venv")?;
    let requirements = lab.path("requirements.txt");
    install(lab, "venv", &["--no-deps", "--requirement"], &requirements)?;
    lab.stamp("python", REQUIREMENTS)
}

/// Installs into an environment of the lab: a wheel, or with the option for it a list of packages.
pub fn install(lab: &Lab, environment: &str, options: &[&str], what: &Path) -> Result<()> {
    let mut pip = Command::new(lab.python_of(environment));
    pip.args(["-m", "pip", "install", "--quiet"]);
    pip.arg("--disable-pip-version-check")
        .args(options)
        .arg(what);
    lab.shelter(&mut pip);
    run(
        &mut pip,
        "see what pip says above; if the network failed, run the same command again",
    )
}

/// Whether the environment is there, runs, and holds these very packages.
pub fn is_ready(lab: &Lab) -> bool {
    lab.has_stamp("python", REQUIREMENTS)
        && answer(
            &lab.python().to_string_lossy(),
            &["-c", "import jupyterlab"],
        )
        .is_some()
}

/// The first Python on the path that is new enough.
pub fn find() -> Result<&'static str> {
    let new_enough = |program: &&str| version(program).is_some_and(|version| version >= OLDEST);
    ["python3", "python"].into_iter().find(new_enough).ok_or_else(|| {
        Trouble::new(
            format!("Python {}.{} or newer was not found.", OLDEST.0, OLDEST.1),
            "install Python (Debian/Ubuntu: `sudo apt-get install python3 python3-venv`; macOS: `brew install python`)",
        )
    })
}

fn version(program: &str) -> Option<(u32, u32)> {
    parse_version(&answer(program, &["--version"])?)
}

fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.strip_prefix("Python ")?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// Makes an environment of the lab anew.
pub fn make(lab: &Lab, environment: &str) -> Result<()> {
    let python = find()?;
    // A half-made or outdated one would keep its old packages.
    let folder = lab.path(environment);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| {
            Trouble::new(
                format!("{} cannot be removed: {error}.", folder.display()),
                "remove it by hand",
            )
        })?;
    }
    let mut venv = Command::new(python);
    venv.args(["-m", "venv"]).arg(&folder);
    let remedy = "Debian and Ubuntu keep Python's `venv` in a package of its own: `sudo apt-get install python3-venv`";
    let first = run(&mut venv, remedy);
    if first.is_ok() || answer("apt-get", &["--version"]).is_none() {
        return first;
    }
    say("This Python cannot make environments: installing Debian's package for that.");
    run_as_root(
        "apt-get",
        &["install", "-y", "--no-install-recommends", "python3-venv"],
    )
    .or(first)?;
    run(venv.arg("--clear"), remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(parse_version("Python 3.11.7"), Some((3, 11)));
        assert!(parse_version("Python 3.9.2").unwrap() < OLDEST);
        assert!(parse_version("Python 3.14.0rc1").unwrap() > OLDEST);
        assert_eq!(parse_version("pypy"), None);
    }

    #[test]
    fn every_package_has_one_version_and_no_address() {
        for line in REQUIREMENTS.lines().filter(|line| !line.starts_with('#')) {
            let package = line.split(';').next().unwrap().trim();
            assert!(
                package.split("==").count() == 2 && !package.contains([' ', '*', '/', '>']),
                "{line}"
            );
        }
    }
}
