//! The process that starts the workers, notices those that hang or die, and counts.

use crate::Arguments;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// Workers that hang or die more often than this are given up.
const LOSSES: u64 = 50;

struct Worker {
    child: Child,
    number: u64,
    /// The input that it is at, as it said.
    at: Option<(u64, String)>,
    since: Instant,
    done: bool,
    generation: u64,
}

enum Word {
    Line(u64, u64, String),
    End(u64, u64),
}

#[derive(Default)]
struct Counts {
    inputs: u64,
    answered: u64,
    refused: BTreeMap<String, u64>,
}

#[derive(Default)]
struct Kind {
    times: u64,
    shown: Vec<String>,
}

#[derive(Default)]
struct Ledger {
    counts: BTreeMap<String, Counts>,
    faults: BTreeMap<String, Kind>,
}

impl Ledger {
    fn fault(&mut self, kind: &str, case: String) {
        let entry = self.faults.entry(kind.to_string()).or_default();
        entry.times += 1;
        if entry.shown.len() < 2 && !case.is_empty() {
            println!("FAULT {kind}\n    {case}");
            entry.shown.push(case);
        }
    }

    fn line(&mut self, words: &[&str]) {
        match words {
            ["count", family, inputs, answered, refused] => {
                let counts = self.counts.entry((*family).to_string()).or_default();
                counts.inputs += inputs.parse::<u64>().unwrap_or(0);
                counts.answered += answered.parse::<u64>().unwrap_or(0);
                for (variant, times) in refused.split(',').filter_map(|pair| pair.split_once('=')) {
                    let times = times.parse::<u64>().unwrap_or(0);
                    *counts.refused.entry(variant.to_string()).or_default() += times;
                }
            }
            ["fault", family, seed, kind, rest @ ..] => {
                let text = rest.join("\n    ");
                let case = if text.is_empty() {
                    String::new()
                } else {
                    format!("--only {family} --case {seed}\n    {text}")
                };
                self.fault(&format!("{family}: {kind}"), case);
            }
            _ => {}
        }
    }

    fn summary(&self, arguments: &Arguments, begun: Instant) {
        println!();
        for (family, counts) in &self.counts {
            println!(
                "{family:<8} {:>9} inputs, {:>10} calls answered",
                counts.inputs, counts.answered
            );
            for (variant, times) in &counts.refused {
                println!("         {times:>10} refused: {variant}");
            }
        }
        println!();
        for (kind, found) in &self.faults {
            println!("{:>8} × {kind}", found.times);
        }
        let inputs: u64 = self.counts.values().map(|counts| counts.inputs).sum();
        println!(
            "{inputs} inputs of seed {} in {:.0} s: {} kinds of fault",
            arguments.seed,
            begun.elapsed().as_secs_f64(),
            self.faults.len()
        );
    }
}

fn started(
    arguments: &Arguments,
    number: u64,
    start: u64,
    generation: u64,
    to: &Sender<Word>,
) -> std::io::Result<Worker> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .args(["--inputs", &arguments.inputs.to_string()])
        .args(["--seed", &arguments.seed.to_string()])
        .args(["--workers", &arguments.workers.to_string()])
        .args(["--share", &number.to_string(), &start.to_string()])
        .env("OPENBLAS_NUM_THREADS", "1")
        .env("RAYON_NUM_THREADS", "1")
        .stdout(Stdio::piped());
    if let Some(family) = arguments.only {
        command.args(["--only", family.name()]);
    }
    if let Some(kind) = &arguments.kind {
        command.args(["--kind", kind]);
    }
    let mut child = command.spawn()?;
    let pipe = child.stdout.take();
    let to = to.clone();
    std::thread::spawn(move || {
        let lines = pipe
            .into_iter()
            .flat_map(|pipe| BufReader::new(pipe).lines());
        for line in lines.map_while(Result::ok) {
            if to.send(Word::Line(number, generation, line)).is_err() {
                return;
            }
        }
        let _ = to.send(Word::End(number, generation));
    });
    Ok(Worker {
        child,
        number,
        at: None,
        since: Instant::now(),
        done: false,
        generation,
    })
}

/// All inputs, and a summary; a failure where there was any fault.
pub fn run(arguments: &Arguments) -> ExitCode {
    let begun = Instant::now();
    let mut ledger = Ledger::default();
    match all(arguments, &mut ledger) {
        Ok(()) => {}
        Err(error) => {
            eprintln!("a worker could not be started: {error}");
            return ExitCode::from(2);
        }
    }
    ledger.summary(arguments, begun);
    if ledger.faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn all(arguments: &Arguments, ledger: &mut Ledger) -> std::io::Result<()> {
    let (to, words) = channel();
    let mut workers = Vec::new();
    for number in 0..arguments.workers {
        workers.push(started(arguments, number, number, 0, &to)?);
    }
    let patience = Duration::from_secs(arguments.patience);
    let mut losses = 0;
    while workers.iter().any(|worker| !worker.done) {
        let mut ended = None;
        match words.recv_timeout(Duration::from_secs(1)) {
            Ok(Word::Line(number, generation, line)) => {
                let Some(worker) = workers
                    .iter_mut()
                    .find(|w| w.number == number && w.generation == generation)
                else {
                    continue;
                };
                worker.since = Instant::now();
                let words: Vec<&str> = line.split('\t').collect();
                match words[..] {
                    ["at", index, family, seed] => {
                        let case = format!("--only {family} --case {seed}");
                        worker.at = index.parse().ok().map(|index| (index, case));
                    }
                    ["done", _] => worker.done = true,
                    _ => ledger.line(&words),
                }
            }
            Ok(Word::End(number, generation)) => ended = Some((number, generation)),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        for worker in &mut workers {
            let died = ended == Some((worker.number, worker.generation));
            let hangs = worker.since.elapsed() > patience;
            if worker.done || !(died || hangs) {
                continue;
            }
            worker.child.kill()?;
            let status = worker.child.wait()?;
            let (index, case) = worker.at.clone().unwrap_or_default();
            let family = case
                .split_whitespace()
                .nth(1)
                .unwrap_or_default()
                .to_string();
            let kind = if died {
                format!("{family}: the process died ({status})")
            } else {
                format!("{family}: no answer after {} s", arguments.patience)
            };
            ledger.fault(&kind, case);
            losses += 1;
            if losses > LOSSES {
                worker.done = true;
                println!(
                    "Too many hang or die: worker {} is not started again.",
                    worker.number
                );
                continue;
            }
            let next = index + arguments.workers;
            *worker = started(arguments, worker.number, next, worker.generation + 1, &to)?;
        }
    }
    for worker in &mut workers {
        let _ = worker.child.wait();
    }
    Ok(())
}
