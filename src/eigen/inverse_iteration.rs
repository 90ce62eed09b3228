//! The few smallest eigenpairs of a graph, by block Lanczos on the inverse.
//!
//! # Definition
//! S = M^-½(D − A)M^-½ has a null vector for each component; let W hold them, of length 1, in its rows. Then
//! S + WᵀW is positive definite, with the eigenpairs of S but for the zeros, which become 1. Multiplying by its
//! inverse stretches the part along wⱼ by 1/λⱼ: the smallest λ win. The vectors of all steps are kept, and the
//! inverse is solved on their span (Rayleigh–Ritz): that is why a dozen steps suffice where the last vectors
//! alone would need hundreds.
//!
//! Single vectors would not see a repeated eigenvalue twice; a block with one vector more than pairs are asked
//! for does.
//!
//! # Source
//! B. N. Parlett, "The Symmetric Eigenvalue Problem" (1998), §11.3 (Rayleigh–Ritz), §13.10 (block Lanczos).

use super::large::small::all_eigenpairs;
use crate::data::RandomState;
use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut2, Axis, aview1, s};

/// Vectors in a block, at least.
const BLOCK: usize = 3;
/// Steps after which the dense solver is the better way.
const MAX_STEPS: usize = 30;
/// Residual ‖Sw − λw‖, per n, at which a pair counts as converged: a few roundings in S itself.
const CONVERGED: f64 = 4.0 * f64::EPSILON;
/// What is left of a vector, relative to its length, when it lay in the span of the others.
const DEPENDENT: f64 = 1e-10;
/// Columns that Cholesky handles at a time, so that nearly all its work is one matrix product.
const PANEL: usize = 32;

/// The `wanted` smallest eigenpairs of the symmetric `s`, ‖S‖ ≤ 2, beside its null vectors `null` (in rows):
/// ascending, the vectors in rows. `None` where they do not converge, or where the smallest is too small for
/// Cholesky.
pub(super) fn smallest_nontrivial(
    s: Array2<f64>,
    null: &Array2<f64>,
    wanted: usize,
) -> Option<(Array1<f64>, Array2<f64>)> {
    let n = s.nrows();
    let rest = n - null.nrows();
    let wanted = wanted.min(rest);
    let size = BLOCK.max(wanted + 1).min(rest);
    let mut m = s;
    general_mat_mul(1.0, &null.t(), null, 1.0, &mut m);
    let lower = cholesky(m)?;

    // The basis so far and the inverse times it, one vector a row.
    let (mut basis, mut image) = (Array2::zeros((0, n)), Array2::zeros((0, n)));
    let mut rng = RandomState::new(0);
    let mut block = Array2::from_shape_simple_fn((size, n), || rng.standard_normal());
    for _ in 0..MAX_STEPS {
        block = new_directions(&block, &basis, null);
        basis.append(Axis(0), block.view()).ok()?;
        solve(&lower, &mut block);
        image.append(Axis(0), block.view()).ok()?;

        let problem = basis.dot(&image.t());
        let (stretches, rotation) = largest(all_eigenpairs((&problem + &problem.t()) / 2.0), size);
        let vectors = rotation.dot(&basis);
        let rest = rotation.dot(&image) - &vectors * &stretches.view().insert_axis(Axis(1));
        let values = stretches.mapv(|stretch| 1.0 / stretch);
        // Sw − λw = −λM(M⁻¹w − w/λ), and ‖M‖ ≤ 2.
        let residual = |row: usize| 2.0 * values[row] * norm(rest.row(row));
        if values.len() >= wanted && (0..wanted).all(|row| residual(row) <= CONVERGED * n as f64) {
            return Some((values, vectors));
        }
    }
    None
}

/// The `count` largest of some ascending eigenvalues, descending, and their vectors, in rows as they came.
fn largest(
    (values, vectors): (Array1<f64>, Array2<f64>),
    count: usize,
) -> (Array1<f64>, Array2<f64>) {
    let order: Vec<usize> = (0..values.len()).rev().take(count).collect();
    (
        values.select(Axis(0), &order),
        vectors.select(Axis(0), &order),
    )
}

/// The rows of `block` made orthonormal, and orthogonal to the rows of `null` and of `basis`; those that lie
/// in the span of the others are left out.
fn new_directions(block: &Array2<f64>, basis: &Array2<f64>, null: &Array2<f64>) -> Array2<f64> {
    let mut fresh: Array2<f64> = Array2::zeros((0, block.ncols()));
    for row in block.rows() {
        let mut row = row.to_owned();
        let before = norm(row.view());
        // Gram–Schmidt twice: the second pass removes what rounding left in the first.
        for _ in 0..2 {
            for other in basis
                .rows()
                .into_iter()
                .chain(fresh.rows())
                .chain(null.rows())
            {
                let share = other.dot(&row);
                row.scaled_add(-share, &other);
            }
        }
        let after = norm(row.view());
        if after > DEPENDENT * before {
            row /= after;
            fresh
                .push_row(row.view())
                .expect("a row of the block has the length of the block's rows");
        }
    }
    fresh
}

fn norm(vector: ArrayView1<'_, f64>) -> f64 {
    vector.dot(&vector).sqrt()
}

/// The lower triangle C of M = CCᵀ, by panels; `None` where M is not positive definite to rounding.
/// What stands above the diagonal is left as it was.
fn cholesky(mut m: Array2<f64>) -> Option<Array2<f64>> {
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
fn solve(lower: &Array2<f64>, block: &mut Array2<f64>) {
    let n = lower.nrows();
    let lower = lower.as_slice().expect("in standard layout");
    let block = block.as_slice_mut().expect("in standard layout");
    for i in 0..n {
        let row = &lower[i * n..];
        let left = aview1(&row[..i]);
        for x in block.chunks_exact_mut(n) {
            x[i] = (x[i] - left.dot(&aview1(&x[..i]))) / row[i];
        }
    }
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
pub(super) fn inverse(m: Array2<f64>) -> Option<Array2<f64>> {
    let mut rows = Array2::eye(m.nrows());
    solve(&cholesky(m)?, &mut rows);
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
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
