//! L = D − A in compressed rows, and its product with a block of vectors: the one operation that every method for
//! large graphs is made of.
//!
//! # Definition
//! (Lx)ᵢ = Lᵢᵢxᵢ − Σ_{j ≠ i} wᵢⱼxⱼ. The masses M belong to the eigenproblem Lz = λMz: the degrees for the normalised
//! cut, ones for L itself.
//!
//! # Must hold
//! Symmetric; rows that add up to 0. On the finest level wᵢⱼ > 0; a coarser one may have a few negative ones.
//!
//! # Known value
//! For the path 0–1–2 and x = (1, 0, 0), Lx = (1, −1, 0).

use super::parallel::{of_chunks, on_rows};
use crate::edges::{Edges, Weight, Weights};

/// A Laplacian with the masses of its eigenproblem.
#[derive(Debug, Clone)]
pub(crate) struct Laplacian {
    pub(super) starts: Vec<usize>,
    pub(super) columns: Vec<u32>,
    pub(super) weights: Weights,
    /// Lᵢᵢ.
    pub(super) diagonal: Vec<f64>,
    /// The mass of each vertex.
    pub(super) masses: Vec<f64>,
    /// The connected component of each vertex.
    pub(super) component: Vec<u32>,
    /// The mass of each component.
    pub(super) component_masses: Vec<f64>,
}

impl Laplacian {
    /// The Laplacian of a graph, its vertices in the given order: row p is that of vertex `order[p]`. Loops take no
    /// part in it.
    pub(crate) fn new(
        edges: Edges<'_>,
        masses: &[f64],
        component: &[usize],
        order: &[u32],
    ) -> Self {
        let n = order.len();
        let mut place = vec![0_u32; n];
        for (p, &i) in order.iter().enumerate() {
            place[i as usize] = u32::try_from(p).expect("at most 2^32 vertices");
        }
        let rows = of_chunks(n, usize::MAX, |range| {
            let mut ends = Vec::with_capacity(range.len());
            let (mut columns, mut weights) = (Vec::new(), Vec::new());
            let mut row: Vec<(u32, f64)> = Vec::new();
            for p in range {
                let i = order[p] as usize;
                edges.each_edge(i, |j, weight| {
                    if j != i {
                        row.push((place[j], weight));
                    }
                });
                row.sort_unstable_by_key(|&(column, _)| column);
                columns.extend(row.iter().map(|entry| entry.0));
                weights.extend(row.drain(..).map(|entry| entry.1));
                ends.push(columns.len());
            }
            (ends, columns, weights)
        });
        let (mut starts, mut columns, mut weights) = (vec![0], Vec::new(), Vec::new());
        for (ends, some_columns, some_weights) in rows {
            let before = columns.len();
            starts.extend(ends.iter().map(|end| before + end));
            columns.extend(some_columns);
            weights.extend(some_weights);
        }
        let diagonal = diagonal(&starts, &weights);
        let pick = |list: &[f64]| -> Vec<f64> { order.iter().map(|&i| list[i as usize]).collect() };
        let component: Vec<u32> = order
            .iter()
            .map(|&i| u32::try_from(component[i as usize]).expect("at most 2^32 vertices"))
            .collect();
        Self::from_parts(
            starts,
            columns,
            f64::stored(weights),
            diagonal,
            pick(masses),
            component,
        )
    }

    pub(super) fn from_parts(
        starts: Vec<usize>,
        columns: Vec<u32>,
        weights: Weights,
        diagonal: Vec<f64>,
        masses: Vec<f64>,
        component: Vec<u32>,
    ) -> Self {
        let count = component.iter().max().map_or(0, |&last| last as usize + 1);
        let mut component_masses = vec![0.0; count];
        for (&c, mass) in component.iter().zip(&masses) {
            component_masses[c as usize] += mass;
        }
        Self {
            starts,
            columns,
            weights,
            diagonal,
            masses,
            component,
            component_masses,
        }
    }

    /// n.
    pub(crate) fn size(&self) -> usize {
        self.diagonal.len()
    }

    /// The number of connected components.
    pub(super) fn components(&self) -> usize {
        self.component_masses.len()
    }

    /// The number of entries beside the diagonal.
    pub(super) fn entries(&self) -> usize {
        self.columns.len()
    }

    /// The entries of row i beside the diagonal: (j, wᵢⱼ).
    pub(super) fn row(&self, i: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.starts[i]..self.starts[i + 1];
        range.map(move |entry| {
            let weight = match &self.weights {
                Weights::One => 1.0,
                Weights::Single(list) => f64::from(list[entry]),
                Weights::Double(list) => list[entry],
            };
            (self.columns[entry] as usize, weight)
        })
    }

