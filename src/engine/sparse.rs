//! The edges of a graph, dense or sparse behind the same words: what every step asks of them is written
//! here once.

mod along_curve;
mod pieces;
mod rows;
mod structure;
mod weights;

pub(crate) use along_curve::AlongCurve;
pub(crate) use pieces::Pieces;
pub(crate) use rows::{Chunk, starts, starts_by_counting, starts_of_chunks};
pub(crate) use structure::structure;
pub(crate) use weights::{Weight, Weights};

use crate::engine::order::short;
use ndarray::{Array1, Array2};
use rayon::prelude::*;
use std::ops::Range;

/// Edges in compressed rows: the neighbours of vertex i are `columns[starts[i]..starts[i + 1]]`, ascending.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sparse {
    pub(crate) starts: Vec<usize>,
    pub(crate) columns: Vec<u32>,
    pub(crate) weights: Weights,
}

impl Sparse {
    /// Compresses rows of (neighbour, weight); each row is sorted here, and must name a neighbour once.
    pub(crate) fn from_rows(rows: Vec<Vec<(usize, f64)>>) -> Self {
        let mut all = Chunk::default();
        for mut row in rows {
            row.sort_unstable_by_key(|&(neighbor, _)| neighbor);
            for (neighbor, weight) in row {
                all.push(short(neighbor), weight);
            }
            all.end_row();
        }
        all.into_sparse()
    }

    /// Rows that are compressed already, by [`Weight::stored`].
    pub(crate) fn new(starts: Vec<usize>, columns: Vec<u32>, weights: Weights) -> Self {
        Self {
            starts,
            columns,
            weights,
        }
    }

    /// Where row i stands in `columns`.
    pub(crate) fn range(&self, i: usize) -> Range<usize> {
        self.starts[i]..self.starts[i + 1]
    }

    pub(crate) fn row(&self, i: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let weight = |entry: usize| match &self.weights {
            Weights::One => 1.0,
            Weights::Single(weights) => f64::from(weights[entry]),
            Weights::Double(weights) => weights[entry],
        };
        let entries = self.range(i);
        entries.map(move |entry| (self.columns[entry] as usize, weight(entry)))
    }

    /// Calls `each` with the entries of row i: the form of the weights is asked for once.
    #[inline]
    pub(crate) fn each(&self, i: usize, mut each: impl FnMut(usize, f64)) {
        let range = self.range(i);
        let columns = self.columns[range.clone()].iter().map(|&j| j as usize);
        match &self.weights {
            Weights::One => columns.for_each(|j| each(j, 1.0)),
            Weights::Single(weights) => columns
                .zip(&weights[range])
                .for_each(|(j, &weight)| each(j, f64::from(weight))),
            Weights::Double(weights) => columns
                .zip(&weights[range])
                .for_each(|(j, &weight)| each(j, weight)),
        }
    }

    /// Σⱼ `term`(i, j, aᵢⱼ) for each row i.
    pub(crate) fn row_sums(&self, term: impl Fn(usize, usize, f64) -> f64 + Sync) -> Vec<f64> {
        let n = self.starts.len() - 1;
        let sum = |i: usize| {
            // Not `sum`, whose value for a vertex without edges is −0.
            let mut sum = 0.0;
            self.each(i, |j, weight| sum += term(i, j, weight));
            sum
        };
        (0..n).into_par_iter().with_min_len(ROWS).map(sum).collect()
    }
}

/// Rows that one thread takes at a time, at least.
const ROWS: usize = 8192;

/// The entries of each `chunk` of rows, to be written at the same time.
pub(crate) fn parts<'a, T>(
    starts: &[usize],
    chunk: usize,
    mut rest: &'a mut [T],
) -> Vec<&'a mut [T]> {
    let rows = starts.len() - 1;
    let part = |first: usize| {
        let entries = starts[rows.min(first + chunk)] - starts[first];
        let (part, others) = std::mem::take(&mut rest).split_at_mut(entries);
        rest = others;
        part
    };
    (0..rows).step_by(chunk).map(part).collect()
}

