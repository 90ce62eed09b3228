//! `fiedler completions`: what a shell needs to complete the command line.

use crate::command::Cli;
use crate::output;
use crate::trouble::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

/// Print the completions for a shell
#[derive(Debug, Args)]
#[command(
    after_help = "For bash: fiedler completions bash > ~/.local/share/bash-completion/completions/fiedler"
)]
pub struct Arguments {
    shell: Shell,
}

/// Prints them.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut bytes = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "fiedler", &mut bytes);
    output::to_stdout(&bytes)
}
