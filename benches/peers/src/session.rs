//! One measuring session: rows in order, contestants taking turns, every record kept as it comes.

use crate::contestants::{ALL, Contestant};
use crate::machine::load;
use crate::process::{self, End};
use crate::record::{Fate, Judged, Measured, Record, Results};
use crate::rows::{NEIGHBORS, Row, Truth};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Children of each contestant, in turns, where one takes less than [`LONG`].
const ROUNDS: usize = 3;
/// A first run beyond it is not repeated.
const LONG: f64 = 30.0;

/// What is to be measured, and how.
pub struct Session<'a> {
    pub python: &'a str,
    /// Seconds that a child may take.
    pub limit: f64,
    pub rows: Vec<Row>,
    pub contestants: Vec<Contestant>,
    /// Measure again what is there already.
    pub again: bool,
    pub results: &'a mut Results,
    pub file: &'a Path,
}

impl Session<'_> {
    pub fn run(mut self) -> Outcome {
        for row in self.rows.clone() {
            let wanted: Vec<Contestant> = self
                .contestants
                .iter()
                .copied()
                .filter(|&contestant| self.is_wanted(&row, contestant))
                .collect();
            if wanted.is_empty() {
                continue;
            }
            println!("{} ({})", row.title, row.name);
            let folder = folder(&row)?;
            self.prepare(&row, &folder)?;
            self.measure(&row, &folder, &wanted)?;
            self.results.save(self.file)?;
        }
        Ok(())
    }

    fn is_wanted(&self, row: &Row, contestant: Contestant) -> bool {
        if contestant.is_out_of_place(row) {
            return false;
        }
        match self
            .results
            .get(row.name, contestant.name())
            .map(|record| &record.fate)
        {
            // It may come through with more time.
            Some(Fate::Killed(limit)) => self.again || *limit < self.limit,
            Some(_) => self.again,
            None => true,
        }
    }

    /// The row's data, drawn where they are not there yet.
    fn prepare(&self, row: &Row, folder: &Path) -> Outcome {
        let ready = folder.join("ready");
        if ready.exists() {
            return Ok(());
        }
        let log = folder.join("prepare.log");
        let text = folder.display().to_string();
        let end = if let Some(what) = row.real() {
            let arguments = words(&[&script("real.py"), what, &text]);
            process::run(self.python, &arguments, 600.0, &log)?
        } else {
            process::run(
                &this()?,
                &words(&["--child", "data", row.name, &text]),
                600.0,
                &log,
            )?
        };
        if end != End::Well {
            return Err(format!("the data of {} could not be made: {end:?}", row.name).into());
        }
        Ok(std::fs::write(ready, "")?)
    }

    fn measure(&mut self, row: &Row, folder: &Path, wanted: &[Contestant]) -> Outcome {
        let mut records: BTreeMap<&'static str, Record> = BTreeMap::new();
        let mut running = wanted.to_vec();
        for round in 0..ROUNDS {
            // Each round begins with another one: no place is the warm one.
            let turn = round % running.len().max(1);
            running.rotate_left(turn);
            for contestant in std::mem::take(&mut running) {
                let found = self.child(row, folder, contestant)?;
                let repeat =
                    found.fate == Fate::Done && found.measured.seconds.iter().all(|&s| s < LONG);
                println!("  {:<18} {}", contestant.name(), said(&found));
                match records.get_mut(contestant.name()) {
                    Some(record) if found.fate == Fate::Done => {
                        record.measured.seconds.extend(found.measured.seconds);
                        for (stage, seconds) in found.measured.stages {
                            record
                                .measured
                                .stages
                                .entry(stage)
                                .or_default()
                                .extend(seconds);
                        }
                        record.measured.peak_bytes =
                            record.measured.peak_bytes.max(found.measured.peak_bytes);
                    }
                    Some(record) => record.fate = found.fate,
                    None => {
                        records.insert(contestant.name(), found);
                    }
                }
                if repeat {
                    running.push(contestant);
                }
            }
        }
        let names: Vec<&str> = wanted.iter().map(|contestant| contestant.name()).collect();
        let judged = self.judge(row, folder, &names)?;
        for (name, mut record) in records {
            if record.fate == Fate::Done {
                record.judged = judged.get(name).cloned().unwrap_or_default();
            }
            self.results.put(row.name, name, record);
        }
        Ok(())
    }

    /// One child of one contestant.
    fn child(&self, row: &Row, folder: &Path, contestant: Contestant) -> Outcome<Record> {
        if let Some(reason) = contestant.refusal(row) {
            return Ok(Record::of(Fate::NotTried(reason)));
        }
        let name = contestant.name();
        let report = folder.join(format!("{name}.json"));
        for stale in ["json", "labels.npy", "sign.npy", "z.npy", "w.npy"] {
            // Most are not there.
            let _ = std::fs::remove_file(folder.join(format!("{name}.{stale}")));
        }
        let load = load();
        let log = folder.join(format!("{name}.log"));
        let text = folder.display().to_string();
        let (n, k) = (row.n().to_string(), row.k.to_string());
        let graph = match (row.is_graph(), row.is_post()) {
            (true, _) => "given".into(),
            (_, true) => "post".into(),
            _ => NEIGHBORS.to_string(),
        };
        let (program, arguments) = if contestant == Contestant::Exact {
            if let Some(reason) = self.edges(row, folder)? {
                return Ok(Record::of(Fate::Failed(reason)));
            }
            let method = if row.truth == Truth::Largest {
                "largest"
            } else {
                "shift-invert"
            };
            (
                self.python.to_string(),
                words(&[&script("exact.py"), &text, &n, &k, method]),
            )
        } else if contestant.is_python() {
            let arguments = [&script("contestant.py"), name, &text, &n, &k, &graph];
            (self.python.to_string(), words(&arguments))
        } else {
            (this()?, words(&["--child", name, row.name, &text]))
        };
        let mut record = match process::run(&program, &arguments, self.limit, &log)? {
            End::Killed => Record::of(Fate::Killed(self.limit)),
            End::Badly(reason) => Record::of(Fate::Failed(reason)),
            End::Well => {
                let measured: Measured = serde_json::from_str(&std::fs::read_to_string(report)?)?;
                Record {
                    fate: measured.error.clone().map_or(Fate::Done, Fate::Failed),
                    measured,
                    judged: Judged::default(),
                    load: None,
                }
            }
        };
        record.load = load;
        Ok(record)
    }

    /// The edges of a graph of points, for the exact solution; or why there are none.
    fn edges(&self, row: &Row, folder: &Path) -> Outcome<Option<String>> {
        if folder.join("weight.npy").exists() {
            return Ok(None);
        }
        let log = folder.join("graph.log");
        let arguments = words(&["--child", "graph", row.name, &folder.display().to_string()]);
        Ok(
            match process::run(&this()?, &arguments, self.limit, &log)? {
                End::Well => None,
                end => Some(format!("our graph was not built: {end:?}")),
            },
        )
    }

    fn judge(&self, row: &Row, folder: &Path, names: &[&str]) -> Outcome<BTreeMap<String, Judged>> {
        let mut arguments = words(&["--child", "judge", row.name, &folder.display().to_string()]);
        arguments.extend(words(names));
        let log = folder.join("judge.log");
        match process::run(&this()?, &arguments, self.limit, &log)? {
            End::Well => Ok(serde_json::from_str(&std::fs::read_to_string(
                folder.join("judged.json"),
            )?)?),
            end => {
                println!("  the judge did not finish: {end:?}");
                Ok(BTreeMap::new())
            }
        }
    }
}

/// What has been found out, in one line.
fn said(record: &Record) -> String {
    match (&record.fate, record.seconds()) {
        (Fate::Done, Some(seconds)) => {
            format!(
                "{seconds:9.4} s  ({} runs, load {:.1})",
                record.measured.seconds.len(),
                record.load.unwrap_or(0.0)
            )
        }
        (fate, _) => format!("{fate:?}"),
    }
}

/// Where a row's data and answers are.
fn folder(row: &Row) -> Outcome<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("target/data")
        .join(row.name);
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn script(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("python")
        .join(name)
        .display()
        .to_string()
}

fn this() -> Outcome<String> {
    Ok(std::env::current_exe()?.display().to_string())
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_string()).collect()
}

/// All contestants, or those named.
pub fn contestants(names: &[String]) -> Outcome<Vec<Contestant>> {
    if names.is_empty() {
        return Ok(ALL.to_vec());
    }
    let known = || ALL.map(Contestant::name).join(", ");
    names
        .iter()
        .map(|name| {
            Contestant::named(name)
                .ok_or_else(|| format!("no contestant is called {name}: {}", known()).into())
        })
        .collect()
}
