//! The fast twin of [`crate::kmeans`] and [`mod@crate::kmeans`]'s `lloyd`: many starts, all threads, sums in lanes.
//!
//! | file | what it is |
//! |---|---|
//! | [`lanes`] | points column by column, eight at a time |
//! | [`starts`] | k-means++ on a sample, and the best of many starts |
//! | [`settle`] | Lloyd's steps, without looking at centres that cannot be the nearest |
//! | [`wide`] | many columns and clusters: distances by products of matrices |

mod lanes;
mod settle;
mod starts;
mod wide;

use crate::linalg::largest;
use lanes::Turned;
use ndarray::{Array1, Array2};
use rayon::prelude::*;

/// The bits of an f64 that hold its power of two.
const EXPONENT: u64 = 0x7ff0_0000_0000_0000;

/// What the best start came to.
pub(crate) struct Best {
    /// In no order.
    pub(crate) labels: Array1<usize>,
    /// One a row.
    pub(crate) centers: Array2<f64>,
    /// Σ ‖x − μ‖².
    pub(crate) inertia: f64,
}

/// Lloyd's method from the best of many k-means++ starts, on points in standard layout that were checked.
pub(crate) fn best(x: &Array2<f64>, k: usize, seed: u64) -> Best {
    // The first point becomes the origin, and the farthest coordinate nearly the unit: a power of two, so that
    // nothing is rounded. Then no square is lost, however large or small the numbers are.
    let origin = x.row(0).to_owned();
    let mut points = Turned::new(x, &origin);
    let entries = points.lanes.as_flattened_mut();
    let sizes = entries.par_chunks(1 << 16).map(largest);
    let farthest = sizes.reduce(|| 0.0, f64::max);
    let unit = f64::from_bits(farthest.to_bits() & EXPONENT).max(f64::MIN_POSITIVE);
    let per_unit = 1.0 / unit;
    entries.par_iter_mut().for_each(|entry| *entry *= per_unit);
    let found = starts::best_start(&points, k, seed);
    let centers = Array2::from_shape_vec((k, x.ncols()), found.centers).expect("k centres");
    Best {
        labels: found.labels.into(),
        centers: centers * unit + &origin,
        inertia: found.inertia * unit * unit,
    }
}
