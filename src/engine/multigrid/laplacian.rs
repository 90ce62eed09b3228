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

use super::block;
use super::parallel::{of_chunks, of_width, on_rows};
use crate::engine::order::{Order, short};
use crate::engine::sparse::{Chunk, Edges, Sparse, Weight, Weights, starts_of_chunks};
use std::ops::Range;
use std::sync::Arc;

/// Masses whose quotient is larger are of very different sizes.
const STEEP: f64 = 1e12;

/// A Laplacian with the masses of its eigenproblem.
#[derive(Debug, Clone)]
pub(crate) struct Laplacian {
    /// −Lᵢⱼ, the weights.
    pub(crate) rows: Arc<Sparse>,
    /// Lᵢᵢ.
    pub(super) diagonal: Vec<f64>,
    /// The mass of each vertex.
    pub(crate) masses: Vec<f64>,
    /// The connected component of each vertex.
    pub(crate) component: Vec<u32>,
    /// The mass of each component.
    pub(super) component_masses: Vec<f64>,
}

/// What is made of a product with L, as [`Laplacian`]'s methods of these names say.
#[derive(Clone, Copy)]
enum Step {
    Product,
    Residual,
    Relaxed(f64),
    Averaged(f64),
    Chebyshev([f64; 3]),
}

impl Laplacian {
    /// The Laplacian of a graph, its vertices in the given order: row p is that of the vertex at place p. Loops take no
    /// part in it.
    pub(crate) fn new(
        edges: Edges<'_>,
        masses: &[f64],
        component: &[usize],
        order: &Order,
    ) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "they were widened from 32 bits"
        )]
        let single = |weight: f64| weight as f32;
        let (rows, diagonal) = match edges {
            // No point is its own neighbour: these have no loops.
            Edges::AlongCurve(curve) if *curve.order == *order => {
                let sums = curve.rows.row_sums(|_, _, weight| weight);
                (curve.rows.clone(), sums)
            }
            Edges::Sparse(Sparse {
                weights: Weights::One,
                ..
            }) => in_order(edges, order, |_| ()),
            Edges::Sparse(Sparse {
                weights: Weights::Single(_),
                ..
            }) => in_order(edges, order, single),
            _ => in_order(edges, order, |weight| weight),
        };
        let masses = order.by_place(masses);
        let component: Vec<u32> = component.iter().map(|&piece| short(piece)).collect();
        let component = order.by_place(&component);
        Self::from_parts(rows, diagonal, masses, component)
    }

    pub(super) fn from_parts(
        rows: Arc<Sparse>,
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
            rows,
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

    /// Whether the square roots of the masses are of more different sizes than a random vector shows.
    pub(crate) fn is_steep(&self) -> bool {
        let ends = (f64::INFINITY, 0.0_f64);
        let fold = |(least, most): (f64, f64), &mass: &f64| (least.min(mass), most.max(mass));
        let (least, most) = self.masses.iter().fold(ends, fold);
        most > STEEP * least
    }

    /// The number of connected components.
    pub(super) fn components(&self) -> usize {
        self.component_masses.len()
    }

    /// The number of entries beside the diagonal.
    pub(super) fn entries(&self) -> usize {
        self.rows.columns.len()
    }

    /// The entries of row i beside the diagonal: (j, wᵢⱼ).
    pub(super) fn row(&self, i: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.rows.row(i)
    }

    /// y = Lx, for the b columns of x.
    pub(super) fn times(&self, x: &[f64], y: &mut [f64], b: usize) {
        self.step(Step::Product, x, x, y, b);
    }

    /// y = r − Lx.
    pub(super) fn residual(&self, r: &[f64], x: &[f64], y: &mut [f64], b: usize) {
        self.step(Step::Residual, x, r, y, b);
    }

    /// y = x + ω(r − Lx)/diagonal: a step of Jacobi's method for Lx = r. A vertex without edges stays.
    pub(super) fn relaxed(&self, omega: f64, r: &[f64], x: &[f64], y: &mut [f64], b: usize) {
        self.step(Step::Relaxed(omega), x, r, y, b);
    }

    /// y = x − ωLx/diagonal: the same for Lx = 0.
    pub(super) fn averaged(&self, omega: f64, x: &[f64], y: &mut [f64], b: usize) {
        self.step(Step::Averaged(omega), x, x, y, b);
    }

    /// y = α(M⁻¹Lx − βx) − γr: a step of Chebyshev's recurrence.
    pub(super) fn chebyshev(
        &self,
        coefficients: [f64; 3],
        x: &[f64],
        r: &[f64],
        y: &mut [f64],
        b: usize,
    ) {
        self.step(Step::Chebyshev(coefficients), x, r, y, b);
    }

    /// α, β, γ of row i: it becomes αxᵢ + β(Wx)ᵢ + γrᵢ.
    #[inline]
    fn coefficients(&self, step: Step, i: usize) -> [f64; 3] {
        let diagonal = self.diagonal[i];
        match step {
            Step::Product => [diagonal, -1.0, 0.0],
            Step::Residual => [-diagonal, 1.0, 1.0],
            Step::Relaxed(omega) if diagonal > 0.0 => {
                [1.0 - omega, omega / diagonal, omega / diagonal]
            }
            Step::Averaged(omega) if diagonal > 0.0 => [1.0 - omega, omega / diagonal, 0.0],
            Step::Relaxed(_) | Step::Averaged(_) => [1.0, 0.0, 0.0],
            Step::Chebyshev([alpha, beta, gamma]) => {
                let by_mass = alpha / self.masses[i];
                [by_mass * diagonal - alpha * beta, -by_mass, -gamma]
            }
        }
    }

    /// Any of them, in one pass.
    fn step(&self, step: Step, x: &[f64], r: &[f64], y: &mut [f64], b: usize) {
        match &self.rows.weights {
            Weights::One => {
                // Endless, so that nothing but the columns is counted.
                let ones = |_: Range<usize>| std::iter::repeat(1.0);
                self.step_of(ones, step, x, r, y, b);
            }
            Weights::Single(list) => {
                let weights = |row: Range<usize>| list[row].iter().map(|&weight| f64::from(weight));
                self.step_of(weights, step, x, r, y, b);
            }
            Weights::Double(list) => {
                let weights = |row: Range<usize>| list[row].iter().copied();
                self.step_of(weights, step, x, r, y, b);
            }
        }
    }

    /// Eight columns at a time, at the most: so many sums stay in registers while a row is read.
    fn step_of<I: Iterator<Item = f64>>(
        &self,
        weights: impl Fn(Range<usize>) -> I + Sync + Send,
        step: Step,
        x: &[f64],
        r: &[f64],
        y: &mut [f64],
        b: usize,
    ) {
        let cost = self.entries() * b;
        on_rows(y, b, cost, |rows, y| {
            for from in (0..b).step_by(8) {
                of_width!((b - from).min(8), B => {
                    let coefficients = rows.clone().map(|i| self.coefficients(step, i));
                    let rows = rows.clone().zip(coefficients);
                    if b == B {
                        // The compiler knows how far the rows of a block are apart.
                        let (x, r) = (x.as_chunks::<B>().0, r.as_chunks::<B>().0);
                        for ((i, [own, others, right]), y) in rows.zip(y.as_chunks_mut::<B>().0) {
                            let sums = self.sums(&weights, i, |j| &x[j]);
                            for c in 0..B {
                                y[c] = own * x[i][c] + others * sums[c] + right * r[i][c];
                            }
                        }
                        continue;
                    }
                    let part = |list, i: usize| block::at::<B>(list, i * b + from);
                    for ((i, [own, others, right]), y) in rows.zip(y.chunks_exact_mut(b)) {
                        let sums = self.sums(&weights, i, |j| part(x, j));
                        let (x, r) = (part(x, i), part(r, i));
                        for c in 0..B {
                            y[from + c] = own * x[c] + others * sums[c] + right * r[c];
                        }
                    }
                });
            }
        });
    }

    /// Σⱼ wᵢⱼxⱼ for B columns of x.
    #[inline]
    fn sums<'a, const B: usize, I: Iterator<Item = f64>>(
        &self,
        weights: impl Fn(Range<usize>) -> I,
        i: usize,
        x: impl Fn(usize) -> &'a [f64; B],
    ) -> [f64; B] {
        let mut sums = [0.0; B];
        let row = self.rows.range(i);
        let weights = weights(row.clone());
        for (&j, weight) in self.rows.columns[row].iter().zip(weights) {
            let x = x(j as usize);
            for c in 0..B {
                sums[c] += weight * x[c];
            }
        }
        sums
    }
}

