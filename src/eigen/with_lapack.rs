//! Dense eigenproblems by LAPACK, through ndarray-linalg. LAPACK checks neither symmetry nor finiteness:
//! what comes here was checked before.

use crate::error::{Error, Result};
use ndarray::{Array1, Array2, Axis};
use ndarray_linalg::{Eig, Eigh, UPLO, error::LinalgError};

/// Imaginary parts that rounding gives to real eigenvalues: √ε, what a double eigenvalue splits by.
const IMAGINARY: f64 = 1e-7;

/// All eigenpairs of a symmetric matrix (`dsyev`).
pub(super) fn symmetric(matrix: &Array2<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
    matrix
        .eigh(UPLO::Lower)
        .map_err(|error| gave_up("dsyev", &error))
}

/// All eigenpairs of `matrix` z = λ `metric` z, both symmetric, the metric positive definite (`dsygv`).
pub(super) fn generalized(
    matrix: &Array2<f64>,
    metric: &Array2<f64>,
) -> Result<(Array1<f64>, Array2<f64>)> {
    let (values, (vectors, _)) = (matrix.clone(), metric.clone())
        .eigh(UPLO::Lower)
        .map_err(|error| gave_up("dsygv", &error))?;
    Ok((values, vectors))
}

/// All eigenpairs of an unsymmetric matrix whose eigenvalues are known to be real (`dgeev`), balanced first: D^½MD^-½ has
/// the same eigenvalues, and entries of the same size on both sides of its diagonal. Where degrees are of very different
/// size, half of the digits are lost without.
pub(super) fn unsymmetric(
    matrix: &Array2<f64>,
    d: &Array1<f64>,
) -> Result<(Array1<f64>, Array2<f64>)> {
    let roots = d.mapv(f64::sqrt);
    let column = roots.clone().insert_axis(Axis(1));
    let balanced = matrix * &column / &roots;
    let (values, vectors) = balanced.eig().map_err(|error| gave_up("dgeev", &error))?;
    if let Some(value) = values.iter().find(|value| value.im.abs() > IMAGINARY) {
        return Err(Error::Solver {
            method: "dgeev",
            reason: format!("the eigenvalue {value} is not real"),
        });
    }
    let mut real = vectors.mapv(|entry| entry.re);
    // A double eigenvalue may come as a conjugate pair λ ± i·10⁻¹⁷ with vectors u ± iv: u and v span its space.
    for (j, value) in values
        .iter()
        .enumerate()
        .filter(|(_, value)| value.im < 0.0)
    {
        debug_assert!(value.im.abs() <= IMAGINARY);
        real.column_mut(j)
            .assign(&vectors.column(j).mapv(|entry| entry.im));
    }
    Ok((values.mapv(|value| value.re), real / column))
}

fn gave_up(method: &'static str, error: &LinalgError) -> Error {
    Error::Solver {
        method,
        reason: error.to_string(),
    }
}
