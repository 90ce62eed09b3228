//! Dense eigenproblems by LAPACK, through ndarray-linalg. LAPACK checks neither symmetry nor finiteness:
//! what comes here was checked before. It reads strides as they are, and those of an inverted axis wrongly: what goes
//! to it is in standard layout.

use super::eigenpairs::{Eigenpairs, normalise, ordered};
use crate::error::{Error, Result};
use crate::guard;
use ndarray::{Array1, Array2, Axis};
use ndarray_linalg::{Eig, Eigh, UPLO, error::LinalgError};

/// What Gram–Schmidt leaves of a vector of length 1 when it was another one but for rounding.
const COINCIDE: f64 = 1e-7;
/// Imaginary parts that rounding gives to real eigenvalues: √ε, what a double eigenvalue splits by.
const IMAGINARY: f64 = 1e-7;

/// All eigenpairs of a symmetric matrix (`dsyev`).
pub(crate) fn eigh(matrix: &Array2<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
    guard::standard(matrix)
        .eigh(UPLO::Lower)
        .map_err(|error| gave_up("dsyev", &error))
}

/// All eigenpairs of `matrix` z = λ `metric` z, both symmetric, the metric positive definite (`dsygv`).
pub(crate) fn eigh_generalized(
    matrix: &Array2<f64>,
    metric: &Array2<f64>,
) -> Result<(Array1<f64>, Array2<f64>)> {
    let standard = |matrix| guard::standard(matrix).into_owned();
    let (values, (vectors, _)) = (standard(matrix), standard(metric))
        .eigh(UPLO::Lower)
        .map_err(|error| gave_up("dsygv", &error))?;
    Ok((values, vectors))
}

/// All eigenpairs of an unsymmetric matrix whose eigenvalues are known to be real (`dgeev`), balanced first: D^½MD^-½ has
/// the same eigenvalues, and entries of the same size on both sides of its diagonal. Where degrees are of very different
/// size, half of the digits are lost without.
pub(crate) fn eig(matrix: &Array2<f64>, d: &Array1<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
    let roots = d.mapv(f64::sqrt);
    let column = roots.clone().insert_axis(Axis(1));
    let balanced = &*guard::standard(matrix) * &column / &roots;
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
    orthogonal(&values.mapv(|value| value.re), &(real / column), d)
}

/// The pairs in order, the vectors D-orthogonal: of one repeated eigenvalue LAPACK gives any basis.
fn orthogonal(
    values: &Array1<f64>,
    vectors: &Array2<f64>,
    d: &Array1<f64>,
) -> Result<(Array1<f64>, Array2<f64>)> {
    let mut pairs = ordered(values, vectors, d);
    orthogonalise_repeated(&mut pairs, d)?;
    Ok((pairs.values, pairs.vectors))
}

/// Makes the eigenvectors of one repeated eigenvalue D-orthogonal to each other, by Gram–Schmidt. An
/// unsymmetric solver may return one vector twice: then nothing is left of the second.
fn orthogonalise_repeated(pairs: &mut Eigenpairs, d: &Array1<f64>) -> Result<()> {
    let n = pairs.values.len();
    for j in 1..n {
        let mut z = pairs.vectors.column(j).to_owned();
        // Twice is enough (Kahan): the second pass removes what rounding left in the first.
        for _ in 0..2 {
            for i in (0..j).rev() {
                if pairs.values[j] - pairs.values[i] > 1e-8 {
                    break;
                }
                let other = pairs.vectors.column(i);
                let share = other.dot(&(d * &z));
                z.scaled_add(-share, &other);
            }
        }
        if z.dot(&(d * &z)).sqrt() < COINCIDE {
            let value = pairs.values[j];
            return Err(Error::Solver {
                method: "the unsymmetric eigensolver",
                reason: format!(
                    "two eigenvectors of the eigenvalue {value:e} coincide to rounding; `eigh_symmetric` keeps them apart"
                ),
            });
        }
        normalise(&mut z, d);
        pairs.vectors.column_mut(j).assign(&z);
    }
    Ok(())
}

fn gave_up(method: &'static str, error: &LinalgError) -> Error {
    Error::Solver {
        method,
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Axis, array};

    #[test]
    fn a_matrix_in_any_layout_has_its_own_eigenvalues() {
        // 1, 3 and 6: the blocks (2, 1; 1, 2) and 6.
        let m = array![[2.0, 1.0, 0.0], [1.0, 2.0, 0.0], [0.0, 0.0, 6.0]];
        let mut turned = array![[0.0, 0.0, 6.0], [1.0, 2.0, 0.0], [2.0, 1.0, 0.0]];
        turned.invert_axis(Axis(0));
        for other in [m.clone().reversed_axes(), turned] {
            assert_eq!(other, m);
            assert_eq!(eigh(&other), eigh(&m));
            assert_eq!(eigh_generalized(&other, &other), eigh_generalized(&m, &m));
            let d = Array1::ones(3);
            assert_eq!(eig(&other, &d), eig(&m, &d));
            let values = eigh(&other).expect("three eigenvalues").0;
            let off = values - array![1.0, 3.0, 6.0];
            assert!(off.iter().all(|off| off.abs() < 1e-14)); // a few ε
        }
    }
}
