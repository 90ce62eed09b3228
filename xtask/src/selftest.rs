//! `cargo xtask lab --self-test`: proves that `lab --execute` goes red. It runs small notebooks that are made to fail,
//! each in its own way, and one that is made to pass. They use no crate, so each takes only seconds.

use crate::{
    execute::{self, Failure},
    places::Lab,
    session::Session,
    trouble::{Result, Trouble},
};
use serde_json::{Value, json};
use std::{env, fs, path::Path, time::Instant};

/// Seconds a cell may take here: it compiles no crate, but the machine may be busy.
const LIMIT: &str = "300";

/// The same for the cell that never ends.
const SHORT_LIMIT: &str = "20";

const CHECKPOINT: &str = "println!(\"Checkpoint trial: every claim of this notebook held.\");";

/// A notebook, and how it must end: the number of the cell that fails, and a word from its message.
struct Case {
    what: &'static str,
    cells: &'static [&'static str],
    fails: Option<(usize, &'static str)>,
}

const CASES: [Case; 9] = [
    Case {
        what: "a notebook that holds",
        cells: &["let x = 2;", "assert_eq!(x, 2);\nx", CHECKPOINT],
        fails: None,
    },
    Case {
        what: "a panic",
        cells: &["panic!(\"made to fail\");", CHECKPOINT],
        fails: Some((1, "made to fail")),
    },
    Case {
        what: "a failing `?`",
        cells: &["let x = 1;", "let n: i32 = \"seven\".parse()?;", CHECKPOINT],
        fails: Some((2, "invalid digit")),
    },
    Case {
        what: "a compile error",
        cells: &["let n: i32 = \"seven\";", CHECKPOINT],
        fails: Some((1, "mismatched types")),
    },
    Case {
        what: "no checkpoint",
        cells: &["println!(\"done\");"],
        fails: Some((1, "did not print its checkpoint")),
    },
    Case {
        what: "a checkpoint before the last cell",
        cells: &[CHECKPOINT, "let x = 1;"],
        fails: Some((2, "did not print its checkpoint")),
    },
    Case {
        what: "an assertion in the last cell",
        cells: &[
            "println!(\"Checkpoint trial: every claim of this notebook held.\");\nassert!(1 > 2, \"one is less\");",
        ],
        fails: Some((1, "one is less")),
    },
    Case {
        what: "a program that ends",
        cells: &["std::process::exit(0);", CHECKPOINT],
        fails: Some((1, "terminated")),
    },
    Case {
        what: "a cell that never ends",
        cells: &["loop { std::hint::spin_loop(); }", CHECKPOINT],
        fails: Some((1, "still running")),
    },
];

/// Runs every case; fails if one of them ends otherwise than it must.
pub fn run(lab: &Lab) -> Result<()> {
    let folder = env::temp_dir().join(format!("fiedler-self-test-{}", std::process::id()));
    let unwritable = |error| {
        Trouble::new(
            format!("{} cannot be written: {error}.", folder.display()),
            "set TMPDIR to a folder you may write to",
        )
    };
    fs::create_dir_all(&folder).map_err(unwritable)?;
    let mut wrong = 0;
    for case in &CASES {
        let path = folder.join("01_trial.ipynb");
        fs::write(&path, text(case.cells)).map_err(unwritable)?;
        let endless = case.cells[0].starts_with("loop");
        let limit = if endless { SHORT_LIMIT } else { LIMIT };
        let session = Session::start_plain(lab, &folder, limit)?;
        let ended = execute::one(session, &path, Instant::now())?;
        let verdict = judge(case, ended.err().as_ref()).and_then(|()| {
            if case.fails.is_none() {
                unchanged_by_a_second_run(lab, &path)
            } else {
                Ok(())
            }
        });
        match verdict {
            Ok(()) => println!("  {}: as it must be", case.what),
            Err(reason) => {
                println!("  {}: WRONG, {reason}", case.what);
                wrong += 1;
            }
        }
    }
    // A folder left behind in the temporary folder does no harm.
    let _ = fs::remove_dir_all(&folder);
    println!(
        "Self-test of `lab --execute`:\n{} passed, {wrong} failed",
        CASES.len() - wrong
    );
    if wrong == 0 {
        return Ok(());
    }
    Err(Trouble::new(
        "`lab --execute` cannot be trusted.",
        "mend xtask/src/execute.rs, execute.py or notebook.rs",
    ))
}

fn judge(case: &Case, failure: Option<&Failure>) -> std::result::Result<(), String> {
    match (case.fails, failure) {
        (None, None) => Ok(()),
        (Some((cell, word)), Some(failure))
            if failure.cell == cell && failure.message.contains(word) =>
        {
            Ok(())
        }
        (Some(_), None) => Err("it passed".to_string()),
        (_, Some(failure)) => Err(format!("cell {} said: {}", failure.cell, failure.message)),
    }
}

fn unchanged_by_a_second_run(lab: &Lab, path: &Path) -> std::result::Result<(), String> {
    let before = fs::read(path).map_err(|error| error.to_string())?;
    let session = Session::start_plain(lab, path.parent().unwrap_or(path), LIMIT)
        .map_err(|trouble| trouble.to_string())?;
    let again =
        execute::one(session, path, Instant::now()).map_err(|trouble| trouble.to_string())?;
    again.map_err(|failure| failure.message)?;
    let after = fs::read(path).map_err(|error| error.to_string())?;
    if before == after {
        Ok(())
    } else {
        Err("a second run changed the file".to_string())
    }
}

fn text(cells: &[&str]) -> String {
    let cell = |(number, source): (usize, &&str)| json!({ "cell_type": "code", "id": format!("c{number}"), "metadata": {}, "source": source, "outputs": [], "execution_count": null });
    let cells: Vec<Value> = cells.iter().enumerate().map(cell).collect();
    json!({ "cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5 }).to_string()
}
