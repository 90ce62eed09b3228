//! The command line: its subcommands, and what `--help` says of them.

use crate::trouble::Result;
use crate::{cluster, completions, explain, graph, label, man, predict, segment, sweep};
use clap::{Parser, Subcommand};

/// Spectral clustering of points, graphs and pictures, with a certificate that says how far to trust the answer.
#[derive(Debug, Parser)]
#[command(name = "fiedler", version, max_term_width = 100, after_help = AFTER)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const AFTER: &str = "\
Exit codes: 0 fine; 1 the data or a file were refused, and the message says why; 2 the command line was not understood.
Files are written when everything is done, or not at all.";

#[derive(Debug, Subcommand)]
pub enum Command {
    Cluster(Box<cluster::Arguments>),
    #[command(visible_alias = "sensitivity")]
    Sweep(Box<sweep::Arguments>),
    Segment(segment::Arguments),
    Graph(Box<graph::Arguments>),
    Label(Box<label::Arguments>),
    Predict(Box<predict::Arguments>),
    Explain(explain::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

impl Command {
    /// Does what was asked for.
    pub fn run(&self) -> Result<()> {
        match self {
            Self::Cluster(arguments) => cluster::run(arguments),
            Self::Sweep(arguments) => sweep::run(arguments),
            Self::Segment(arguments) => segment::run(arguments),
            Self::Graph(arguments) => graph::run(arguments),
            Self::Label(arguments) => label::run(arguments),
            Self::Predict(arguments) => predict::run(arguments),
            Self::Explain(arguments) => explain::run(arguments),
            Self::Completions(arguments) => completions::run(arguments),
            Self::Man(arguments) => man::run(arguments),
        }
    }
}