    /// y = Lx, for the b columns of x.
    pub(super) fn times(&self, x: &[f64], y: &mut [f64], b: usize) {
        self.each_row(x, y, b, |i, _, x, wx, y| {
            let diagonal = self.diagonal[i];
            for c in 0..x.len() {
                y[c] = diagonal * x[c] - wx[c];
            }
        });
    }

    /// y = r − Lx.
    pub(super) fn residual(&self, r: &[f64], x: &[f64], y: &mut [f64], b: usize) {
        self.each_row(x, y, b, |i, from, x, wx, y| {
            let diagonal = self.diagonal[i];
            let r = &r[i * b + from..][..x.len()];
            for c in 0..x.len() {
                y[c] = r[c] - diagonal * x[c] + wx[c];
            }
        });
    }

    /// y = x + ω(r − Lx)/diagonal: a step of Jacobi's method for Lx = r. A vertex without edges stays.
    pub(super) fn relaxed(&self, omega: f64, r: &[f64], x: &[f64], y: &mut [f64], b: usize) {
        self.each_row(x, y, b, |i, from, x, wx, y| {
            let diagonal = self.diagonal[i];
            let step = if diagonal > 0.0 {
                omega / diagonal
            } else {
                0.0
            };
            let r = &r[i * b + from..][..x.len()];
            for c in 0..x.len() {
                y[c] = x[c] + step * (r[c] - diagonal * x[c] + wx[c]);
            }
        });
    }

    /// Calls `finish(i, c, xᵢ, (Wx)ᵢ, yᵢ)` for each row i and its columns from c on, eight at the most: so many sums
    /// stay in registers while the row is read.
    fn each_row(
        &self,
        x: &[f64],
        y: &mut [f64],
        b: usize,
        finish: impl Fn(usize, usize, &[f64], &[f64], &mut [f64]) + Sync + Send,
    ) {
        match &self.weights {
            Weights::One => self.each_row_of(|_| 1.0, x, y, b, finish),
            Weights::Single(list) => self.each_row_of(|e| f64::from(list[e]), x, y, b, finish),
            Weights::Double(list) => self.each_row_of(|e| list[e], x, y, b, finish),
        }
    }

    fn each_row_of(
        &self,
        weight: impl Fn(usize) -> f64 + Sync + Send,
        x: &[f64],
        y: &mut [f64],
        b: usize,
        finish: impl Fn(usize, usize, &[f64], &[f64], &mut [f64]) + Sync + Send,
    ) {
        let cost = self.entries() * b;
        on_rows(y, b, cost, |rows, y| {
            for (i, y) in rows.zip(y.chunks_exact_mut(b)) {
                let mut from = 0;
                while from < b {
                    let width = (b - from).min(8);
                    let (at, y) = (i * b + from, &mut y[from..from + width]);
                    let own = &x[at..at + width];
                    match width {
                        1 => finish(i, from, own, &self.sums::<1>(&weight, x, i, b, from), y),
                        2 => finish(i, from, own, &self.sums::<2>(&weight, x, i, b, from), y),
                        3 => finish(i, from, own, &self.sums::<3>(&weight, x, i, b, from), y),
                        4 => finish(i, from, own, &self.sums::<4>(&weight, x, i, b, from), y),
                        5 => finish(i, from, own, &self.sums::<5>(&weight, x, i, b, from), y),
                        6 => finish(i, from, own, &self.sums::<6>(&weight, x, i, b, from), y),
                        7 => finish(i, from, own, &self.sums::<7>(&weight, x, i, b, from), y),
                        _ => finish(i, from, own, &self.sums::<8>(&weight, x, i, b, from), y),
                    }
                    from += width;
                }
            }
        });
    }

    /// Σⱼ wᵢⱼxⱼ for B columns of x, from column `from`.
    #[inline]
    fn sums<const B: usize>(
        &self,
        weight: &impl Fn(usize) -> f64,
        x: &[f64],
        i: usize,
        b: usize,
        from: usize,
    ) -> [f64; B] {
        let mut sums = [0.0; B];
        let (start, end) = (self.starts[i], self.starts[i + 1]);
        for (entry, &j) in (start..end).zip(&self.columns[start..end]) {
            let at = j as usize * b + from;
            let (w, x) = (weight(entry), &x[at..at + B]);
            for c in 0..B {
                sums[c] += w * x[c];
            }
        }
        sums
    }
}

/// Row sums: Lᵢᵢ of the finest level.
fn diagonal(starts: &[usize], weights: &[f64]) -> Vec<f64> {
    starts
        .windows(2)
        .map(|row| {
            weights[row[0]..row[1]]
                .iter()
                .fold(0.0, |sum, weight| sum + weight)
        })
        .collect()
}
