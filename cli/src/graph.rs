//! `fiedler graph`: points in, the files of their graph out, for a solver on many machines.

use crate::input::{self, Source};
use crate::options::{GraphOptions, TableOptions};
use crate::trouble::Result;
use clap::Args;
use std::path::PathBuf;

/// Write the graph of points as files that PETSc reads: past one machine (see scale/README.md)
#[derive(Debug, Args)]
pub struct Arguments {
    /// The points, one a line; - is the standard input
    #[arg(value_name = "FILE", value_parser = |word: &str| Ok::<_, String>(Source::from(word)))]
    input: Source,
    /// The folder to write into: new, empty, or with an earlier graph
    #[arg(long, value_name = "FOLDER")]
    petsc: PathBuf,
    #[command(flatten)]
    table: TableOptions,
    #[command(flatten)]
    graph: GraphOptions,
}

/// Builds the graph, and writes it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let rule = arguments.graph.rule()?;
    let points = input::points(&arguments.input, &arguments.table)?;
    Ok(rule.build(&points.x)?.write_petsc(&arguments.petsc)?)
}
