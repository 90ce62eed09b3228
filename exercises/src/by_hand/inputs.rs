//! Inputs at random, and inputs made of a graph, for the functions after the post.

use super::places::Random;
use super::transform::degrees;
use fiedler::ndarray::{Array1, Array2, Axis, concatenate};
use fiedler::{Graph, eigh_symmetric};

impl Random {
    /// So many points of the unit square.
    pub(super) fn cloud(&mut self, n: usize) -> Array2<f64> {
        Array2::from_shape_fn((n, 2), |_| self.unit())
    }

    /// A table of numbers from −1 to 1.
    pub(super) fn table(&mut self, rows: usize, columns: usize) -> Array2<f64> {
        Array2::from_shape_fn((rows, columns), |_| 2.0 * self.unit() - 1.0)
    }

    /// Chances of so many vertices, which add up to 1.
    pub(super) fn chances(&mut self, n: usize) -> Array1<f64> {
        let weights = Array1::from_shape_fn(n, |_| 0.1 + self.unit());
        let sum = weights.sum();
        weights / sum
    }
}

/// The library's graph of a matrix that is one.
pub(super) fn graph_of(a: &Array2<f64>) -> Graph {
    Graph::from_matrix(a.clone()).expect("a graph of this module")
}

/// The scaled affinity D^-½AD^-½.
pub(super) fn affinity(a: &Array2<f64>) -> Array2<f64> {
    fiedler::power::normalized_affinity(&graph_of(a)).expect("a joined graph")
}

/// The first `count` eigenvectors of the symmetric Laplacian, one a column.
pub(super) fn symmetric_vectors(a: &Array2<f64>, count: usize) -> Array2<f64> {
    let pairs = eigh_symmetric(a).expect("a joined graph");
    let roots = degrees(a).mapv(f64::sqrt).insert_axis(Axis(1));
    let columns: Vec<usize> = (0..count).collect();
    pairs.vectors.select(Axis(1), &columns) * roots
}

/// A vector divided by its length.
pub(super) fn unit(v: Array1<f64>) -> Array1<f64> {
    let length = v.dot(&v).sqrt();
    v / length
}

/// `v` without its parts along the columns of `basis`.
pub(super) fn without(v: Array1<f64>, basis: &Array2<f64>) -> Array1<f64> {
    basis
        .columns()
        .into_iter()
        .fold(v, |rest, column| &rest - &(&column * column.dot(&rest)))
}

/// `count` vectors of length 1 and at right angles, one a column: the first leads along `start`, each further one along
/// what multiplying the one before it by `n` adds.
pub(super) fn krylov(n: &Array2<f64>, start: &Array1<f64>, count: usize) -> Array2<f64> {
    let mut basis = unit(start.clone()).insert_axis(Axis(1));
    while basis.ncols() < count {
        let product = n.dot(&basis.column(basis.ncols() - 1));
        let next = unit(without(without(product, &basis), &basis));
        basis = concatenate![Axis(1), basis, next.insert_axis(Axis(1))];
    }
    basis
}
