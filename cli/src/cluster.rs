//! `fiedler cluster`: points or a graph in, labels out.

use crate::input::{self, Source};
use crate::options::{GraphOptions, MethodOptions, TableOptions};
use crate::output::{self, Outputs, Target};
use crate::trouble::Result;
use clap::Args;
use std::fmt::Write;

/// Cluster points, one a line, or the vertices of a graph
#[derive(Debug, Args)]
pub struct Arguments {
    /// The data; - is the standard input
    #[arg(value_name = "FILE", value_parser = |word: &str| Ok::<_, String>(Source::from(word)))]
    input: Source,
    /// Write the labels as CSV, a line a point; - is the standard output
    #[arg(long, value_name = "FILE", value_parser = |word: &str| Ok::<_, String>(Target::from(word)))]
    labels: Option<Target>,
    #[command(flatten)]
    table: TableOptions,
    #[command(flatten)]
    graph: GraphOptions,
    #[command(flatten)]
    method: MethodOptions,
}

/// Clusters, and writes what was asked for.
pub fn run(arguments: &Arguments) -> Result<()> {
    let inputs: Vec<_> = arguments.input.path().into_iter().collect();
    output::check(&[arguments.labels.as_ref()], &inputs)?;
    let rule = arguments.graph.rule()?;
    let points = input::points(&arguments.input, &arguments.table)?;
    let estimator = arguments.method.estimator().graph(rule).progress(true);
    let found = estimator.fit(&points.x)?;
    let mut outputs = Outputs::default();
    match &arguments.labels {
        Some(target) => {
            let mut text = String::from("id,label\n");
            for (point, label) in found.labels.iter().enumerate() {
                let _ = writeln!(text, "{point},{label}");
            }
            outputs.add(target, text);
        }
        None => outputs.add(&Target::StandardOutput, format!("{}\n", found.certificate)),
    }
    outputs.write()
}
