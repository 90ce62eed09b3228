//! Cholesky's factor of a full matrix, and what it solves.
//!
//! # Definition
//! M = CCᵀ with a lower triangle C, for a symmetric positive definite M.
//!
//! # Source
//! G. Golub & C. Van Loan, "Matrix Computations" (2013), §4.2.5 (by blocks).

use crate::guard;
use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis, aview1, s};

/// Columns that are handled at a time, so that nearly all the work is one matrix product.
const PANEL: usize = 32;

/// The lower triangle C of M = CCᵀ, by panels; `None` where M is not positive definite to rounding.
/// What stands above the diagonal is left as it was. In standard layout, whatever that of M is.
pub(crate) fn cholesky(m: Array2<f64>) -> Option<Array2<f64>> {
    let mut m = guard::into_standard(m);
    let n = m.nrows();
    for start in (0..n).step_by(PANEL) {
        let end = (start + PANEL).min(n);
        let (done, mut rest) = m.view_mut().split_at(Axis(1), start);
        let mut panel = rest.slice_mut(s![start.., ..end - start]);
        // What the finished columns take from this panel, in one product.
        general_mat_mul(
            -1.0,
            &done.slice(s![start.., ..]),
            &done.slice(s![start..end, ..]).t(),
            1.0,
            &mut panel,
        );
        factor(panel)?;
    }
    Some(m)
}

/// Cholesky of one panel, whose first rows are the diagonal block.
fn factor(mut panel: ArrayViewMut2<'_, f64>) -> Option<()> {
    let (rows, columns) = panel.dim();
    // In a place of its own, where rows are plain slices: there are too many of them to be looked up one by one.
    let mut copy: Vec<f64> = panel.iter().copied().collect();
    for i in 0..rows {
        let (above, rest) = copy.split_at_mut(i * columns);
        let row = &mut rest[..columns];
        for j in 0..columns.min(i) {
            let other = &above[j * columns..];
            let product = aview1(&row[..j]).dot(&aview1(&other[..j]));
            row[j] = (row[j] - product) / other[j];
        }
        if i < columns {
            let rest = aview1(&row[..i]);
            let pivot = row[i] - rest.dot(&rest);
            if pivot <= 0.0 {
                return None;
            }
            row[i] = pivot.sqrt();
        }
    }
    let done = ArrayView2::from_shape((rows, columns), &copy).expect("as many as were copied");
    panel.assign(&done);
    Some(())
}

/// Solves CCᵀx = b for each row of the block, in place.
pub(crate) fn solve(lower: &Array2<f64>, block: &mut Array2<f64>) {
    forward(lower, block);
    backward(lower, block);
}

/// Solves Cx = b for each row of the block, in place.
pub(crate) fn forward(lower: &Array2<f64>, block: &mut Array2<f64>) {
    let n = lower.nrows();
    let lower = guard::standard(lower);
    *block = guard::into_standard(std::mem::take(block));
    let lower = lower.as_slice().expect("in standard layout");
    let block = block.as_slice_mut().expect("in standard layout");
    for i in 0..n {
        let row = &lower[i * n..];
        let left = aview1(&row[..i]);
        for x in block.chunks_exact_mut(n) {
            x[i] = (x[i] - left.dot(&aview1(&x[..i]))) / row[i];
        }
    }
}

/// Solves Cᵀx = b for each row of the block, in place.
pub(crate) fn backward(lower: &Array2<f64>, block: &mut Array2<f64>) {
    let n = lower.nrows();
    let lower = guard::standard(lower);
    *block = guard::into_standard(std::mem::take(block));
    let lower = lower.as_slice().expect("in standard layout");
    let block = block.as_slice_mut().expect("in standard layout");
    for i in (0..n).rev() {
        let row = &lower[i * n..];
        for x in block.chunks_exact_mut(n) {
            x[i] /= row[i];
            let xi = x[i];
            let above = x[..i].iter_mut().zip(&row[..i]);
            above.for_each(|(x, entry)| *x -= xi * entry);
        }
    }
}

/// The inverse of a symmetric matrix; `None` where it is not positive definite to rounding.
pub(crate) fn inverse(m: Array2<f64>) -> Option<Array2<f64>> {
    let mut rows = Array2::eye(m.nrows());
    solve(&cholesky(m)?, &mut rows);
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::RandomState;
    use ndarray::array;

    #[test]
    fn the_cholesky_factor_times_its_transpose_is_the_matrix() {
        let n = PANEL + 7; // two panels, the second one short
        let mut rng = RandomState::new(1);
        let b = Array2::from_shape_simple_fn((n, n), || rng.standard_normal());
        let m = b.dot(&b.t()) + Array2::<f64>::eye(n);
        let mut c = cholesky(m.clone()).expect("BBᵀ + I is positive definite");
        c.indexed_iter_mut()
            .filter(|((i, j), _)| j > i)
            .for_each(|(_, entry)| *entry = 0.0);
        let worst = (c.dot(&c.t()) - &m)
            .mapv(f64::abs)
            .fold(0.0, |a: f64, &b| a.max(b));
        // Backward stability: n ε ‖M‖, with ‖M‖ below 4n here.
        assert!(worst <= f64::EPSILON * (4 * n * n) as f64, "{worst}");
    }

    #[test]
    fn a_matrix_in_any_layout_has_the_factor_that_its_numbers_have() {
        let m = array![[4.0, 1.0, 0.5], [1.0, 3.0, 1.0], [0.5, 1.0, 2.0]];
        let mut turned = array![[0.5, 1.0, 2.0], [1.0, 3.0, 1.0], [4.0, 1.0, 0.5]];
        turned.invert_axis(Axis(0));
        let wanted = cholesky(m.clone()).expect("positive definite");
        for other in [m.clone().reversed_axes(), turned] {
            assert_eq!(other, m);
            let lower = cholesky(other.clone()).expect("positive definite");
            assert_eq!(lower, wanted);
            let mut block = other;
            solve(&lower, &mut block);
            let rest = block - Array2::<f64>::eye(3);
            assert!(rest.iter().all(|entry| entry.abs() < 1e-14)); // a few ε
        }
    }

    #[test]
    fn a_matrix_that_is_not_positive_definite_is_refused() {
        assert!(cholesky(array![[1.0, 2.0], [2.0, 1.0]]).is_none());
    }

    #[test]
    fn solving_undoes_the_product() {
        let m = array![[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]];
        let x = array![[1.0, -2.0, 3.0], [0.0, 5.0, 1.0]];
        let mut block = x.dot(&m);
        solve(&cholesky(m).expect("positive definite"), &mut block);
        let worst = (block - x).mapv(f64::abs).fold(0.0, |a: f64, &b| a.max(b));
        assert!(worst < 1e-14, "{worst}"); // a well-conditioned 3 × 3 system: a few ε
    }
}
