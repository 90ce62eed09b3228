//! A kernel that runs one cell after another: the Rust end of `execute.py`.

use crate::{
    openblas::Lapack,
    places::Lab,
    trouble::{Result, Trouble},
    verdict::Outputs,
};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

const SCRIPT: &str = include_str!("execute.py");

/// Seconds a cell may take. The first one of a cold machine compiles some 150 crates.
const CELL_LIMIT: &str = "900";

/// A running kernel.
pub struct Session {
    child: Child,
    cells: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Session {
    /// Starts a kernel that works in this folder.
    pub fn start(lab: &Lab, lapack: &Lapack, folder: &Path) -> Result<Self> {
        Self::start_with_limit(lab, lapack, folder, CELL_LIMIT, true)
    }

    /// Starts a kernel that knows nothing of the project, with this limit in seconds for each cell.
    pub fn start_plain(lab: &Lab, folder: &Path, limit: &str) -> Result<Self> {
        Self::start_with_limit(lab, &Lapack::OpenBlas, folder, limit, false)
    }

    fn start_with_limit(
        lab: &Lab,
        lapack: &Lapack,
        folder: &Path,
        limit: &str,
        with_project: bool,
    ) -> Result<Self> {
        let mut python = Command::new(lab.python());
        python
            .args(["-c", SCRIPT, limit])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        lab.shelter(&mut python);
        lapack.pass_to(&mut python);
        if !with_project {
            python.env_remove("FIEDLER_PROJECT");
        }
        let mut child = python
            .spawn()
            .map_err(|error| broken(&format!("the lab's Python did not start: {error}")))?;
        let cells = child.stdin.take();
        let answers = BufReader::new(
            child
                .stdout
                .take()
                .ok_or_else(|| broken("the lab's Python has no output"))?,
        );
        let mut session = Self {
            child,
            cells,
            answers,
        };
        session.answer()?;
        Ok(session)
    }

    /// Runs one cell.
    pub fn run(&mut self, source: &str) -> Result<Outputs> {
        self.ask(&Value::from(source))
    }

    /// Collects what reached us after the last cell had ended.
    pub fn stragglers(&mut self) -> Result<Outputs> {
        self.ask(&Value::Null)
    }

    fn ask(&mut self, question: &Value) -> Result<Outputs> {
        let cells = self
            .cells
            .as_mut()
            .ok_or_else(|| broken("the kernel has been stopped"))?;
        writeln!(cells, "{question}")
            .map_err(|error| broken(&format!("the kernel's script is gone: {error}")))?;
        Ok(self.answer()?["outputs"]
            .as_array()
            .cloned()
            .unwrap_or_default())
    }

    fn answer(&mut self) -> Result<Value> {
        let mut line = String::new();
        self.answers
            .read_line(&mut line)
            .map_err(|error| broken(&format!("the kernel's script cannot be read: {error}")))?;
        let answer: Value = serde_json::from_str(&line)
            .map_err(|_| broken("the kernel's script ended without an answer"))?;
        match answer["trouble"].as_str() {
            Some(trouble) => Err(Trouble::new(
                format!("No answer from the kernel: {trouble}."),
                "make the cell smaller, or look at the lines above",
            )),
            None => Ok(answer),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The script ends at the end of its input, and takes the kernel with it.
        self.cells.take();
        let _ = self.child.wait();
    }
}

fn broken(what: &str) -> Trouble {
    Trouble::new(
        format!("No answer from the kernel: {what}."),
        "look at the lines above; if they do not help, remove the lab's folder (`.lab`) and run again",
    )
}
