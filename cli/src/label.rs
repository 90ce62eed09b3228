//! `fiedler label`: a graph's files and what a solver found for it in, labels out.

use crate::output::{self, Outputs, Target};
use crate::table;
use crate::trouble::{Result, Trouble};
use clap::{Args, ValueEnum};
use fiedler::certificate::Certificate;
use fiedler::embedding::{Embedding, embed};
use fiedler::labelling::{discretize, labels_by_kmeans, pivoted_qr, sweep};
use fiedler::ndarray::Array1;
use fiedler::{Eigenpairs, Graph, labels_by_sign};
use std::path::PathBuf;

/// Label the vertices of a graph by the eigenvectors that scale/solve.py found
#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder of the graph, which the solver wrote into
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// How many clusters; the solver must have been asked for one pair more
    #[arg(short = 'k', long, value_name = "K", default_value_t = 2, value_parser = clap::value_parser!(u32).range(2..))]
    clusters: u32,
    /// How the eigenvectors become labels [default: sweep for two clusters, else k-means]
    #[arg(long, value_enum, value_name = "NAME")]
    assign: Option<Way>,
    /// The seed of k-means and of the discretisation
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
    /// Write the labels as CSV, a line a point; - is the standard output
    #[arg(long, value_name = "FILE")]
    labels: Option<Target>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Way {
    /// The best threshold of the second eigenvector; two clusters only
    Sweep,
    /// Its sign; two clusters only
    Sign,
    #[value(name = "kmeans")]
    KMeans,
    /// The rotation that comes nearest to zeros and ones
    Discretize,
    /// QR with column pivoting: no start, no seed
    Qr,
}

/// Reads, labels, and writes what was asked for.
pub fn run(arguments: &Arguments) -> Result<()> {
    output::check(&[arguments.labels.as_ref()], &[])?;
    let k = arguments.clusters as usize;
    let way = arguments
        .assign
        .unwrap_or(if k == 2 { Way::Sweep } else { Way::KMeans });
    if k > 2 && matches!(way, Way::Sweep | Way::Sign) {
        let words = "--assign sweep and sign give two clusters; take kmeans, discretize or qr";
        return Err(Trouble::Usage(words.to_string()));
    }
    let graph = Graph::read_petsc(&arguments.folder)?;
    let pairs = Eigenpairs::read_petsc(&arguments.folder, &graph)?;
    let found = pairs.values.len();
    if found <= k && found < graph.vertex_count() {
        let more = k + 1;
        return Err(Trouble::Refused(format!(
            "the solver found {found} pairs, the known ones of 0 among them; {k} clusters and their certificate take {more}: run scale/solve.py with {more}"
        )));
    }
    let labels = labels(&graph, &pairs, k, way, arguments.seed)?;
    let mut outputs = Outputs::default();
    if let Some(target) = &arguments.labels {
        outputs.add(target, table::labels(&labels.to_vec(), None));
    } else {
        let certificate = Certificate::new(&graph, &pairs, &labels)?;
        outputs.add(&Target::StandardOutput, format!("{certificate}\n"));
    }
    outputs.write()
}

fn labels(
    graph: &Graph,
    pairs: &Eigenpairs,
    k: usize,
    way: Way,
    seed: u64,
) -> fiedler::Result<Array1<usize>> {
    let second = pairs.vectors.column(1).to_owned();
    let rows = || embed(pairs, Embedding::Leading, k);
    Ok(match way {
        Way::Sweep => sweep(graph, &second)?.labels,
        Way::Sign => labels_by_sign(&second)?,
        Way::KMeans => labels_by_kmeans(&rows()?, k, seed)?.labels,
        Way::Discretize => discretize(&rows()?, seed)?.labels,
        Way::Qr => pivoted_qr(&rows()?)?.labels,
    })
}
