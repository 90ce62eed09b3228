//! Neighbours in many columns: products of matrices choose, exact distances decide.
//!
//! # Definition
//! ‖x − y‖² = ‖x‖² + ‖y‖² − 2xᵀy, and the −2xᵀy of two tiles of points are one product of two matrices. It serves both
//! tiles: x looks for y in its rows, y for x in its columns. So half of all products are made. Points are centred first, so
//! that the three terms are of the size of the spread.
//!
//! # Must hold
//! The sum cancels, and single precision, which is twice as fast, is coarse. With u = 2⁻²⁴ its unit, the product is
//! off by less than (2d + 8)u(‖x‖² + ‖y‖²), whatever the order of its additions. So each sum is a lower bound once that is
//! taken away, and an upper bound once it is added. Who has k others with an upper bound below its lower one is not among
//! the k best; everybody else's distance is taken from differences, as [`crate::similarity::distance`] does. The k best
//! are the same in whatever order tiles meet.
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
use ndarray::{Array2, ArrayView1, ArrayView2, s};
use rayon::prelude::*;
use std::sync::{Mutex, PoisonError};

/// Points of a tile: the products of two tiles take 256 kB, and stay in the cache.
const TILE: usize = 256;
/// Products that are looked at together.
const GROUP: usize = 16;

/// Coordinates of about unit size may differ from others by what single precision takes for 0.
const VANISHED: f32 = 1e-30;

/// The points in their order, centred.
struct Centred<'a> {
    x: &'a Array2<f64>,
    ruler: Ruler,
    order: Order,
    /// −2x.
    left: Array2<f32>,
    /// x.
    right: Array2<f32>,
    /// ‖x‖².
    norms: Vec<f64>,
    /// ‖x‖², smaller than it is by more than the error.
    lower: Vec<f32>,
    /// More than what the sum of the three terms is off by, relative to the norms.
    error: f64,
}

/// What is known of the neighbours of one point.
struct Candidates<'a> {
    best: Best<'a>,
    /// The k smallest upper bounds so far, ascending.
    upper: Vec<f64>,
    /// Nobody with a larger lower bound is among the best.
    limit: f64,
    /// Lower bounds and places of those whose distances are not measured yet.
    waiting: Vec<(f64, u32)>,
}

/// [`super::nearest`] by products of matrices.
pub(super) fn nearest(x: &Array2<f64>, k: usize) -> Neighbors {
    let centred = Centred::new(x);
    let n = x.nrows();
    let mut places = vec![0; n * k];
    let mut distances = vec![0.0; n * k];
    let tiles = places.chunks_mut(TILE * k);
    let tiles = tiles.zip(distances.chunks_mut(TILE * k));
    let tiles: Vec<Tile<'_>> = tiles
        .map(|(places, distances)| {
            let rows = places.chunks_mut(k).zip(distances.chunks_mut(k));
            let rows = rows.map(|(places, distances)| Candidates::new(places, distances, k));
            Mutex::new(rows.collect())
        })
        .collect();
    let pairs = pairs(tiles.len());
    pairs
        .into_par_iter()
        .with_max_len(1)
        .for_each_init(Vec::new, |products, (one, other)| {
            centred.meet(&tiles, one, other, products);
        });
    tiles.into_par_iter().enumerate().for_each(|(tile, rows)| {
        let rows = rows.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (place, mut row) in (tile * TILE..).zip(rows) {
            centred.measure(place, &mut row);
        }
    });
    Neighbors {
        k,
        order: centred.order,
        places,
        distances,
    }
}

/// The points of a tile, for one thread at a time.
type Tile<'a> = Mutex<Vec<Candidates<'a>>>;

/// All pairs of so many tiles, each with itself first, then with the next: along the curve those are close, and few of the
/// others will be closer.
fn pairs(tiles: usize) -> Vec<(usize, usize)> {
    let apart = 0..tiles;
    let pairs = apart.flat_map(|apart| (apart..tiles).map(move |other| (other - apart, other)));
    pairs.collect()
}

impl<'a> Candidates<'a> {
    fn new(places: &'a mut [u32], distances: &'a mut [f64], k: usize) -> Self {
        Self {
            best: Best::new(places, distances),
            upper: Vec::with_capacity(k),
            limit: f64::INFINITY,
            waiting: Vec::new(),
        }
    }

    /// Remembers a point by its bounds.
    fn add(&mut self, lower: f64, upper: f64, place: usize, ruler: &Ruler) {
        let k = self.best.len();
        self.waiting.push((lower, short(place)));
        let slot = self.upper.partition_point(|&other| other <= upper);
        if slot == k {
            return;
        }
        if self.upper.len() == k {
            self.upper.pop();
        }
        self.upper.insert(slot, upper);
        if self.upper.len() == k {
            self.limit = ruler.limit_of(self.upper[k - 1]);
        }
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
        let error = (2 * columns + 16) as f64 * f64::from(f32::EPSILON);
        let mut norms = Vec::with_capacity(n);
        let mut left = Array2::zeros((n, columns));
        let mut right = Array2::zeros((n, columns));
        let rows = left.rows_mut().into_iter().zip(right.rows_mut());
        for ((mut left, mut right), &i) in rows.zip(order.vertices()) {
            let mut norm = 0.0;
            for (column, (v, mean)) in x.row(i as usize).iter().zip(&mean).enumerate() {
                let v = ruler.scaled(*v) - mean;
                norm += v * v;
                left[column] = single(-2.0 * v);
                right[column] = single(v);
            }
            norms.push(norm);
        }
        Self {
            x,
            ruler,
            order,
            left,
            right,
            lower: norms
                .iter()
                .map(|&norm| single(norm - error * norm))
                .collect(),
            norms,
            error,
        }
    }

