//! N = D^-½AD^-½ beside its null vectors: the one thing that [`super::lanczos`] and [`super::chebyshev`] ask of a graph.
//!
//! # Definition
//! On each component the vector u = D^½𝟙 has Nu = u, so λ = 0. With Q, which takes the parts along these vectors out of
//! any other, QN has the other eigenvectors and their values, and 0 in the place of 1.

use crate::engine::eigenpairs::NullSpace;
use crate::engine::sparse::Edges;
use crate::graph::Graph;
use crate::linalg::RandomState;
use ndarray::{Array1, Array2};

pub(super) struct Affinity<'a> {
    edges: Edges<'a>,
    pub(super) null: NullSpace,
}

impl<'a> Affinity<'a> {
    /// Of a graph without isolated vertices.
    pub(super) fn new(graph: &'a Graph) -> Self {
        Self {
            edges: graph.edges(),
            null: NullSpace::new(graph.degrees(), graph.pieces().labels.clone()),
        }
    }

    /// How many dimensions there are beside the null vectors.
    pub(super) fn dimensions(&self) -> usize {
        self.null.dimensions()
    }

    /// z = D^-½w, for w in rows.
    pub(super) fn unscaled(&self, w: Array2<f64>) -> Array2<f64> {
        w / &self.null.roots
    }

    /// QNw.
    pub(super) fn times(&self, w: &Array1<f64>) -> Array1<f64> {
        let mut nw = self.edges.times(&(w / &self.null.roots)) / &self.null.roots;
        self.take_out_null(&mut nw);
        nw
    }

    /// w ← Qw.
    pub(super) fn take_out_null(&self, w: &mut Array1<f64>) {
        self.null.project_out(w);
    }

    /// A random vector of length 1 without a part along the null vectors.
    pub(super) fn random(&self, rng: &mut RandomState) -> Array1<f64> {
        self.null.random(rng)
    }
}

pub(super) fn norm(w: &Array1<f64>) -> f64 {
    w.dot(w).sqrt()
}
