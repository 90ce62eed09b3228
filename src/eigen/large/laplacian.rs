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

use super::parallel::{of_chunks, of_width, on_rows};
use crate::edges::{Edges, Sparse, Weight, Weights};

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
        #[expect(
            clippy::cast_possible_truncation,
            reason = "they were widened from 32 bits"
        )]
        let short = |weight: f64| weight as f32;
        let (starts, columns, weights, diagonal) = match edges {
            Edges::Sparse(Sparse {
                weights: Weights::One,
                ..
            }) => in_order(edges, order, &place, |_| ()),
            Edges::Sparse(Sparse {
                weights: Weights::Single(_),
                ..
            }) => in_order(edges, order, &place, short),
            _ => in_order(edges, order, &place, |weight| weight),
        };
        let pick = |list: &[f64]| -> Vec<f64> { order.iter().map(|&i| list[i as usize]).collect() };
        let component: Vec<u32> = order
            .iter()
            .map(|&i| u32::try_from(component[i as usize]).expect("at most 2^32 vertices"))
            .collect();
        Self::from_parts(starts, columns, weights, diagonal, pick(masses), component)
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
        self.combined(x, x, y, b, |i| [self.diagonal[i], -1.0, 0.0]);
    }

    /// y = r − Lx.
    pub(super) fn residual(&self, r: &[f64], x: &[f64], y: &mut [f64], b: usize) {
        self.combined(x, r, y, b, |i| [-self.diagonal[i], 1.0, 1.0]);
    }

    /// y = x + ω(r − Lx)/diagonal: a step of Jacobi's method for Lx = r. A vertex without edges stays.
    pub(super) fn relaxed(&self, omega: f64, r: &[f64], x: &[f64], y: &mut [f64], b: usize) {
        self.combined(x, r, y, b, |i| {
            if self.diagonal[i] > 0.0 {
                [
                    1.0 - omega,
                    omega / self.diagonal[i],
                    omega / self.diagonal[i],
                ]
            } else {
                [1.0, 0.0, 0.0]
            }
        });
    }

    /// yᵢ = αxᵢ + β(Wx)ᵢ + γrᵢ with the coefficients α, β, γ of each row: all three products above, in one pass.
    fn combined(
        &self,
        x: &[f64],
        r: &[f64],
        y: &mut [f64],
        b: usize,
        coefficients: impl Fn(usize) -> [f64; 3] + Sync + Send,
    ) {
        match &self.weights {
            Weights::One => self.combined_of(|_| 1.0, x, r, y, b, coefficients),
            Weights::Single(list) => {
                self.combined_of(|e| f64::from(list[e]), x, r, y, b, coefficients);
            }
            Weights::Double(list) => self.combined_of(|e| list[e], x, r, y, b, coefficients),
        }
    }

    /// Eight columns at a time, at the most: so many sums stay in registers while a row is read.
    fn combined_of(
        &self,
        weight: impl Fn(usize) -> f64 + Sync + Send,
        x: &[f64],
        r: &[f64],
        y: &mut [f64],
        b: usize,
        coefficients: impl Fn(usize) -> [f64; 3] + Sync + Send,
    ) {
        let cost = self.entries() * b;
        on_rows(y, b, cost, |rows, y| {
            for from in (0..b).step_by(8) {
                of_width!((b - from).min(8), B => {
                    for (i, y) in rows.clone().zip(y.chunks_exact_mut(b)) {
                        let sums = self.sums::<B>(&weight, x, i, b, from);
                        let [own, others, right] = coefficients(i);
                        let at = i * b + from;
                        let (x, r) = (&x[at..][..B], &r[at..][..B]);
                        let y = &mut y[from..][..B];
                        for c in 0..B {
                            y[c] = own * x[c] + others * sums[c] + right * r[c];
                        }
                    }
                });
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

/// The rows of the vertices in `order`, without loops: starts, columns and weights, and the sum of each row.
fn in_order<W: Weight>(
    edges: Edges<'_>,
    order: &[u32],
    place: &[u32],
    stored_as: impl Fn(f64) -> W + Sync + Send,
) -> (Vec<usize>, Vec<u32>, Weights, Vec<f64>) {
    let n = order.len();
    let rows = of_chunks(n, 8 * n, |range| {
        let (mut ends, mut sums) = (Vec::new(), Vec::new());
        let (mut columns, mut weights) = (Vec::new(), Vec::new());
        for &i in &order[range] {
            let i = i as usize;
            let mut sum = 0.0;
            edges.each_edge(i, |j, weight| {
                if j != i {
                    columns.push(place[j]);
                    weights.push(stored_as(weight));
                    sum += weight;
                }
            });
            sums.push(sum);
            ends.push(columns.len());
        }
        (ends, columns, weights, sums)
    });
    let entries = rows.iter().map(|chunk| chunk.1.len()).sum();
    let (mut starts, mut diagonal) = (vec![0], Vec::with_capacity(n));
    let mut columns = Vec::with_capacity(entries);
    let mut weights = Vec::with_capacity(entries);
    for (ends, some_columns, some_weights, sums) in rows {
        let before = columns.len();
        starts.extend(ends.iter().map(|end| before + end));
        columns.extend_from_slice(&some_columns);
        weights.extend_from_slice(&some_weights);
        diagonal.extend_from_slice(&sums);
    }
    (starts, columns, W::stored(weights), diagonal)
}
