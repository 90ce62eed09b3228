//! Edges with names, from a list of text: one edge a line, and names kept as they stand.
//!
//! # Definition
//! A line is two names and, where there is a third field, the weight of the edge between them; without one it is 1. The
//! names are numbered in order of first appearance, and nothing is a name but what stands there: `1` and `01` are two.
//! Delimiters, quotation marks, comments and line ends are those of [`super::csv()`]; a delimiter fits where all lines have
//! two fields or all have three, and the third is a number. Where a tab, a semicolon or a bar fits, no comma
//! and no blank separates; where two delimiters are left, the text is ambiguous.
//!
//! The first line is a header where its weight is no number and all others are; where its two names are no numbers and
//! all others are; or where it holds two of the words that lists of edges are headed by ("source" and "target", "from"
//! and "to", …) and no line below does. [`EdgeOptions::header`] decides otherwise.
//!
//! # Must hold
//! Each undirected edge once, whichever end stands first; weights positive and finite.
//!
//! # Known value
//! `anna bert`, `bert carl` is a path: bert, number 1, has two neighbours.

use super::edge_list::{List, decide};
use super::{DecimalMark, Delimiter, NamedGraph, text as decoded};
use crate::error::{Error, Result};
use crate::graph::Graph;
use std::path::Path;

/// What is known of a list of edges beforehand, and what is to be done with edges that a graph cannot have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EdgeOptions {
    pub(super) delimiter: Option<Delimiter>,
    pub(super) decimal_mark: Option<DecimalMark>,
    pub(super) header: Option<bool>,
    pub(super) sum_duplicates: bool,
    pub(super) drop_zero_weights: bool,
    pub(super) largest_component: bool,
}

impl EdgeOptions {
    /// Nothing is known, and nothing is mended.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The fields are separated by this.
    #[must_use]
    pub fn delimiter(mut self, delimiter: Delimiter) -> Self {
        self.delimiter = Some(delimiter);
        self
    }

    /// The decimals of the weights are marked by this.
    #[must_use]
    pub fn decimal_mark(mut self, mark: DecimalMark) -> Self {
        self.decimal_mark = Some(mark);
        self
    }

    /// The first line is a header, or an edge.
    #[must_use]
    pub fn header(mut self, header: bool) -> Self {
        self.header = Some(header);
        self
    }

    /// Whether the weights of an edge that stands there several times, in either direction, are added up; else it is
    /// refused.
    #[must_use]
    pub fn sum_duplicates(mut self, summed: bool) -> Self {
        self.sum_duplicates = summed;
        self
    }

    /// Whether edges of weight 0 are left out; else they are refused. Their ends stay, with whatever other edges they have.
    #[must_use]
    pub fn drop_zero_weights(mut self, dropped: bool) -> Self {
        self.drop_zero_weights = dropped;
        self
    }

    /// Whether only the largest connected component is kept; of two equally large, the one that appears first.
    #[must_use]
    pub fn largest_component(mut self, kept: bool) -> Self {
        self.largest_component = kept;
        self
    }
}

/// Reads a list of edges.
///
/// ```
/// use fiedler::read::{EdgeOptions, edges};
/// let list = "anna,bert,2\nbert,carl,0.5\ncarl,bert,1.5\n";
/// assert!(edges(list, &EdgeOptions::new()).is_err()); // bert and carl twice
/// let named = edges(list, &EdgeOptions::new().sum_duplicates(true))?;
/// assert_eq!(named.names, ["anna", "bert", "carl"]);
/// let bert = named.index("bert").unwrap();
/// assert_eq!(named.graph.neighbors(bert)?, [(0, 2.0), (2, 2.0)]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// Time grows with the length of the text, memory with the number of edges.
///
/// # Errors
/// [`Error::Csv`] with one of [`super::CsvError`] inside; what [`Graph::from_edges`] refuses of the whole, as a single vertex.
pub fn edges(text: &str, options: &EdgeOptions) -> Result<NamedGraph> {
    let list = decide(text, options).map_err(|error| Error::Csv { path: None, error })?;
    list.graph(options)
}

/// [`edges`] of a file.
///
/// # Errors
/// [`Error::File`] where it cannot be read; as [`edges`], with its path.
pub fn edges_file(path: impl AsRef<Path>, options: &EdgeOptions) -> Result<NamedGraph> {
    let path = path.as_ref();
    let bytes = std::fs::read(path).map_err(|error| Error::file(path, &error))?;
    let list = decoded(&bytes).and_then(|text| decide(text, options));
    let list = list.map_err(|error| Error::Csv {
        path: Some(path.display().to_string()),
        error,
    })?;
    list.graph(options)
}

impl List {
    fn graph(self, options: &EdgeOptions) -> Result<NamedGraph> {
        let graph = Graph::from_edges(self.names.len(), &self.edges)?;
        let named = NamedGraph {
            graph,
            names: self.names,
            left_out: Vec::new(),
            summed: self.summed,
            dropped: self.dropped,
            delimiter: self.delimiter,
            header: self.header,
            numbers: self.numbers,
        };
        if options.largest_component {
            named.largest_component()
        } else {
            Ok(named)
        }
    }
}
