//! The rotation nearest to a k × k matrix.
//!
//! # Definition
//! With the singular value decomposition M = UΣVᵀ it is R = UVᵀ, the orthogonal factor of M = RP: of all
//! orthogonal R it makes tr(RᵀM) largest, and that trace is σ₁ + … + σₖ.
//!
//! The decomposition is by one-sided Jacobi: pairs of columns of M are rotated until all are orthogonal. Then
//! MV = UΣ, the lengths of the columns are σ and their directions U.
//!
//! # Must hold
//! Finite entries.
//!
//! # Known value
//! For [[0, −2], [1, 0]] it is [[0, −1], [1, 0]], and the trace is 3.
//!
//! # Source
//! G. Golub & C. Van Loan, "Matrix Computations" (2013), §6.4.1 (nearest rotation), §8.6.3 (one-sided Jacobi).

use ndarray::{Array1, Array2, ArrayViewMut2, Zip, s};

/// Rounds over all pairs of columns; Jacobi's method converges quadratically, and six do for matrices like ours.
const ROUNDS: usize = 40;

/// R and σ₁ + … + σₖ. Where singular values are 0, R is one of several.
pub(super) fn nearest_rotation(m: &Array2<f64>) -> (Array2<f64>, f64) {
    let k = m.nrows();
    let largest = m.fold(0.0, |largest: f64, entry| largest.max(entry.abs()));
    if largest == 0.0 {
        return (Array2::eye(k), 0.0);
    }
    let (mut b, mut v) = (m / largest, Array2::eye(k));
    for _ in 0..ROUNDS {
        let mut done = true;
        for j in 1..k {
            for i in 0..j {
                done &= make_orthogonal(&mut b, &mut v, i, j);
            }
        }
        if done {
            break;
        }
    }
    let sizes: Array1<f64> = b
        .columns()
        .into_iter()
        .map(|column| column.dot(&column).sqrt())
        .collect();
    directions(&mut b, &sizes);
    (b.dot(&v.t()), sizes.sum() * largest)
}

/// Rotates columns i and j of B and V so that those of B are orthogonal; true where they were.
fn make_orthogonal(b: &mut Array2<f64>, v: &mut Array2<f64>, i: usize, j: usize) -> bool {
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

/// Makes orthogonal columns into orthonormal ones. Those of length 0 (to rounding) are replaced by unit vectors
/// made orthogonal to all others.
fn directions(u: &mut Array2<f64>, sizes: &Array1<f64>) {
    let k = sizes.len();
    let largest = sizes.fold(0.0, |largest: f64, &size| largest.max(size));
    let is_zero = |column: usize| sizes[column] <= k as f64 * f64::EPSILON * largest;
    for (column, &size) in sizes.iter().enumerate() {
        if is_zero(column) {
            u.column_mut(column).fill(0.0);
        } else {
            u.column_mut(column).mapv_inplace(|entry| entry / size);
        }
    }
    for column in (0..k).filter(|&column| is_zero(column)) {
        // The axis farthest from the span so far: what is left of it has at least the length 1/√k.
        let missing: Array1<f64> = u
            .rows()
            .into_iter()
            .map(|row| 1.0 - row.dot(&row))
            .collect();
        let axis = super::largest_column(missing.view());
        let mut new = Array1::zeros(k);
        new[axis] = 1.0;
        for _ in 0..2 {
            new = &new - &u.dot(&u.t().dot(&new));
        }
        let length = new.dot(&new).sqrt();
        u.column_mut(column).assign(&(new / length));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::RandomState;
    use ndarray::array;

    fn off(a: &Array2<f64>, b: &Array2<f64>) -> f64 {
        (a - b).fold(0.0, |worst: f64, entry| worst.max(entry.abs()))
    }

    #[test]
    fn a_quarter_turn_with_unequal_lengths_loses_the_lengths() {
        let (rotation, trace) = nearest_rotation(&array![[0., -2.], [1., 0.]]);
        assert!(off(&rotation, &array![[0., -1.], [1., 0.]]) <= 4.0 * f64::EPSILON);
        assert!((trace - 3.0).abs() <= 4.0 * f64::EPSILON);
    }

    #[test]
    fn the_factor_is_orthogonal_and_the_rest_symmetric_and_positive_also_where_the_rank_is_low() {
        let mut rng = RandomState::new(0);
        for k in 1..9 {
            for rank in 0..=k {
                let left = Array2::from_shape_simple_fn((k, rank), || rng.standard_normal());
                let right = Array2::from_shape_simple_fn((rank, k), || rng.standard_normal());
                let m = left.dot(&right);
                let (rotation, trace) = nearest_rotation(&m);
                // k columns, each rotated against k others a handful of times.
                let rounding = 40.0 * (k * k) as f64 * f64::EPSILON;
                assert!(off(&rotation.t().dot(&rotation), &Array2::eye(k)) <= rounding);
                let rest = rotation.t().dot(&m);
                let size = m.dot(&m.t()).diag().sum().sqrt();
                assert!(
                    off(&rest, &rest.t().to_owned()) <= rounding * size,
                    "{k} {rank}"
                );
                assert!((rest.diag().sum() - trace).abs() <= rounding * size);
                // A symmetric matrix whose trace is the sum of its singular values has no negative eigenvalue.
                assert!(trace >= 0.0);
            }
        }
    }
}
