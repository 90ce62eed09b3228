//! What must hold of the library's answers on a graph.

pub mod answers;
pub mod basics;
pub mod spectra;

use crate::graph_case::GraphCase;
use crate::oracle::Edge;
use crate::random::Random;
use fiedler::Graph;
use fiedler::ndarray::Array1;

/// A graph, and what is known of it without the library.
pub struct Subject<'a> {
    pub case: &'a GraphCase,
    pub graph: &'a Graph,
    pub degrees: &'a [f64],
    pub components: usize,
    pub labels_of_components: &'a [usize],
}

/// Quotients of degrees above it are steep.
const STEEP: f64 = 1e7;

impl Subject<'_> {
    pub fn n(&self) -> usize {
        self.case.n
    }

    pub fn edges(&self) -> &[Edge] {
        &self.case.edges
    }

    /// Whether each vertex has an edge.
    pub fn joined(&self) -> bool {
        self.degrees.iter().all(|d| *d > 0.0)
    }

    /// Whether degrees are of so different size that every solver may have to say that it cannot.
    pub fn steep(&self) -> bool {
        let (least, most) = self
            .degrees
            .iter()
            .fold((f64::INFINITY, 0.0_f64), |(least, most), &d| {
                (least.min(d), most.max(d))
            });
        most > STEEP * least
    }

    /// Labels 0 … k − 1 of all vertices, each taken.
    pub fn labels(&self, rng: &mut Random, k: usize) -> Array1<usize> {
        let mut labels: Vec<usize> = (0..self.n()).map(|i| i % k).collect();
        labels
            .iter_mut()
            .skip(k)
            .for_each(|label| *label = rng.below(k));
        let order = rng.shuffled(self.n());
        order.into_iter().map(|i| labels[i]).collect()
    }
}

/// Its entries.
pub fn list(z: &Array1<f64>) -> Vec<f64> {
    z.iter().copied().collect()
}

/// A short form of a list of numbers.
pub fn shown(z: &[f64]) -> String {
    let few: Vec<String> = z
        .iter()
        .take(12)
        .map(|entry| format!("{entry:.4e}"))
        .collect();
    few.join(" ")
}
