//! Dense eigenproblems by LAPACK, through ndarray-linalg. LAPACK checks neither symmetry nor finiteness:
//! what comes here was checked before. It reads strides as they are, and those of an inverted axis wrongly: what goes
//! to it is in standard layout.

use super::spectrum::{Spectrum, normalise, ordered};
use crate::error::{Error, Result};
use crate::guard;
use ndarray::{Array1, Array2, Axis};
use ndarray_linalg::{Eig, Eigh, JobSvd, SVDDC, UPLO, error::LinalgError};

/// Whose eigensolvers these are.
pub(crate) const LIBRARY: &str = "OpenBLAS";
/// What Gram–Schmidt leaves of a vector of length 1 when it was another one but for rounding.
const COINCIDE: f64 = 1e-7;
/// From so many rows on it pays to divide.
const DIVIDED: usize = 256;
/// Imaginary parts that rounding gives to real eigenvalues: √ε, what a double eigenvalue splits by.
const IMAGINARY: f64 = 1e-7;

/// All eigenpairs of a symmetric matrix (`dsyev`).
pub(crate) fn eigh(matrix: &Array2<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
    guard::standard(matrix)
        .eigh(UPLO::Lower)
        .map_err(|error| gave_up("dsyev", &error))
}

/// All eigenpairs of a symmetric matrix that has no eigenvalue below 0 but for rounding: of a large one its singular values,
/// with the left vectors. LAPACK divides and conquers there (`dgesdd`), in half the time of `dsyev`.
pub(crate) fn eigh_semidefinite(matrix: &Array2<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
    if matrix.nrows() < DIVIDED {
        return eigh(matrix);
    }
    let found = guard::standard(matrix).svddc(JobSvd::All);
    match found.map_err(|error| gave_up("dgesdd", &error))? {
        (Some(vectors), values, _) => Ok((values, vectors)),
        _ => eigh(matrix),
    }
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
fn orthogonalise_repeated(pairs: &mut Spectrum, d: &Array1<f64>) -> Result<()> {
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

    #[test]
    fn a_large_semidefinite_matrix_has_the_same_pairs_by_dividing() {
        // The path of n vertices: 2 − 2 cos(πk/n), and a block of 1 so that one value stands n times.
        let n = DIVIDED;
        let mut m = Array2::<f64>::eye(2 * n);
        for i in 0..n {
            m[[i, i]] = if i == 0 || i + 1 == n { 1.0 } else { 2.0 };
            if i + 1 < n {
                m[[i, i + 1]] = -1.0;
                m[[i + 1, i]] = -1.0;
            }
        }
        let (values, vectors) = eigh_semidefinite(&m).expect("it is solved");
        let rest = m.dot(&vectors) - &vectors * &values;
        assert!(rest.iter().all(|rest| rest.abs() < 1e-13));
        let off = vectors.t().dot(&vectors) - Array2::<f64>::eye(2 * n);
        assert!(off.iter().all(|off| off.abs() < 1e-12));
        let mut found = values.to_vec();
        found.sort_by(f64::total_cmp);
        let mut wanted: Vec<f64> = (0..n)
            .map(|k| 2.0 - 2.0 * (std::f64::consts::PI * k as f64 / n as f64).cos())
            .chain(std::iter::repeat_n(1.0, n))
            .collect();
        wanted.sort_by(f64::total_cmp);
        let mut pairs = found.iter().zip(&wanted);
        assert!(pairs.all(|(found, wanted)| (found - wanted).abs() < 1e-13));
    }
}