/// A view of the edges of a graph that was checked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Edges<'a> {
    /// A similarity matrix.
    Dense(&'a Array2<f64>),
    /// Compressed rows.
    Sparse(&'a Sparse),
    /// The same in another order.
    AlongCurve(&'a AlongCurve),
}

impl<'a> Edges<'a> {
    /// The number of vertices.
    pub(crate) fn vertices(self) -> usize {
        match self {
            Self::Dense(a) => a.nrows(),
            Self::Sparse(rows) => rows.starts.len() - 1,
            Self::AlongCurve(curve) => curve.order.len(),
        }
    }

    /// The number of entries that are kept.
    pub(crate) fn kept(self) -> usize {
        match self {
            Self::Dense(a) => a.len(),
            Self::Sparse(rows) => rows.columns.len(),
            Self::AlongCurve(curve) => curve.rows.columns.len(),
        }
    }

    /// The neighbours of vertex i with the weights of the edges to them, ascending. A loop names i itself.
    pub(crate) fn of(self, i: usize) -> impl Iterator<Item = (usize, f64)> + 'a {
        let (dense, sparse) = match self {
            Self::Dense(a) => (Some(a.row(i)), None),
            Self::Sparse(rows) => (None, Some(rows.row(i))),
            Self::AlongCurve(curve) => (None, Some(curve.by_vertex().row(i))),
        };
        let of_matrix = dense.into_iter().flatten().copied().enumerate();
        of_matrix
            .filter(|&(_, weight)| weight != 0.0)
            .chain(sparse.into_iter().flatten())
    }

    /// All entries (i, j, weight) of the similarity matrix that are not 0: each edge in both directions.
    pub(crate) fn entries(self) -> impl Iterator<Item = (usize, usize, f64)> + 'a {
        (0..self.vertices()).flat_map(move |i| self.of(i).map(move |(j, weight)| (i, j, weight)))
    }

    /// d: the row sums.
    pub(crate) fn degrees(self) -> Array1<f64> {
        match self {
            Self::Dense(a) => a.sum_axis(ndarray::Axis(1)),
            Self::Sparse(rows) => rows.row_sums(|_, _, weight| weight).into(),
            Self::AlongCurve(curve) => {
                let sums = curve.rows.row_sums(|_, _, weight| weight);
                curve.order.by_vertex(&sums).into()
            }
        }
    }

    /// Az.
    pub(crate) fn times(self, z: &Array1<f64>) -> Array1<f64> {
        match self {
            Self::Dense(a) => a.dot(z),
            Self::Sparse(rows) => rows.row_sums(|_, j, weight| weight * z[j]).into(),
            Self::AlongCurve(curve) => {
                let z = curve.order.by_place(&z.to_vec());
                let sums = curve.rows.row_sums(|_, j, weight| weight * z[j]);
                curve.order.by_vertex(&sums).into()
            }
        }
    }

    /// zᵀ(D − A)z = Σ wᵢⱼ(zᵢ − zⱼ)² over the edges: with all its digits, also where it is tiny beside zᵀDz.
    pub(crate) fn energy(self, z: &Array1<f64>) -> f64 {
        let term = |i: usize, j: usize, weight: f64| weight * (z[i] - z[j]).powi(2);
        match self {
            Self::Dense(_) => self.entries().map(|(i, j, w)| term(i, j, w)).sum::<f64>() / 2.0,
            // By parts: a sum of millions of terms would lose digits to its own length.
            Self::Sparse(rows) => {
                let sums = rows.row_sums(term);
                let parts = sums.chunks(1024).map(|part| part.iter().sum::<f64>());
                parts.sum::<f64>() / 2.0
            }
            Self::AlongCurve(curve) => {
                let z = curve.order.by_place(&z.to_vec());
                Edges::Sparse(&curve.rows).energy(&z.into())
            }
        }
    }

    /// Calls `each` with the neighbours of vertex i, ascending, and the weights of the edges to them: the quick form of
    /// [`Edges::of`].
    pub(crate) fn each_edge(self, i: usize, mut each: impl FnMut(usize, f64)) {
        let rows = match self {
            Self::Dense(_) => return self.of(i).for_each(|(j, weight)| each(j, weight)),
            Self::Sparse(rows) => rows,
            Self::AlongCurve(curve) => curve.by_vertex(),
        };
        rows.each(i, each);
    }

    /// The similarity matrix itself.
    pub(crate) fn matrix(self) -> Array2<f64> {
        match self {
            Self::Dense(a) => a.clone(),
            Self::Sparse(_) | Self::AlongCurve(_) => {
                let n = self.vertices();
                let mut a = Array2::zeros((n, n));
                self.entries().for_each(|(i, j, weight)| a[[i, j]] = weight);
                a
            }
        }
    }

    /// The components, and an order in which neighbours stand near each other.
    pub(crate) fn pieces(self) -> Pieces {
        match self {
            Self::AlongCurve(curve) => curve.pieces(),
            other => Pieces::new(other),
        }
    }

    /// Of k clusters, for labels below k: the weight that leaves each, and its volume.
    pub(crate) fn cuts_and_volumes(
        self,
        labels: &Array1<usize>,
        k: usize,
    ) -> (Array1<f64>, Array1<f64>) {
        if let Self::AlongCurve(curve) = self {
            let labels = curve.order.by_place(&labels.to_vec()).into();
            return Edges::Sparse(&curve.rows).cuts_and_volumes(&labels, k);
        }
        let of_rows = |rows: Range<usize>| {
            let (mut cuts, mut volumes) = (Array1::<f64>::zeros(k), Array1::<f64>::zeros(k));
            for i in rows {
                let label = labels[i];
                self.each_edge(i, |j, weight| {
                    volumes[label] += weight;
                    if label != labels[j] {
                        cuts[label] += weight;
                    }
                });
            }
            (cuts, volumes)
        };
        let n = self.vertices();
        // Chunks by the number of vertices alone, added in their order: the same for any number of threads.
        let parts: Vec<_> = (0..n.div_ceil(ROWS))
            .into_par_iter()
            .map(|chunk| of_rows(chunk * ROWS..n.min((chunk + 1) * ROWS)))
            .collect();
        let zeros = (Array1::zeros(k), Array1::zeros(k));
        parts.into_iter().fold(zeros, |(cuts, volumes), part| {
            (cuts + part.0, volumes + part.1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_take_the_smallest_form_that_holds_them_all() {
        let stored = |weights: &[f64]| f64::stored(weights.to_vec());
        assert_eq!(stored(&[]), Weights::One);
        assert_eq!(stored(&[1.0, 1.0]), Weights::One);
        assert_eq!(stored(&[1.0, 0.5]), Weights::Single(vec![1.0, 0.5]));
        assert_eq!(stored(&[0.1, 0.5]), Weights::Double(vec![0.1, 0.5]));
        // Too large and too small for 32 bits.
        assert_eq!(stored(&[1e300]), Weights::Double(vec![1e300]));
        assert_eq!(stored(&[1e-300]), Weights::Double(vec![1e-300]));
        assert_eq!(f32::stored(vec![1.0, 0.5]), stored(&[1.0, 0.5]));
        assert_eq!(f32::stored(vec![1.0]), <()>::stored(vec![()]));
    }

    #[test]
    fn a_row_reads_its_weights_from_every_form() {
        for weight in [1.0, 0.5, 0.1] {
            let rows = Sparse::from_rows(vec![vec![(1, weight)], vec![(0, weight)]]);
            assert_eq!(rows.row(0).collect::<Vec<_>>(), [(1, weight)]);
            assert_eq!(rows.row(1).collect::<Vec<_>>(), [(0, weight)]);
        }
    }
}
