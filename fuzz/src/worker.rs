//! One process, one thread: input after input, each told of in a line before it begins.

use crate::random::mixed;
use crate::run::{Run, note_panics};
use crate::{Arguments, Family, graphs};
use std::collections::BTreeMap;
use std::io::{Write, stdout};
use std::process::ExitCode;

/// Inputs after which the counts are sent.
const OFTEN: u64 = 500;

/// All work of the library in this thread: inputs are tiny, and a hand-over costs more than they do.
fn alone() {
    // It fails where there is a pool already, and then that one does.
    let _ = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .use_current_thread()
        .build_global();
    note_panics();
}

/// A text in one line.
fn line(text: &str) -> String {
    let text = text.replace(['\n', '\t', '\r'], " ");
    if text.len() <= 1500 {
        return text;
    }
    let end = (0..=1500).rev().find(|&at| text.is_char_boundary(at));
    format!("{} …", &text[..end.unwrap_or(0)])
}

fn say(text: &str) {
    // The office may be gone: then so is the reason to speak.
    let _ = writeln!(stdout().lock(), "{text}");
}

#[derive(Default)]
struct Counts {
    inputs: u64,
    answered: u64,
    refused: BTreeMap<String, u64>,
}

fn send(counts: &mut BTreeMap<Family, Counts>) {
    for (family, counts) in std::mem::take(counts) {
        let refused: Vec<String> = counts
            .refused
            .iter()
            .map(|(variant, count)| format!("{variant}={count}"))
            .collect();
        say(&format!(
            "count\t{}\t{}\t{}\t{}",
            family.name(),
            counts.inputs,
            counts.answered,
            refused.join(",")
        ));
    }
}

/// The inputs of this worker: every so-manieth from `start` on.
pub fn work(arguments: &Arguments, number: u64, start: u64) -> ExitCode {
    alone();
    let mut counts: BTreeMap<Family, Counts> = BTreeMap::new();
    let mut known: BTreeMap<String, u64> = BTreeMap::new();
    let mut index = start;
    while index < arguments.inputs {
        let family = arguments.only.unwrap_or_else(|| Family::of(index));
        let seed = mixed(arguments.seed, index);
        say(&format!("at\t{index}\t{}\t{seed}", family.name()));
        let (run, code) = family.run(seed);
        let count = counts.entry(family).or_default();
        count.inputs += 1;
        count.answered += run.answered;
        for (variant, times) in &run.refused {
            *count.refused.entry(variant.clone()).or_default() += times;
        }
        told(arguments, family, seed, run, &code, &mut known);
        if (index / arguments.workers) % OFTEN == 0 {
            send(&mut counts);
        }
        index += arguments.workers;
    }
    send(&mut counts);
    say(&format!("done\t{number}"));
    ExitCode::SUCCESS
}

fn told(
    arguments: &Arguments,
    family: Family,
    seed: u64,
    run: Run,
    code: &str,
    known: &mut BTreeMap<String, u64>,
) {
    let mut here = Vec::new();
    for fault in run.faults {
        let wanted = arguments
            .kind
            .as_ref()
            .is_none_or(|kind| fault.kind.contains(kind));
        if here.contains(&fault.kind) || !wanted {
            continue;
        }
        here.push(fault.kind.clone());
        let times = known.entry(fault.kind.clone()).or_default();
        *times += 1;
        let mut text = String::new();
        if *times <= 2 {
            say("busy");
            let small = (family == Family::Graphs).then(|| graphs::smallest(seed, &fault.kind));
            text = match small.flatten() {
                Some(small) => format!("{}\t{}", line(&small), line(&fault.detail)),
                None => format!("{}\t{}", line(code), line(&fault.detail)),
            };
        }
        say(&format!(
            "fault\t{}\t{seed}\t{}\t{text}",
            family.name(),
            line(&fault.kind)
        ));
    }
}

/// One input again, with all that is known of it.
pub fn one(family: Option<Family>, seed: u64) -> ExitCode {
    alone();
    let Some(family) = family else {
        eprintln!("--case needs --only FAMILY");
        return ExitCode::from(2);
    };
    let (run, code) = family.run(seed);
    println!("{code}");
    println!("answered {}, refused {:?}", run.answered, run.refused);
    for fault in &run.faults {
        println!("FAULT {}\n      {}", fault.kind, fault.detail);
        if let Some(small) = (family == Family::Graphs)
            .then(|| graphs::smallest(seed, &fault.kind))
            .flatten()
        {
            println!("      smallest: {small}");
        }
    }
    if run.faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
