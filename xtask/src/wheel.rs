//! `cargo xtask python`: the crate as a Python package, built as a user would get it and tested as a user would use it.

use crate::{
    places::{Lab, cargo, project},
    python,
    shell::{run, say},
    trouble::{Result, Trouble},
};
use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    process::Command,
};

/// What builds the wheel.
const MATURIN: &str = "maturin==1.16.0\n";

/// The environment with maturin, kept; and that of the tests, made anew each time.
const TOOLS: &str = "python-tools";
const TESTS: &str = "python-tests";

/// Checks the core's source, builds the wheel, installs it where nothing else of ours is, and runs its tests.
pub fn build_and_test() -> Result<()> {
    let lab = Lab::find()?;
    let _alone = lab.lock("python-package")?;
    let target = lab.path("python-target");
    say("The core's source");
    core(&target, &["fmt", "--check"])?;
    core(&target, &["clippy", "--release", "--locked", "--quiet"])?;
    tools(&lab)?;
    let wheel = build(&lab, &target)?;
    say("Installing it into a fresh environment.");
    python::make(&lab, TESTS)?;
    let requirements = project().join("python/requirements.txt");
    python::install(&lab, TESTS, &["--requirement"], &requirements)?;
    python::install(&lab, TESTS, &["--no-index"], &wheel)?;
    say("Testing it there.");
    let mut pytest = Command::new(lab.python_of(TESTS));
    // Not from the project, where a folder has the package's name; and it leaves nothing there.
    pytest
        .args(["-m", "pytest", "-p", "no:cacheprovider"])
        .arg(project().join("python"));
    pytest
        .current_dir(lab.path(""))
        .env("PYTHONDONTWRITEBYTECODE", "1");
    lab.shelter(&mut pytest);
    run(&mut pytest, "read the first failing test above")?;
    println!("The wheel: {}", wheel.display());
    Ok(())
}

/// Cargo on the core, which is a workspace of its own; its warnings are errors.
fn core(target: &Path, arguments: &[&str]) -> Result<()> {
    let mut command = cargo(arguments);
    command.current_dir(project().join("python"));
    command.env("CARGO_TARGET_DIR", target);
    if arguments[0] == "clippy" {
        command.args(["--", "-D", "warnings"]);
    }
    run(&mut command, "see what cargo says above")
}

fn tools(lab: &Lab) -> Result<()> {
    if lab.has_stamp(TOOLS, MATURIN) {
        return Ok(());
    }
    say("Installing maturin, which builds wheels.");
    lab.write("python-tools.txt", MATURIN)?;
    python::make(lab, TOOLS)?;
    python::install(
        lab,
        TOOLS,
        &["--requirement"],
        &lab.path("python-tools.txt"),
    )?;
    lab.stamp(TOOLS, MATURIN)
}

/// Builds the wheel in a folder that holds no other.
fn build(lab: &Lab, target: &Path) -> Result<PathBuf> {
    say("Building the wheel (a minute or two the first time).");
    let wheels = lab.path("wheels");
    match fs::remove_dir_all(&wheels) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(Trouble::file(&wheels, &error));
        }
        _ => {}
    }
    let python = lab.python_of(TOOLS);
    let mut maturin = Command::new(&python);
    maturin.args(["-m", "maturin", "build", "--release", "--locked", "--quiet"]);
    maturin.arg("--interpreter").arg(&python);
    maturin.arg("--out").arg(&wheels);
    maturin.current_dir(project().join("python"));
    maturin.env("CARGO_TARGET_DIR", target);
    lab.shelter(&mut maturin);
    run(&mut maturin, "see what maturin and the compiler say above")?;
    let files = fs::read_dir(&wheels).map_err(|error| Trouble::file(&wheels, &error))?;
    let mut paths = files.flatten().map(|file| file.path());
    paths
        .find(|path| path.extension().is_some_and(|end| end == "whl"))
        .ok_or_else(|| {
            Trouble::new(
                format!("maturin left no wheel in {}.", wheels.display()),
                "see what maturin says above",
            )
        })
}
