//! `fiedler explain`: the JSON of a former run, told in words.

use crate::input::Source;
use crate::output;
use crate::record::{FORMAT, Record};
use crate::trouble::Result;
use crate::words;
use clap::Args;

/// Tell in words what `fiedler cluster --json` found
#[derive(Debug, Args)]
pub struct Arguments {
    /// What --json wrote; - is the standard input
    #[arg(value_name = "FILE")]
    input: Source,
}

/// Reads, and tells.
pub fn run(arguments: &Arguments) -> Result<()> {
    let bytes = arguments.input.bytes()?;
    let refused = |error: serde_json::Error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        let words = format!("this is not what `fiedler cluster --json` writes: {error}");
        let at_once = error.line() == 0 || words.contains("at line");
        let words = if at_once {
            words
        } else {
            format!("{place}: {words}")
        };
        arguments.input.trouble(words)
    };
    let record: Record = serde_json::from_slice(&bytes).map_err(refused)?;
    if record.format != FORMAT {
        return Err(arguments.input.trouble(format!(
            "its format is {:?}, and {FORMAT:?} is read here",
            record.format
        )));
    }
    if record.clusters == 0
        || record.eigenvalues.len() < record.clusters
        || record.labels.is_empty()
    {
        return Err(arguments
            .input
            .trouble("the numbers in it do not belong together: it was changed by hand"));
    }
    output::to_stdout(words::as_text(&words::told(&record)).as_bytes())
}