/// The rows of the vertices in `order`, without loops, and the sum of each row.
fn in_order<W: Weight>(
    edges: Edges<'_>,
    order: &Order,
    stored_as: impl Fn(f64) -> W + Sync + Send,
) -> (Arc<Sparse>, Vec<f64>) {
    let n = order.len();
    let rows = of_chunks(n, 8 * n, |range| {
        let (mut rows, mut sums) = (Chunk::default(), Vec::new());
        for place in range {
            let i = order.vertex(place);
            let mut sum = 0.0;
            edges.each_edge(i, |j, weight| {
                if j != i {
                    rows.push(order.places()[j], stored_as(weight));
                    sum += weight;
                }
            });
            sums.push(sum);
            rows.end_row();
        }
        (rows, sums)
    });
    let starts = starts_of_chunks(rows.iter().map(|(chunk, _)| &chunk.ends[..]));
    let mut columns = Vec::with_capacity(starts[n]);
    let mut weights = Vec::with_capacity(starts[n]);
    let mut diagonal = Vec::with_capacity(n);
    for (chunk, sums) in rows {
        columns.extend_from_slice(&chunk.columns);
        weights.extend_from_slice(&chunk.values);
        diagonal.extend_from_slice(&sums);
    }
    let rows = Sparse::new(starts, columns, W::stored(weights));
    (Arc::new(rows), diagonal)
}
