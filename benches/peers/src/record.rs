//! What is kept of every measurement, in `results/results.json`.

use crate::machine::Machine;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Result;
use std::path::Path;

/// How a contestant fared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It gave labels.
    Done,
    /// It ran into this limit of seconds.
    Killed(f64),
    /// It gave up, with this reason.
    Failed(String),
    /// It was not started, for this reason.
    NotTried(String),
}

/// What a child process hands back.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Measured {
    /// Each run, in seconds.
    pub seconds: Vec<f64>,
    /// Each run of a part of it, by the part's name.
    #[serde(default)]
    pub stages: BTreeMap<String, Vec<f64>>,
    /// What the first run added to the memory of the process at the peak.
    pub peak_bytes: Option<u64>,
    /// The eigenvalues that the contestant says it found.
    #[serde(default)]
    pub values: Vec<f64>,
    /// What it said beside its answer.
    #[serde(default)]
    pub note: Option<String>,
    /// Set where it failed.
    #[serde(default)]
    pub error: Option<String>,
}

/// What the judge finds in the labels and vectors.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Judged {
    pub ari: Option<f64>,
    pub normcut: Option<f64>,
    /// The largest ‖D^-½((D − A)z − λDz)‖ of its vectors, λ their Rayleigh quotients.
    pub residual: Option<f64>,
    /// zᵀ(D − A)z / zᵀDz of its vectors, ascending.
    #[serde(default)]
    pub quotients: Vec<f64>,
}

/// One contestant on one row.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    pub fate: Fate,
    pub measured: Measured,
    pub judged: Judged,
    /// The load average of the last minute before its first run.
    pub load: Option<f64>,
}

impl Record {
    pub fn of(fate: Fate) -> Self {
        Self {
            fate,
            measured: Measured::default(),
            judged: Judged::default(),
            load: None,
        }
    }

    /// The median of all runs.
    pub fn seconds(&self) -> Option<f64> {
        median(&self.measured.seconds)
    }

    /// The median of all runs of this part.
    pub fn stage(&self, name: &str) -> Option<f64> {
        median(self.measured.stages.get(name)?)
    }
}

fn median(seconds: &[f64]) -> Option<f64> {
    let mut sorted = seconds.to_vec();
    sorted.sort_by(f64::total_cmp);
    match (sorted.len(), sorted.len() / 2) {
        (0, _) => None,
        (count, middle) if count % 2 == 1 => Some(sorted[middle]),
        (_, middle) => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

/// Everything: row → contestant → record.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Results {
    pub machine: Machine,
    pub rows: BTreeMap<String, BTreeMap<String, Record>>,
}

impl Results {
    /// What was measured before, or nothing.
    pub fn load(path: &Path) -> Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(serde_json::from_str(&text)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    pub fn save(&self, path: &Path) -> Result<()> {
        std::fs::write(path, serde_json::to_string_pretty(self)? + "\n")
    }

    pub fn get(&self, row: &str, contestant: &str) -> Option<&Record> {
        self.rows.get(row)?.get(contestant)
    }

    pub fn put(&mut self, row: &str, contestant: &str, record: Record) {
        let rows = self.rows.entry(row.into()).or_default();
        rows.insert(contestant.into(), record);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_of_runs_lies_between_two() {
        let mut record = Record::of(Fate::Done);
        assert_eq!(record.seconds(), None);
        record.measured.seconds = vec![4.0, 1.0, 2.0];
        assert_eq!(record.seconds(), Some(2.0));
        record.measured.seconds.push(3.0);
        assert_eq!(record.seconds(), Some(2.5));
    }
}
