//! Neighbours in many columns: products of matrices choose, exact distances decide.
//!
//! # Definition
//! ‖x − y‖² = ‖x‖² + ‖y‖² − 2xᵀy: for a block of points against another, one product of matrices. Centred first,
//! so that the terms are of the size of the data's spread.
//!
//! # Must hold
//! That sum cancels. Its error is below c(‖x‖² + ‖y‖²) with c a few d units of rounding, whatever the order of the
//! additions; who is beyond the k best by more than that is not among them, and everybody else's distance is taken
//! from differences, as [`crate::similarity::distance`] does.
//!
//! # Known value
//! In 20 columns the neighbours are those of the search through all pairs.

use super::curve::morton_order;
use super::ruler::Ruler;
use super::search::Best;
use super::{Neighbors, inverse};
use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, Axis, s};
use rayon::prelude::*;

/// Points of a block, and of a tile of others: their product takes 256 kB, and stays in the cache.
const BLOCK: usize = 64;
const TILE: usize = 512;

/// The points in their order, centred, and their squared norms, a little too small.
struct Centred<'a> {
    ruler: Ruler<'a>,
    order: Vec<u32>,
    points: Array2<f64>,
    norms: Array1<f64>,
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
        place: inverse(&centred.order),
        order: centred.order,
        places,
        distances,
    }
}

impl<'a> Centred<'a> {
    fn new(x: &'a Array2<f64>) -> Self {
        let ruler = Ruler::new(x);
        let order = morton_order(x);
        let (n, columns) = x.dim();
        let coordinates = ruler.coordinates();
        let mut points = Array2::zeros((n, columns));
        for (mut row, &i) in points.rows_mut().into_iter().zip(&order) {
            let from = &coordinates[i as usize * columns..];
            row.iter_mut().zip(from).for_each(|(to, v)| *to = *v);
        }
        let mean = points.mean_axis(Axis(0)).expect("at least two points");
        points -= &mean;
        let shrunk = 1.0 - (8 * columns + 64) as f64 * f64::EPSILON;
        let norms = points.map_axis(Axis(1), |row| row.dot(&row) * shrunk);
        Self {
            ruler,
            order,
            points,
            norms,
        }
    }

    /// Fills the lists of the points from place `start` on.
    fn search(&self, start: usize, mut best: Vec<Best<'_>>) {
        let n = self.order.len();
        let own = self.points.slice(s![start..start + best.len(), ..]);
        let mut products = Array2::zeros((best.len(), TILE));
        let tiles = n.div_ceil(TILE);
        // Its own tile first: its points are close, and few of the others will be closer.
        let first = start / TILE;
        for tile in std::iter::once(first).chain((0..tiles).filter(|&tile| tile != first)) {
            let end = n.min((tile + 1) * TILE);
            let others = self.points.slice(s![tile * TILE..end, ..]);
            let mut products = products.slice_mut(s![.., ..others.nrows()]);
            general_mat_mul(-2.0, &own, &others.t(), 0.0, &mut products);
            let norms = self.norms.slice(s![tile * TILE..end]);
            for ((place, best), products) in (start..).zip(&mut best).zip(products.rows()) {
                let norm = self.norms[place];
                let pairs = (tile * TILE..).zip(products.iter().zip(&norms));
                for (at, (product, other)) in pairs {
                    if norm + other + product <= best.limit && at != place {
                        self.offer(place, at, best);
                    }
                }
            }
        }
    }

    #[inline(never)]
    fn offer(&self, place: usize, at: usize, best: &mut Best<'_>) {
        let distance = self.ruler.measured(self.order[place], self.order[at]);
        let at = super::search::place(at);
        best.offer(distance, at, &self.order, &self.ruler);
    }
}
