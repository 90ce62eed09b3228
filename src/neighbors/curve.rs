//! The Morton curve: a line through space that points close on it share.
//!
//! # Definition
//! Each coordinate is cut to a whole number of b bits, all on one scale. The bits of a point's coordinates,
//! interleaved, highest first, are its place on the curve: Z by Z, and within each a smaller Z.
//!
//! # Must hold
//! Finite coordinates, any scale. b is what 64 bits allow for: 32 in the plane, 6 in ten dimensions; above 64
//! columns the first 64 count. Points of one cell stand by index.
//!
//! # Known value
//! The corners of a square stand in the order (0, 0), (0, 1), (1, 0), (1, 1).
//!
//! # Source
//! G. Morton, "A computer oriented geodetic data base and a new technique in file sequencing", IBM (1966).

use super::kd_tree::indices;
use ndarray::{Array2, ArrayView1};
use rayon::prelude::*;

/// Bits of a place on the curve.
const BITS: usize = 64;

/// The rows of `x` in the order of the curve.
pub(crate) fn morton_order(x: &Array2<f64>) -> Vec<u32> {
    let columns = x.ncols().min(BITS);
    // Halves, so that no difference overflows.
    let ends = |column: usize| {
        let values = x.column(column);
        let low = values.iter().fold(f64::INFINITY, |low, v| low.min(*v));
        let high = values
            .iter()
            .fold(f64::NEG_INFINITY, |high, v| high.max(*v));
        (low / 2.0, high / 2.0)
    };
    let ends: Vec<(f64, f64)> = (0..columns).map(ends).collect();
    let widths = ends.iter().map(|(low, high)| high - low);
    let widest = widths.fold(0.0, f64::max);
    // Numbers of 52 bits are whole in f64.
    let bits = BITS.checked_div(columns).unwrap_or(0).min(52);
    let cells = (1_u64 << bits) as f64;
    let place = |point: ArrayView1<'_, f64>| {
        let cell = point.iter().zip(&ends).map(|(v, (low, _))| {
            let share = (v / 2.0 - low) / widest;
            // Of points all equal the share is NaN, which becomes cell 0.
            whole((share * cells).min(cells - 1.0))
        });
        interleave(&cell, bits)
    };
    let mut places: Vec<(u64, u32)> = indices(x.nrows())
        .into_par_iter()
        .with_min_len(4096)
        .map(|i| (place(x.row(i as usize)), i))
        .collect();
    places.par_sort_unstable();
    places.into_iter().map(|(_, i)| i).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from 0 to below 2^52"
)]
fn whole(cell: f64) -> u64 {
    cell as u64
}

/// The lowest `bits` bits of each cell: the highest of all cells, then the next ones.
fn interleave(cells: &(impl Iterator<Item = u64> + Clone), bits: usize) -> u64 {
    (0..bits).rev().fold(0, |place, bit| {
        cells
            .clone()
            .fold(place, |place, cell| place << 1 | (cell >> bit & 1))
    })
}
