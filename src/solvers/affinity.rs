//! N = D^-½AD^-½ beside its null vectors: the one thing that [`super::lanczos`] and [`super::chebyshev`] ask of a graph.
//!
//! # Definition
//! On each component C the vector u = D^½𝟙 has Nu = u, so λ = 0. Of any w its part along u is Σ √dᵢwᵢ / Σ dᵢ over C,
//! times u. With Q = I − Σ uuᵀ/uᵀu, which takes these parts out, QN has the other eigenvectors and their values, and 0
//! in the place of 1.

use crate::data::RandomState;
use crate::edges::{Edges, Pieces};
use crate::graph::Graph;
use ndarray::{Array1, Array2, Zip};

pub(super) struct Affinity<'a> {
    edges: Edges<'a>,
    pieces: &'a Pieces,
    /// √d.
    roots: Array1<f64>,
    /// Σ d over each component.
    volumes: Vec<f64>,
}

impl<'a> Affinity<'a> {
    /// Of a graph without isolated vertices.
    pub(super) fn new(graph: &'a Graph) -> Self {
        let pieces = graph.pieces();
        let mut volumes = vec![0.0; pieces.count];
        for (&piece, degree) in pieces.labels.iter().zip(graph.degrees()) {
            volumes[piece] += degree;
        }
        Self {
            edges: graph.edges(),
            pieces,
            roots: graph.degrees().mapv(f64::sqrt),
            volumes,
        }
    }

    /// How many dimensions there are beside the null vectors.
    pub(super) fn dimensions(&self) -> usize {
        self.roots.len() - self.pieces.count
    }

    /// z = D^-½w, for w in rows.
    pub(super) fn unscaled(&self, w: Array2<f64>) -> Array2<f64> {
        w / &self.roots
    }

    /// QNw.
    pub(super) fn times(&self, w: &Array1<f64>) -> Array1<f64> {
        let mut nw = self.edges.times(&(w / &self.roots)) / &self.roots;
        self.take_out_null(&mut nw);
        nw
    }

    /// w ← Qw.
    pub(super) fn take_out_null(&self, w: &mut Array1<f64>) {
        let mut shares = vec![0.0; self.volumes.len()];
        Zip::from(&*w)
            .and(&self.roots)
            .and(&self.pieces.labels)
            .for_each(|w, root, &piece| shares[piece] += root * w / self.volumes[piece]);
        Zip::from(w)
            .and(&self.roots)
            .and(&self.pieces.labels)
            .for_each(|w, root, &piece| *w -= root * shares[piece]);
    }

    /// A random vector of length 1 without a part along the null vectors.
    pub(super) fn random(&self, rng: &mut RandomState) -> Array1<f64> {
        let mut w = Array1::from_shape_simple_fn(self.roots.len(), || rng.standard_normal());
        self.take_out_null(&mut w);
        let length = norm(&w);
        w / length
    }
}

pub(super) fn norm(w: &Array1<f64>) -> f64 {
    w.dot(w).sqrt()
}
