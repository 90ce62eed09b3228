//! Neighbours in many columns: products of matrices choose, exact distances decide.
//!
//! # Definition
//! ‖x − y‖² = ‖x‖² + ‖y‖² − 2xᵀy. With ‖y‖² as one column more, the two terms in y are one product of matrices for
//! a block of points against a tile of others. Centred first, so that the terms are of the size of the spread.
//!
//! # Must hold
//! The sum cancels, and single precision, which is twice as fast, is coarse. With u = 2⁻²⁴ its unit, the product is
//! off by less than (2d + 8)u(‖x‖² + ‖y‖²), whatever the order of its additions. Who is beyond the k best by more than
//! that is not among them; everybody else's distance is taken from differences, as [`crate::similarity::distance`]
//! does.
//!
//! # Known value
//! In 20 columns the neighbours are those of the search through all pairs.

use super::Neighbors;
use super::best::Best;
use super::curve::morton_order;
use super::ruler::Ruler;
use crate::engine::order::{Order, short};
use crate::linalg::distance;
use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView1, s};
use rayon::prelude::*;

/// Points of a block, and of a tile of others: their products take 256 kB, and stay in the cache.
const BLOCK: usize = 128;
const TILE: usize = 512;
/// Products that are looked at together.
const GROUP: usize = 16;

/// Coordinates of about unit size may differ from others by what single precision takes for 0.
const VANISHED: f32 = 1e-30;

/// The points in their order, centred.
struct Centred<'a> {
    x: &'a Array2<f64>,
    ruler: Ruler,
    order: Order,
    /// (−2x, 1).
    left: Array2<f32>,
    /// (x, ‖x‖²).
    right: Array2<f32>,
    /// ‖x‖², here as there smaller than it is by more than the error.
    norms: Vec<f64>,
}

/// [`super::nearest`] by products of matrices.
pub(super) fn nearest(x: &Array2<f64>, k: usize) -> Neighbors {
    let centred = Centred::new(x);
    let n = x.nrows();
    let mut places = vec![0; n * k];
    let mut distances = vec![0.0; n * k];
    let blocks = places.par_chunks_mut(BLOCK * k);
    let blocks = blocks.zip(distances.par_chunks_mut(BLOCK * k));
    blocks.enumerate().for_each(|(block, (places, distances))| {
        let rows = places.chunks_mut(k).zip(distances.chunks_mut(k));
        let best = rows.map(|(places, distances)| Best::new(places, distances));
        centred.search(block * BLOCK, best.collect());
    });
    Neighbors {
        k,
        order: centred.order,
        places,
        distances,
    }
}

impl<'a> Centred<'a> {
    fn new(x: &'a Array2<f64>) -> Self {
        let ruler = Ruler::unit(x);
        let order = Order::new(morton_order(x));
        let (n, columns) = x.dim();
        let mean = |column: ArrayView1<'_, f64>| {
            let shares = column.iter().map(|v| ruler.scaled(*v) / n as f64);
            shares.sum::<f64>()
        };
        let mean: Vec<f64> = x.columns().into_iter().map(mean).collect();
        // More than the error by far.
        let shrunk = 1.0 - (2 * columns + 16) as f64 * f64::from(f32::EPSILON);
        let mut norms = Vec::with_capacity(n);
        let mut left = Array2::ones((n, columns + 1));
        let mut right = Array2::zeros((n, columns + 1));
        let rows = left.rows_mut().into_iter().zip(right.rows_mut());
        for ((mut left, mut right), &i) in rows.zip(order.vertices()) {
            let mut norm = 0.0;
            for (column, (v, mean)) in x.row(i as usize).iter().zip(&mean).enumerate() {
                let v = ruler.scaled(*v) - mean;
                norm += v * v;
                left[column] = single(-2.0 * v);
                right[column] = single(v);
            }
            norms.push(norm * shrunk);
            right[columns] = single(norm * shrunk);
        }
        Self {
            x,
            ruler,
            order,
            left,
            right,
            norms,
        }
    }

    /// Fills the lists of the points from place `start` on.
    fn search(&self, start: usize, mut best: Vec<Best<'_>>) {
        let n = self.order.len();
        let own = self.left.slice(s![start..start + best.len(), ..]);
        let mut products = Array2::zeros((best.len(), TILE));
        let tiles = n.div_ceil(TILE);
        // Its own tile first: its points are close, and few of the others will be closer.
        let first = start / TILE;
        for tile in std::iter::once(first).chain((0..tiles).filter(|&tile| tile != first)) {
            let from = tile * TILE;
            let others = self.right.slice(s![from..n.min(from + TILE), ..]);
            let mut products = products.slice_mut(s![.., ..others.nrows()]);
            general_mat_mul(1.0, &own, &others.t(), 0.0, &mut products);
            for ((place, best), products) in (start..).zip(&mut best).zip(products.rows()) {
                let products = products.as_slice().unwrap_or_default();
                let (groups, rest) = products.as_chunks::<GROUP>();
                let mut limit = self.limit(place, best);
                for (group, products) in groups.iter().enumerate() {
                    // All at once, without a branch: most groups have none.
                    let mut any = 0;
                    for product in products {
                        any |= u32::from(*product <= limit);
                    }
                    if any != 0 {
                        self.offer(place, from + group * GROUP, products, best);
                        limit = self.limit(place, best);
                    }
                }
                self.offer(place, from + groups.len() * GROUP, rest, best);
            }
        }
    }

    /// No product above it belongs to one of the best.
    fn limit(&self, place: usize, best: &Best<'_>) -> f32 {
        single(best.limit - self.norms[place]).next_up() + VANISHED
    }

    #[inline(never)]
    fn offer(&self, place: usize, from: usize, products: &[f32], best: &mut Best<'_>) {
        for (at, product) in (from..).zip(products) {
            if *product <= self.limit(place, best) && at != place {
                let row = |place: usize| self.x.row(self.order.vertex(place));
                let distance = distance(row(place), row(at));
                best.offer(distance, short(at), self.order.vertices(), &self.ruler);
            }
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "rounding to single precision is what is wanted"
)]
fn single(v: f64) -> f32 {
    v as f32
}
