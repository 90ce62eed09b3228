//! `fiedler`: spectral clustering from the command line.
//!
//! One file a subcommand; what several of them share stands in the other modules. Exit codes: 0 where all went well, 1
//! where the data or a file were refused, 2 where the command line was.

mod cluster;
mod command;
mod completions;
mod explain;
mod graph;
mod input;
mod label;
mod man;
mod options;
mod output;
mod page;
mod picture;
mod predict;
mod raster;
mod record;
mod rust;
mod segment;
mod sweep;
mod table;
mod trouble;
mod words;

use clap::{CommandFactory, Parser};
use command::Cli;
use std::process::ExitCode;
use trouble::Trouble;

fn main() -> ExitCode {
    match Cli::parse().command.run() {
        // Who reads the output may have enough before its end, as `head` does: that is no failure.
        Ok(()) | Err(Trouble::Closed) => ExitCode::SUCCESS,
        // As clap says it, with its exit code 2.
        Err(Trouble::Usage(words)) => Cli::command()
            .error(clap::error::ErrorKind::ValueValidation, words)
            .exit(),
        Err(trouble) => {
            output::to_stderr(&format!("error: {trouble}\n"));
            ExitCode::FAILURE
        }
    }
}
