//! A child process: one contestant, one row, timed.

use crate::contestants::Contestant;
use crate::npy;
use crate::record::Measured;
use crate::rows::Row;
use fiedler::ndarray::{Array1, Array2};
use std::error::Error;
use std::path::Path;
use std::time::Instant;

/// Runs go on until they have taken this many seconds together …
const BUDGET: f64 = 1.0;
/// … or there are this many. The parent starts several children, and pools their runs.
const MOST: usize = 7;

/// Whose equation the vectors solve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Normal {
    /// (D − A)z = λDz.
    RandomWalk,
    /// D^-½(D − A)D^-½ w = λw.
    Symmetric,
}

impl Normal {
    /// The name of the file with such vectors.
    pub fn file(self) -> &'static str {
        match self {
            Self::RandomWalk => "z",
            Self::Symmetric => "w",
        }
    }
}

/// What a contestant gives.
pub struct Answer {
    pub labels: Array1<usize>,
    /// One a column, where it shows them.
    pub vectors: Option<(Normal, Array2<f64>)>,
    pub values: Vec<f64>,
    /// The seconds of its parts, where it tells them.
    pub stages: Vec<(&'static str, f64)>,
    pub note: Option<String>,
}

/// Times a Rust contestant and writes what it found to the row's folder, as the Python side does.
pub fn run(contestant: Contestant, row: Row, folder: &Path) -> Result<(), Box<dyn Error>> {
    let name = contestant.name();
    let measured = match timed(contestant, row, folder) {
        Ok((mut measured, answer)) => {
            let label = |&label: &usize| u32::try_from(label).unwrap_or(u32::MAX);
            let path = folder.join(format!("{name}.labels.npy"));
            npy::write(
                &path,
                answer.labels.iter().map(label),
                (answer.labels.len(), 0),
            )?;
            if let Some((normal, vectors)) = answer.vectors {
                let path = folder.join(format!("{name}.{}.npy", normal.file()));
                npy::write(&path, vectors.iter().copied(), vectors.dim())?;
            }
            measured.values = answer.values;
            measured.note = answer.note;
            measured
        }
        Err(error) => Measured {
            error: Some(error),
            ..Measured::default()
        },
    };
    let path = folder.join(format!("{name}.json"));
    Ok(std::fs::write(path, serde_json::to_string(&measured)?)?)
}

fn timed(contestant: Contestant, row: Row, folder: &Path) -> Result<(Measured, Answer), String> {
    let mut work = contestant.prepare(row, folder)?;
    let before = forget_peak();
    let mut measured = Measured::default();
    let mut once = |measured: &mut Measured| {
        let begin = Instant::now();
        let answer = work()?;
        measured.seconds.push(begin.elapsed().as_secs_f64());
        for &(stage, seconds) in &answer.stages {
            measured
                .stages
                .entry(stage.into())
                .or_default()
                .push(seconds);
        }
        Ok::<_, String>(answer)
    };
    let mut answer = once(&mut measured)?;
    measured.peak_bytes = peak()
        .zip(before)
        .map(|(after, before)| after.saturating_sub(before));
    while measured.seconds.len() < MOST && measured.seconds.iter().sum::<f64>() < BUDGET {
        answer = once(&mut measured)?;
    }
    Ok((measured, answer))
}

/// Sets the peak of this process's memory back to what it takes now, and says what that is.
fn forget_peak() -> Option<u64> {
    // Where the system does not let us, the peak so far is what is added to.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    peak()
}

/// The peak of this process's memory, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(1024 * kib)
}
