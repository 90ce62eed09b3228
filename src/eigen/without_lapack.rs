//! Dense eigenproblems in pure Rust, through linfa-linalg, which has a solver for symmetric matrices: the
//! other two forms are brought to it.

use crate::error::{Error, Result};
use linfa_linalg::{
    LinalgError, cholesky::Cholesky, eigh::Eigh, triangular::SolveTriangular, triangular::UPLO,
};
use ndarray::{Array1, Array2, Axis};

/// All eigenpairs of a symmetric matrix.
pub(super) fn symmetric(matrix: &Array2<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
    matrix.eigh().map_err(|error| gave_up(&error))
}

/// All eigenpairs of `matrix` z = λ `metric` z: with `metric` = CCᵀ, the symmetric C⁻¹ `matrix` C⁻ᵀ has
/// the same λ and the vectors Cᵀz.
pub(super) fn generalized(
    matrix: &Array2<f64>,
    metric: &Array2<f64>,
) -> Result<(Array1<f64>, Array2<f64>)> {
    let c = metric.cholesky().map_err(|error| gave_up(&error))?;
    let half = c
        .solve_triangular(matrix, UPLO::Lower)
        .map_err(|error| gave_up(&error))?;
    let whole = c
        .solve_triangular(&half.t().to_owned(), UPLO::Lower)
        .map_err(|error| gave_up(&error))?;
    let (values, w) = symmetric(&whole)?;
    let z = c
        .t()
        .to_owned()
        .solve_triangular(&w, UPLO::Upper)
        .map_err(|error| gave_up(&error))?;
    Ok((values, z))
}

/// All eigenpairs of a matrix M that D^½ M D^-½ makes symmetric.
pub(super) fn unsymmetric(
    matrix: &Array2<f64>,
    d: &Array1<f64>,
) -> Result<(Array1<f64>, Array2<f64>)> {
    let root_d = d.mapv(f64::sqrt);
    let column = root_d.clone().insert_axis(Axis(1));
    let (values, w) = symmetric(&(matrix * &column / &root_d))?;
    Ok((values, w / column))
}

fn gave_up(error: &LinalgError) -> Error {
    Error::Solver {
        method: "linfa-linalg",
        reason: error.to_string(),
    }
}
