//! Dense eigenproblems in pure Rust: the symmetric one by Householder and QL, the other two brought to it.

use super::cholesky::{backward, cholesky, forward};
use super::symmetric::all_eigenpairs;
use crate::error::{Error, Result};
use crate::guard;
use ndarray::{Array1, Array2, Axis};

/// Whose eigensolvers these are.
pub(crate) const LIBRARY: &str = "pure Rust";

/// All eigenpairs of a symmetric matrix, the vectors in columns.
#[expect(clippy::unnecessary_wraps, reason = "as LAPACK's, which may give up")]
pub(crate) fn eigh(matrix: &Array2<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
    let (values, rows) = all_eigenpairs(guard::standard(matrix).into_owned());
    Ok((values, guard::into_standard(rows.reversed_axes())))
}

/// The same of a matrix that has no eigenvalue below 0 but for rounding.
pub(crate) fn eigh_semidefinite(matrix: &Array2<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
    eigh(matrix)
}

/// All eigenpairs of `matrix` z = λ `metric` z: with `metric` = CCᵀ, the symmetric C⁻¹ `matrix` C⁻ᵀ has
/// the same λ and the vectors Cᵀz.
pub(crate) fn eigh_generalized(
    matrix: &Array2<f64>,
    metric: &Array2<f64>,
) -> Result<(Array1<f64>, Array2<f64>)> {
    let standard = |matrix| guard::standard(matrix).into_owned();
    let c = cholesky(standard(metric)).ok_or_else(|| Error::Solver {
        method: "Cholesky's method",
        reason: "the metric is not positive definite to rounding".to_string(),
    })?;
    // AC⁻ᵀ, then C⁻¹AC⁻ᵀ: the rows of a block are what is solved for.
    let mut half = standard(matrix);
    forward(&c, &mut half);
    let mut whole = half.reversed_axes();
    forward(&c, &mut whole);
    let (values, mut rows) = all_eigenpairs(whole);
    backward(&c, &mut rows);
    Ok((values, guard::into_standard(rows.reversed_axes())))
}

/// All eigenpairs of a matrix M that D^½ M D^-½ makes symmetric.
pub(crate) fn eig(matrix: &Array2<f64>, d: &Array1<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
    let root_d = d.mapv(f64::sqrt);
    let column = root_d.clone().insert_axis(Axis(1));
    let (values, w) = eigh(&(matrix * &column / &root_d))?;
    Ok((values, w / column))
}
