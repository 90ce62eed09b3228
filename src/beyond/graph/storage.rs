//! How the edges of a graph are kept.

use crate::engine::sparse::{AlongCurve, Edges, Sparse};
use ndarray::Array2;

#[derive(Debug, Clone)]
pub(super) enum Storage {
    Dense(Array2<f64>),
    Sparse(Sparse),
    AlongCurve(AlongCurve),
}

impl Storage {
    pub(super) fn edges(&self) -> Edges<'_> {
        match self {
            Self::Dense(a) => Edges::Dense(a),
            Self::Sparse(rows) => Edges::Sparse(rows),
            Self::AlongCurve(curve) => Edges::AlongCurve(curve),
        }
    }

    /// The same graph with these vertices, in ascending order, isolated.
    pub(super) fn without_edges_of(&self, vertices: &[usize]) -> Self {
        let edges = self.edges();
        let kept = |i: usize| vertices.binary_search(&i).is_err();
        if let Self::Dense(a) = self {
            return Self::Dense(Array2::from_shape_fn(a.dim(), |(i, j)| {
                if kept(i) && kept(j) { a[[i, j]] } else { 0.0 }
            }));
        }
        let row = |i: usize| {
            let neighbors = edges.of(i).filter(|&(j, _)| kept(i) && kept(j));
            neighbors.collect()
        };
        Self::Sparse(Sparse::from_rows((0..edges.vertices()).map(row).collect()))
    }
}
