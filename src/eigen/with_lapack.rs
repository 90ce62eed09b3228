//! Dense eigenproblems by LAPACK, through ndarray-linalg. LAPACK checks neither symmetry nor finiteness:
//! what comes here was checked before. It reads strides as they are, and those of an inverted axis wrongly: what goes
//! to it is in standard layout.

use crate::checks;
use crate::error::{Error, Result};
use ndarray::{Array1, Array2};
use ndarray_linalg::{Eig, Eigh, UPLO, error::LinalgError};

/// Imaginary parts that rounding gives to real eigenvalues: √ε, what a double eigenvalue splits by.
const IMAGINARY: f64 = 1e-7;

/// All eigenpairs of a symmetric matrix (`dsyev`).
pub(super) fn symmetric(matrix: &Array2<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
    checks::standard(matrix)
        .eigh(UPLO::Lower)
        .map_err(|error| gave_up("dsyev", &error))
}

/// All eigenpairs of `matrix` z = λ `metric` z, both symmetric, the metric positive definite (`dsygv`).
pub(super) fn generalized(
    matrix: &Array2<f64>,
    metric: &Array2<f64>,
) -> Result<(Array1<f64>, Array2<f64>)> {
    let standard = |matrix| checks::standard(matrix).into_owned();
    let (values, (vectors, _)) = (standard(matrix), standard(metric))
        .eigh(UPLO::Lower)
        .map_err(|error| gave_up("dsygv", &error))?;
    Ok((values, vectors))
}

/// All eigenpairs of an unsymmetric matrix whose eigenvalues are known to be real (`dgeev`).
pub(super) fn unsymmetric(
    matrix: &Array2<f64>,
    _: &Array1<f64>,
) -> Result<(Array1<f64>, Array2<f64>)> {
    let (values, vectors) = checks::standard(matrix)
        .eig()
        .map_err(|error| gave_up("dgeev", &error))?;
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
    Ok((values.mapv(|value| value.re), real))
}

fn gave_up(method: &'static str, error: &LinalgError) -> Error {
    Error::Solver {
        method,
        reason: error.to_string(),
    }
}
