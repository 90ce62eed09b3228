//! The whole story in one go, the post and what lies beyond: `cargo run --release --example tour`.
//!
//! Prints the numbers of every step and writes the figures, with a page that shows it all, to
//! `target/tour/`. With a file of points and a distance it takes the same steps with your own data:
//! `cargo run --release --example tour -- points.csv --epsilon 0.4`.

mod arguments;
mod beyond;
mod own;
mod points;
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
    match &arguments.file {
        None => post::tour(&arguments.out),
        Some(file) => own::tour(file, &arguments),
    }
}