    /// Each of two tiles looks for its neighbours in the other.
    fn meet(&self, tiles: &[Tile<'_>], one: usize, other: usize, products: &mut Vec<f32>) {
        let n = self.order.len();
        let range = |tile: usize| tile * TILE..n.min((tile + 1) * TILE);
        let (rows, columns) = (range(one), range(other));
        let shape = (rows.len(), columns.len());
        products.resize(TILE * TILE, 0.0);
        let left = self.left.slice(s![rows, ..]);
        let right = self.right.slice(s![columns, ..]);
        let memory = &mut products[..shape.0 * shape.1];
        let mut view = ndarray::ArrayViewMut2::from_shape(shape, memory).expect("as many");
        general_mat_mul(1.0, &left, &right.t(), 0.0, &mut view);
        let lock = |tile: usize| {
            let guard = tiles[tile].lock();
            guard.unwrap_or_else(PoisonError::into_inner)
        };
        self.by_rows(&mut lock(one), one * TILE, other * TILE, view.view());
        if one != other {
            self.by_columns(&mut lock(other), other * TILE, one * TILE, view.view());
        }
    }

    /// The points from place `start` on look for those from place `from` on, one a column.
    fn by_rows(
        &self,
        tile: &mut [Candidates<'_>],
        start: usize,
        from: usize,
        products: ArrayView2<'_, f32>,
    ) {
        let norms = &self.lower[from..][..products.ncols()];
        for ((place, own), products) in (start..).zip(tile).zip(products.rows()) {
            let products = products.as_slice().unwrap_or_default();
            let mut limit = self.limit(place, own);
            let groups = products.chunks(GROUP).zip(norms.chunks(GROUP));
            for (group, (products, norms)) in groups.enumerate() {
                if any(products, norms, |product, norm| product + norm <= limit) {
                    for (at, product) in (from + group * GROUP..).zip(products) {
                        self.offer(place, at, *product, own);
                    }
                    limit = self.limit(place, own);
                }
            }
        }
    }

    /// The points from place `start` on, one a column, look for those from place `from` on.
    fn by_columns(
        &self,
        tile: &mut [Candidates<'_>],
        start: usize,
        from: usize,
        products: ArrayView2<'_, f32>,
    ) {
        let limits = (start..).zip(&*tile);
        let mut limits: Vec<f32> = limits.map(|(place, own)| self.limit(place, own)).collect();
        for (at, products) in (from..).zip(products.rows()) {
            let products = products.as_slice().unwrap_or_default();
            let norm = self.lower[at];
            let groups = products.chunks(GROUP).zip(limits.chunks_mut(GROUP));
            for (group, (products, limits)) in groups.enumerate() {
                if any(products, limits, |product, limit| product + norm <= limit) {
                    let first = group * GROUP;
                    let own = tile[first..].iter_mut().zip(limits).zip(products);
                    for (place, ((own, limit), product)) in (start + first..).zip(own) {
                        self.offer(place, at, *product, own);
                        *limit = self.limit(place, own);
                    }
                }
            }
        }
    }

    /// No product and norm of another above it belong to one of the best.
    fn limit(&self, place: usize, own: &Candidates<'_>) -> f32 {
        let norm = self.norms[place];
        single(own.limit - (norm - self.error * norm)).next_up() + VANISHED
    }

    #[inline]
    fn offer(&self, place: usize, at: usize, product: f32, own: &mut Candidates<'_>) {
        let norms = self.norms[place] + self.norms[at];
        let sum = f64::from(product) + norms;
        let error = self.error * norms + f64::from(VANISHED);
        let (lower, upper) = (sum - error, sum + error);
        if lower > own.limit || at == place {
            return;
        }
        let k = own.best.len();
        own.add(lower, upper, at, &self.ruler);
        if own.waiting.len() >= 4 * (k + GROUP) {
            let limit = own.limit;
            own.waiting.retain(|(lower, _)| *lower <= limit);
            if own.waiting.len() >= 2 * (k + GROUP) {
                self.measure(place, own);
            }
        }
    }

    /// Measures the distances of all who wait and may be among the best.
    fn measure(&self, place: usize, own: &mut Candidates<'_>) {
        let row = |place: usize| self.x.row(self.order.vertex(place));
        for (lower, at) in own.waiting.drain(..) {
            if lower <= own.limit.min(own.best.limit) {
                let distance = distance(row(place), row(at as usize));
                own.best
                    .offer(distance, at, self.order.vertices(), &self.ruler);
            }
        }
    }
}

/// Whether any pair fulfils the condition: all at once, without a branch, as most groups have none.
#[inline]
fn any(products: &[f32], others: &[f32], holds: impl Fn(f32, f32) -> bool) -> bool {
    let hits = |products: &[f32], others: &[f32]| {
        let pairs = products.iter().zip(others);
        pairs.fold(0, |any, (product, other)| {
            any | u32::from(holds(*product, *other))
        })
    };
    match (
        products.first_chunk::<GROUP>(),
        others.first_chunk::<GROUP>(),
    ) {
        (Some(products), Some(others)) => hits(products, others) != 0,
        _ => hits(products, others) != 0,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "rounding to single precision is what is wanted"
)]
fn single(v: f64) -> f32 {
    v as f32
}
