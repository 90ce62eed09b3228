//! A long run of random inputs: none may end in a panic, a hang, a NaN, or an answer that what is known without the
//! library contradicts.
//!
//! ```text
//! cargo run --release -p fiedler-fuzz -- --inputs 10000000 --seed 1     all of it
//! cargo run --release -p fiedler-fuzz -- --only graphs --inputs 10000   one family
//! cargo run --release -p fiedler-fuzz -- --only graphs --case 123456    one input, as Rust code
//! ```
//!
//! Each worker is a process of its own, so that one that hangs or dies takes only its input along.

mod arguments;
mod checks;
mod csv;
mod exact;
mod graph_case;
mod graphs;
mod labels;
mod layouts;
mod office;
mod oracle;
mod points;
mod random;
mod run;
mod worker;

use std::process::ExitCode;

/// What the command line asks for.
#[derive(Clone, Debug)]
struct Arguments {
    inputs: u64,
    seed: u64,
    only: Option<Family>,
    case: Option<u64>,
    workers: u64,
    /// Seconds after which an input hangs.
    patience: u64,
    /// Kinds of fault to look for alone.
    kind: Option<String>,
    /// Of a worker: its number, and where it starts.
    share: Option<(u64, u64)>,
}

/// What inputs are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    Graphs,
    Points,
    Layouts,
    Labels,
    Csv,
    Arguments,
}

impl Family {
    const ALL: [Self; 6] = [
        Self::Graphs,
        Self::Points,
        Self::Layouts,
        Self::Labels,
        Self::Csv,
        Self::Arguments,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Graphs => "graphs",
            Self::Points => "points",
            Self::Layouts => "layouts",
            Self::Labels => "labels",
            Self::Csv => "csv",
            Self::Arguments => "arguments",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }

    /// The family of the input with this number, in shares that let all of them take about as long.
    fn of(index: u64) -> Self {
        match index % 20 {
            0..=2 => Self::Graphs,
            3..=6 => Self::Points,
            7..=9 => Self::Layouts,
            10..=13 => Self::Labels,
            14 | 15 => Self::Arguments,
            _ => Self::Csv,
        }
    }

    /// One input: what happened, and the input as Rust code.
    fn run(self, seed: u64) -> (run::Run, String) {
        match self {
            Self::Graphs => graphs::run(seed),
            Self::Points => points::run(seed),
            Self::Layouts => layouts::run(seed),
            Self::Labels => labels::run(seed),
            Self::Csv => csv::run(seed),
            Self::Arguments => arguments::run(seed),
        }
    }
}

const USAGE: &str = "--inputs N --seed N --only graphs|points|layouts|labels|csv|arguments --case SEED --workers N --patience SECONDS --kind WORDS";

fn parsed(words: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut words = words;
    let mut arguments = Arguments {
        inputs: 100_000,
        seed: 1,
        only: None,
        case: None,
        workers: std::thread::available_parallelism().map_or(1, |n| n.get() as u64),
        patience: 20,
        kind: None,
        share: None,
    };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        let number = |text: String| {
            text.parse::<u64>()
                .map_err(|error| format!("{text}: {error}"))
        };
        match word.as_str() {
            "--inputs" => arguments.inputs = number(value()?)?,
            "--seed" => arguments.seed = number(value()?)?,
            "--case" => arguments.case = Some(number(value()?)?),
            "--workers" => arguments.workers = number(value()?)?.max(1),
            "--patience" => arguments.patience = number(value()?)?,
            "--kind" => arguments.kind = Some(value()?),
            "--share" => arguments.share = Some((number(value()?)?, number(value()?)?)),
            "--only" => {
                let name = value()?;
                let family = Family::named(&name).ok_or_else(|| format!("{name} is no family"))?;
                arguments.only = Some(family);
            }
            _ => return Err(format!("{word} is unknown")),
        }
    }
    Ok(arguments)
}

fn main() -> ExitCode {
    let arguments = match parsed(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(error) => {
            eprintln!("{error}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    if let Some(seed) = arguments.case {
        return worker::one(arguments.only, seed);
    }
    match arguments.share {
        Some((number, start)) => worker::work(&arguments, number, start),
        None => office::run(&arguments),
    }
}
