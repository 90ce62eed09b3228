//! Jacobi's one-sided rotations: columns are turned in pairs until all are orthogonal.
//!
//! # Definition
//! B = MV with an orthogonal V and columns that are orthogonal to each other: their lengths are the singular values of M.
//! Small ones come out with all their digits, which the squares in MᵀM would lose.
//!
//! # Source
//! G. Golub & C. Van Loan, "Matrix Computations" (2013), §8.6.3.

use super::norms::largest;
use ndarray::{Array1, Array2, ArrayViewMut2, Zip, s};

/// Rounds over all pairs of columns; the method converges quadratically, and six do for matrices like ours.
const ROUNDS: usize = 40;

/// Turns the columns of B, and those of V with them, until those of B are orthogonal. No entry is near the ends of f64.
pub(crate) fn make_orthogonal(b: &mut Array2<f64>, v: &mut Array2<f64>) {
    for _ in 0..ROUNDS {
        let mut done = true;
        for j in 1..b.ncols() {
            for i in 0..j {
                done &= turn(b, v, i, j);
            }
        }
        if done {
            break;
        }
    }
}

/// The singular values, in no order.
pub(crate) fn singular_values(m: &Array2<f64>) -> Array1<f64> {
    let (k, size) = (m.ncols(), largest(m));
    if size == 0.0 {
        return Array1::zeros(k);
    }
    // Scaled, so that the squares of tiny entries do not vanish; nobody asks for V.
    let mut b = m / size;
    make_orthogonal(&mut b, &mut Array2::zeros((0, k)));
    lengths(&b) * size
}

/// ‖b‖ of each column.
pub(crate) fn lengths(b: &Array2<f64>) -> Array1<f64> {
    let columns = b.columns().into_iter();
    columns.map(|column| column.dot(&column).sqrt()).collect()
}

/// Rotates columns i and j of B and V so that those of B are orthogonal; true where they were.
fn turn(b: &mut Array2<f64>, v: &mut Array2<f64>, i: usize, j: usize) -> bool {
    let (x, y) = (b.column(i), b.column(j));
    let (p, q, r) = (x.dot(&x), x.dot(&y), y.dot(&y));
    if q.abs() <= f64::EPSILON * (p * r).sqrt() {
        return true;
    }
    let theta = (r - p) / (2.0 * q);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let c = 1.0 / tangent.hypot(1.0);
    rotate(b.view_mut(), i, j, c, c * tangent);
    rotate(v.view_mut(), i, j, c, c * tangent);
    false
}

fn rotate(matrix: ArrayViewMut2<'_, f64>, i: usize, j: usize, c: f64, s: f64) {
    let (x, y) = matrix.multi_slice_move((s![.., i], s![.., j]));
    Zip::from(x).and(y).for_each(|x, y| {
        (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
    });
}
