//! Where the data come from: a file or the standard input, in a format that its first bytes name.

mod edges;
mod foreign;
mod matrix_market;
mod npy;

use crate::options::TableOptions;
use crate::trouble::{Result, Trouble};
use clap::Args;
use fiedler::ndarray::Array2;
use fiedler::read::{Scaling, csv_bytes};
use fiedler::{Error, Graph};
use std::convert::Infallible;
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A file, or the standard input for `-`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    StandardInput,
    File(PathBuf),
}

impl FromStr for Source {
    type Err = Infallible;

    fn from_str(word: &str) -> std::result::Result<Self, Infallible> {
        Ok(match word {
            "-" => Self::StandardInput,
            path => Self::File(path.into()),
        })
    }
}

impl Source {
    /// All that it holds.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        let read = match self {
            Self::File(path) => std::fs::read(path),
            Self::StandardInput => {
                let mut bytes = Vec::new();
                let all = std::io::stdin().lock().read_to_end(&mut bytes);
                all.map(|_| bytes)
            }
        };
        read.map_err(|error| self.trouble(error.to_string()))
    }

    /// Its path, where it is a file.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::StandardInput => None,
            Self::File(path) => Some(path),
        }
    }

    /// What it is called in messages.
    pub fn name(&self) -> String {
        match self {
            Self::StandardInput => "the standard input".to_string(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Refused, for this reason.
    pub fn trouble(&self, reason: impl Into<String>) -> Trouble {
        Trouble::File {
            path: self.name(),
            reason: reason.into(),
        }
    }

    /// Refused, for a reason of the library.
    pub fn refused(&self, error: Error) -> Trouble {
        let path = Some(self.name());
        Trouble::from(match error {
            Error::Csv { error, .. } => Error::Csv { path, error },
            other => other,
        })
    }
}

impl Source {
    /// Refused, for a reason of the library, with the lines of the points that it names.
    pub fn refused_with(&self, error: Error, data: &Data) -> Trouble {
        let named = match &error {
            Error::IsolatedPoints { points, .. } | Error::TinyDegree { points, .. } => {
                data.named(points)
            }
            _ => None,
        };
        match (self.refused(error), named) {
            (Trouble::Refused(words), Some(named)) => Trouble::Refused(format!("{words}\n{named}")),
            (other, _) => other,
        }
    }
}

/// Data, and how they are to be understood.
#[derive(Debug, Clone, Args)]
pub struct InputOptions {
    /// Points, one a line (CSV and its kin, or .npy), or a graph (Matrix Market, or a list of edges with --edges); - is
    /// the standard input
    #[arg(value_name = "FILE")]
    pub source: Source,
    /// Each line is an edge: two names, and perhaps a weight
    #[arg(long)]
    pub edges: bool,
    #[command(flatten)]
    pub mending: Mending,
    #[command(flatten)]
    pub table: TableOptions,
}

/// What is done with edges that a graph cannot have.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Reading a graph")]
pub struct Mending {
    /// Edges that are named twice count with the sum of their weights [default: refused]
    #[arg(long)]
    pub sum_duplicates: bool,
    /// Edges of weight 0 are no edges [default: refused]
    #[arg(long)]
    pub drop_zero_weights: bool,
    /// Only the largest piece of the graph is kept
    #[arg(long)]
    pub largest_component: bool,
}

/// What was read.
#[derive(Debug)]
pub enum Data {
    Points(Points),
    Graph(Named),
}

/// Points, and what is known of them.
#[derive(Debug, Clone)]
pub struct Points {
    pub x: Array2<f64>,
    /// The names of the columns.
    pub columns: Option<Vec<String>>,
    pub ids: Option<Vec<String>>,
    pub classes: Option<Vec<String>>,
    /// The line of each point.
    pub lines: Option<Vec<usize>>,
    pub scaling: Option<Scaling>,
    /// How the file was read, in words.
    pub reading: String,
}

/// A graph, and the names of its vertices.
#[derive(Debug)]
pub struct Named {
    pub graph: Graph,
    pub names: Option<Vec<String>>,
    pub reading: String,
}

impl Data {
    /// The number of points, or of vertices.
    pub fn count(&self) -> usize {
        match self {
            Self::Points(points) => points.x.nrows(),
            Self::Graph(named) => named.graph.vertex_count(),
        }
    }

    /// The lines of a few points, or the names of a few vertices.
    fn named(&self, points: &[usize]) -> Option<String> {
        let few = points.iter().take(10);
        let more = if points.len() > 10 { ", …" } else { "" };
        let (what, list): (&str, Vec<String>) = match self {
            Self::Points(Points {
                ids: Some(names), ..
            })
            | Self::Graph(Named {
                names: Some(names), ..
            }) => (
                "they are called",
                few.filter_map(|&point| names.get(point).cloned()).collect(),
            ),
            Self::Points(Points {
                lines: Some(lines), ..
            }) => (
                "they stand in the lines",
                few.filter_map(|&point| lines.get(point))
                    .map(ToString::to_string)
                    .collect(),
            ),
            _ => return None,
        };
        Some(format!("{what} {}{more}", list.join(", ")))
    }
}

impl InputOptions {
    /// Reads points or a graph.
    pub fn read(&self) -> Result<Data> {
        let bytes = self.source.bytes()?;
        if let Some(reason) = foreign::refusal(&bytes) {
            return Err(self.source.trouble(reason));
        }
        if self.edges {
            let allowed = ["--delimiter", "--decimal", "--header"];
            self.table.none_but(&allowed, "a list of edges")?;
            return edges::read(self, &bytes).map(Data::Graph);
        }
        if matrix_market::is(&bytes) {
            self.table.none_but(&[], "a matrix of a graph")?;
            return matrix_market::read(self, &bytes).map(Data::Graph);
        }
        self.no_graph_options()?;
        self.read_points(&bytes).map(Data::Points)
    }

    /// Reads points, and refuses a graph.
    pub fn points(&self) -> Result<Points> {
        match self.read()? {
            Data::Points(points) => Ok(points),
            Data::Graph(_) => Err(self
                .source
                .trouble("this is a graph, and points are needed here")),
        }
    }

    fn no_graph_options(&self) -> Result<()> {
        let given = [
            ("--sum-duplicates", self.mending.sum_duplicates),
            ("--drop-zero-weights", self.mending.drop_zero_weights),
            ("--largest-component", self.mending.largest_component),
        ];
        match given.iter().find(|(_, given)| *given) {
            Some((name, _)) => Err(Trouble::Usage(format!(
                "{name} goes with a graph; where each line is an edge, give --edges too"
            ))),
            None => Ok(()),
        }
    }

    fn read_points(&self, bytes: &[u8]) -> Result<Points> {
        if npy::is(bytes) {
            self.table.none_but(&["--standardize"], "a .npy file")?;
            let x = npy::read(bytes).map_err(|reason| self.source.trouble(reason))?;
            let refused = |error| self.source.refused(error);
            let scaling = self.table.standardize.then(|| Scaling::of(&x)).transpose();
            let scaling = scaling.map_err(refused)?;
            let scaled = scaling.as_ref().map(|scaling| scaling.apply(&x));
            let x = scaled.transpose().map_err(refused)?.unwrap_or(x);
            return Ok(Points {
                reading: format!("a NumPy array of {} columns", x.ncols()),
                x,
                columns: None,
                ids: None,
                classes: None,
                lines: None,
                scaling,
            });
        }
        let table = csv_bytes(bytes, &self.table.csv()).map_err(|e| self.source.refused(e))?;
        let mut reading = table.reading();
        if table.filled > 0 {
            let _ = write!(
                reading,
                "; {} missing values filled by the mean of their column",
                table.filled
            );
        }
        if let Some(first) = table.dropped.first() {
            let _ = write!(
                reading,
                "; {} lines left out for missing values, the first of them line {first}",
                table.dropped.len()
            );
        }
        if table.scaling.is_some() {
            reading += "; each column brought to mean 0 and deviation 1";
        }
        Ok(Points {
            x: table.x,
            columns: table.names,
            ids: table.ids,
            classes: table.classes,
            lines: Some(table.lines),
            scaling: table.scaling,
            reading,
        })
    }
}
