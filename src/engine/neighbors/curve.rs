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
/// Numbers of so many bits are whole in f64.
const MOST_BITS: usize = 52;

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
    let bits = BITS.checked_div(columns).unwrap_or(0).min(MOST_BITS);
    let cells = (1_u64 << bits) as f64;
    let spread = spread(columns);
    let place = |point: ArrayView1<'_, f64>| {
        let mut place = 0;
        for (column, (v, (low, _))) in point.iter().zip(&ends).enumerate() {
            let share = (v / 2.0 - low) / widest;
            // Of points all equal the share is NaN, which becomes cell 0.
            let cell = whole((share * cells).min(cells - 1.0));
            for (byte, value) in cell
                .to_le_bytes()
                .into_iter()
                .take(bits.div_ceil(8))
                .enumerate()
            {
                let spread = spread[usize::from(value)];
                place |= spread << (8 * byte * columns + columns - 1 - column);
            }
        }
        place
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

/// Each byte with its bits `columns` apart, as far as 64 bits go.
fn spread(columns: usize) -> Vec<u64> {
    let bits = |byte: u64| {
        let bit = |at: usize| (byte >> at & 1) << (at * columns);
        (0..8).take_while(|at| at * columns < BITS).map(bit).sum()
    };
    (0..256).map(bits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use crate::linalg::distance;
    use ndarray::{Axis, array};

    #[test]
    fn known_value() {
        let corners = array![[1.0, 1.0], [0.0, 1.0], [1.0, 0.0], [0.0, 0.0]];
        assert_eq!(morton_order(&corners), [3, 1, 2, 0]);
    }

    #[test]
    fn the_order_of_a_grid_goes_z_by_z() {
        let grid = Array2::from_shape_fn((16, 2), |(i, j)| [i / 4, i % 4][j] as f64);
        let wanted = [0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15];
        assert_eq!(morton_order(&grid), wanted);
    }

    #[test]
    fn every_index_comes_once_in_any_number_of_columns_and_on_any_scale() {
        for columns in [1, 2, 3, 7, 8, 9, 10, 33, 64, 65, 100] {
            for scale in [1.0, 1e300, 1e-310, 1e308] {
                // Both signs, so that the widest difference overflows where it can.
                let value = |(i, j): (usize, usize)| ((i * 7 + j * 5) % 13) as f64 / 6.0 - 1.0;
                let x = Array2::from_shape_fn((50, columns), value) * scale;
                let mut order = morton_order(&x);
                order.sort_unstable();
                assert!(order.into_iter().eq(0..50), "{columns} columns, {scale}");
            }
        }
    }

    #[test]
    fn points_of_one_cell_stand_by_index() {
        assert!(morton_order(&Array2::ones((40, 3))).into_iter().eq(0..40));
        assert!(morton_order(&Array2::zeros((40, 0))).into_iter().eq(0..40));
    }

    #[test]
    fn next_on_the_curve_is_near_in_space() {
        let x = data::moons(2000, 0.1, 0).unwrap().x;
        let length = |x: &Array2<f64>| -> f64 {
            let steps = 1..x.nrows();
            steps.map(|i| distance(x.row(i - 1), x.row(i))).sum()
        };
        let order: Vec<usize> = morton_order(&x).into_iter().map(|i| i as usize).collect();
        // Seen: 2560 against 57.
        assert!(length(&x.select(Axis(0), &order)) < length(&x) / 20.0);
    }

    #[test]
    fn a_change_of_scale_by_a_power_of_two_changes_nothing() {
        let x = data::moons(300, 0.1, 1).unwrap().x;
        assert_eq!(morton_order(&(&x * 1024.0)), morton_order(&x));
    }
}
