//! `fiedler graph`: points in, the files of their graph out, for a solver on many machines.

use crate::input::InputOptions;
use crate::options::GraphOptions;
use crate::trouble::Result;
use clap::Args;
use std::path::PathBuf;

/// Write the graph of points as files that PETSc reads: past one machine (see scale/README.md)
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    input: InputOptions,
    /// The folder to write into: new, empty, or with an earlier graph
    #[arg(long, value_name = "FOLDER")]
    petsc: PathBuf,
    #[command(flatten)]
    graph: GraphOptions,
}

/// Builds the graph, and writes it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let rule = arguments.graph.rule()?;
    let points = arguments.input.points()?;
    Ok(rule.build(&points.x)?.write_petsc(&arguments.petsc)?)
}
