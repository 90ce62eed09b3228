//! What a peer without a sparse neighbour graph is given: a graph that is there, or ours to build.

use crate::generate::{load_graph, load_points};
use crate::rows::{NEIGHBORS, Row};
use fiedler::{Graph, graph::Symmetry};
use std::path::Path;

/// The graph of a row.
pub enum Given {
    /// It is the data.
    Graph(Box<Graph>),
    /// It is built from the points, within the time that is measured.
    Points(Box<dyn Fn() -> Result<Graph, String>>),
}

pub fn given(row: &Row, folder: &Path) -> Result<Given, String> {
    let text = |error: Box<dyn std::error::Error>| error.to_string();
    if row.is_graph() {
        return load_graph(row, folder)
            .map(|graph| Given::Graph(Box::new(graph)))
            .map_err(text);
    }
    let x = load_points(folder).map_err(text)?;
    Ok(Given::Points(Box::new(move || {
        Graph::nearest_neighbors(&x, Symmetry::Average, NEIGHBORS)
            .map_err(|error| error.to_string())
    })))
}
