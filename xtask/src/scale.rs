//! `cargo xtask scale`: past one machine, tried on this one. SLEPc solves on two ranks what the crate solves by itself, from
//! a graph that was written whole and from one in two shards: the same eigenvalues, the same labels.

use crate::{
    openblas::{is_root, run_as_root},
    places::{cargo, project},
    shell::{answer, say},
    trouble::{Result, Trouble},
};
use std::{env, fs, path::Path, process::Command};

/// Debian's own Python, for which the packages are.
const PYTHON: &str = "/usr/bin/python3";
const INSTALL: [&str; 5] = [
    "install",
    "-y",
    "--no-install-recommends",
    "python3-slepc4py",
    "openmpi-bin",
];
const POINTS: &str = "20000";
/// How far two values of an eigenvalue may be apart, beside it.
const APART: f64 = 1e-9;

/// Installs what is missing, solves, and compares.
pub fn prove() -> Result<()> {
    if !is_there() {
        if answer("apt-get", &["--version"]).is_none() {
            println!(
                "SKIPPED: MPI and SLEPc come from Debian's packages, and there is no apt-get here."
            );
            return Ok(());
        }
        say("MPI or SLEPc was not found: installing them.");
        run_as_root("apt-get", &INSTALL).map_err(|trouble| {
            trouble.unwrap_or_else(|| {
                let by_hand = format!("sudo apt-get {}", INSTALL.join(" "));
                Trouble::new("You are not root, and sudo asks for a password.", by_hand)
            })
        })?;
    }
    let scratch = env::temp_dir().join(format!("fiedler-scale-{}", std::process::id()));
    let proved = ["write", "shards"]
        .iter()
        .try_for_each(|way| compare(way, &scratch.join(way)));
    // What is left in the temporary folder does no harm.
    let _ = fs::remove_dir_all(&scratch);
    proved?;
    println!("SLEPc on two ranks finds the crate's eigenvalues, to 1e-9, and its labels.");
    Ok(())
}

/// Whether MPI and the packages of Python are there.
fn is_there() -> bool {
    let look = "import glob, sys; sys.exit(not glob.glob('/usr/lib/slepcdir/*/*-real/lib/python3/dist-packages/slepc4py'))";
    answer("mpirun", &["--version"]).is_some() && answer(PYTHON, &["-c", look]).is_some()
}

/// Writes the moons in this way, solves, reads back.
fn compare(way: &str, folder: &Path) -> Result<()> {
    say(&format!("{POINTS} points on two moons, `{way}`, two ranks"));
    let folder = folder.to_string_lossy().into_owned();
    let example = ["run", "--quiet", "--example", "petsc", "--"];
    said(cargo(&example).args([way, &folder, POINTS]))?;
    let mut solve = Command::new("mpirun");
    if is_root() {
        solve.arg("--allow-run-as-root");
    }
    solve
        .args([
            "--oversubscribe",
            "-n",
            "2",
            PYTHON,
            "scale/solve.py",
            &folder,
            "4",
        ])
        .env("OMP_NUM_THREADS", "1")
        .current_dir(project());
    let solved = said(&mut solve)?;
    let read = said(cargo(&example).args(["read", &folder]))?;
    match differences(&solved, &read) {
        None => Ok(()),
        Some(difference) => Err(Trouble::new(
            format!("SLEPc and the crate differ: {difference}\n{solved}{read}"),
            "look at scale/solve.py and src/beyond/graph/petsc",
        )),
    }
}

/// What a command says, shown too.
fn said(command: &mut Command) -> Result<String> {
    let line = command_line(command);
    let failed = |why: String| {
        let wrong = format!("`{line}` failed: {why}");
        Trouble::new(wrong, "run it by itself: scale/README.md has the commands")
    };
    let output = command.output();
    let output = output.map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    print!("{text}");
    if output.status.success() {
        return Ok(text);
    }
    Err(failed(format!(
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    )))
}

fn command_line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

/// In what the solver's "lambda_2 = …" differ from the second number of the crate's "value …", or its labels from ours.
fn differences(solved: &str, read: &str) -> Option<String> {
    let number = |line: &str| line.split_whitespace().last()?.parse::<f64>().ok();
    let of = |text: &str, start: &str| -> Vec<f64> {
        let lines = text.lines().filter(|line| line.starts_with(start));
        lines.filter_map(number).collect()
    };
    let (theirs, ours) = (of(solved, "lambda_"), of(read, "value "));
    if theirs.len() != 3 || ours.len() != 3 {
        return Some(format!("{} and {} values", theirs.len(), ours.len()));
    }
    let pairs = theirs.iter().zip(&ours);
    let apart = pairs.map(|(one, other)| (one / other - 1.0).abs());
    let apart = apart.fold(0.0, f64::max);
    let same = read
        .lines()
        .any(|line| line.starts_with("labels     0 of "));
    match (apart <= APART, same) {
        (true, true) => None,
        (false, _) => Some(format!("eigenvalues are {apart:.1e} apart")),
        (_, false) => Some("labels".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const READ: &str =
        "value      1e-5 1.0000000001e-5\nvalue 2 2\nvalue 3 3\nlabels     0 of 9 differ\n";

    #[test]
    fn what_differs_in_the_tenth_digit_is_the_same_and_in_the_eighth_it_is_not() {
        let solved = |first: &str| format!("lambda_2 = {first}\nlambda_3 = 2\nlambda_4 = 3\n");
        assert_eq!(differences(&solved("1e-5"), READ), None);
        let difference = differences(&solved("1.00000002e-5"), READ).unwrap();
        assert!(difference.contains("apart"), "{difference}");
    }

    #[test]
    fn a_value_that_is_missing_and_another_label_are_differences() {
        assert!(differences("lambda_2 = 1\n", READ).is_some());
        let solved = "lambda_2 = 1e-5\nlambda_3 = 2\nlambda_4 = 3\n";
        let read = READ.replace("labels     0", "labels     1");
        assert_eq!(differences(solved, &read).unwrap(), "labels");
    }
}
