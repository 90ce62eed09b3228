//! `fiedler man`: the manual's pages.

use crate::command::Cli;
use crate::output;
use crate::trouble::{Result, Trouble};
use clap::{Args, CommandFactory};
use clap_mangen::Man;

/// Print a page of the manual
#[derive(Debug, Args)]
#[command(after_help = "To read it: fiedler man cluster | man -l -")]
pub struct Arguments {
    /// The subcommand [default: the page of the whole]
    subcommand: Option<String>,
}

/// Prints it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut whole = Cli::command();
    whole.build();
    let page = match &arguments.subcommand {
        None => whole,
        Some(name) => {
            let found = whole.find_subcommand(name).cloned();
            let found =
                found.ok_or_else(|| Trouble::Usage(format!("there is no subcommand {name}")))?;
            // Once built it is called "fiedler cluster"; its page is called fiedler-cluster.
            let own: &'static str = format!("fiedler-{name}").leak();
            found.name(own)
        }
    };
    let mut bytes = Vec::new();
    let written = Man::new(page).render(&mut bytes);
    written.map_err(|error| Trouble::Refused(error.to_string()))?;
    output::to_stdout(&bytes)
}
