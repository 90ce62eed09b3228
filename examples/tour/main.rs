//! The whole story in one go, the post and what lies beyond: `cargo run --release --example tour`.
//!
//! Prints the numbers of every step and writes the figures, with a page that shows it all, to
//! `target/tour/`. For points of your own there is the command, `fiedler cluster points.csv`.

mod arguments;
mod beyond;
mod post;
mod report;

use arguments::{HELP, Result};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\nThe tour ends here: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments = arguments::parse(std::env::args().skip(1))?;
    if arguments.help {
        print!("{HELP}");
        return Ok(());
    }
    post::tour(&arguments.out)
}
