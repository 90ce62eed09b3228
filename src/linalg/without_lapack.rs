//! Dense eigenproblems in pure Rust, through linfa-linalg, which has a solver for symmetric matrices: the
//! other two forms are brought to it.

use crate::error::{Error, Result};
use crate::guard;
use linfa_linalg::{
    LinalgError, cholesky::Cholesky, eigh::Eigh, triangular::SolveTriangular, triangular::UPLO,
};
use ndarray::{Array1, Array2, ArrayBase, Axis, DataMut, Ix2};

/// Rounds over all pairs of vectors in Jacobi's method. One does the work; the second sees that it is done.
const SWEEPS: usize = 10;

/// All eigenpairs of a symmetric matrix.
///
/// linfa-linalg 0.2 has two faults, and both are met here. It stops where an entry beside the diagonal is small
/// relative to the two on it: where both are 0 it never stops. So the spectrum is first moved away from 0. And it
/// does not turn, or turns by half of the digits only, the two vectors of a 2 × 2 block whose eigenvalues are
/// already on its diagonal to rounding, so that now and then two eigenvalues stand with each other's vectors.
/// WᵀSW shows it beside its diagonal, and Jacobi's rotations put it right.
pub(crate) fn eigh(matrix: &Array2<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
    let matrix = &*guard::standard(matrix);
    let norm = matrix
        .rows()
        .into_iter()
        .map(|row| row.fold(0.0, |sum, entry| sum + entry.abs()))
        .fold(0.0, f64::max);
    // All eigenvalues lie in [−norm, norm], and so in [norm, 3 norm] after the move.
    let moved = matrix + &(Array2::<f64>::eye(matrix.nrows()) * (2.0 * norm));
    let (_, mut w) = moved.eigh().map_err(|error| gave_up(&error))?;
    let mut b = w.t().dot(&matrix.dot(&w));
    diagonalise(&mut b, &mut w);
    Ok((b.diag().to_owned(), w))
}

/// Jacobi's method: rotates pairs of columns of W until B = WᵀSW is diagonal to rounding.
fn diagonalise(b: &mut Array2<f64>, w: &mut Array2<f64>) {
    let n = b.nrows();
    let size = b.diag().fold(0.0, |size: f64, entry| size.max(entry.abs()));
    let rounding = (n as f64).sqrt() * f64::EPSILON * size;
    for _ in 0..SWEEPS {
        let mut done = true;
        for j in 1..n {
            for i in 0..j {
                if b[[i, j]].abs() > rounding {
                    let (c, s) = rotation(b[[i, i]], b[[i, j]], b[[j, j]]);
                    rotate(b, i, j, c, s);
                    rotate(&mut b.view_mut().reversed_axes(), i, j, c, s);
                    rotate(w, i, j, c, s);
                    done = false;
                }
            }
        }
        if done {
            break;
        }
    }
}

/// Cosine and sine of the angle that makes [[p, q], [q, r]] diagonal: of the two, the smaller one.
fn rotation(p: f64, q: f64, r: f64) -> (f64, f64) {
    let theta = (r - p) / (2.0 * q);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let c = 1.0 / tangent.hypot(1.0);
    (c, c * tangent)
}

/// Turns columns i and j by that angle.
fn rotate(m: &mut ArrayBase<impl DataMut<Elem = f64>, Ix2>, i: usize, j: usize, c: f64, s: f64) {
    for mut row in m.rows_mut() {
        let (x, y) = (row[i], row[j]);
        row[i] = c * x - s * y;
        row[j] = s * x + c * y;
    }
}

/// All eigenpairs of `matrix` z = λ `metric` z: with `metric` = CCᵀ, the symmetric C⁻¹ `matrix` C⁻ᵀ has
/// the same λ and the vectors Cᵀz.
pub(crate) fn eigh_generalized(
    matrix: &Array2<f64>,
    metric: &Array2<f64>,
) -> Result<(Array1<f64>, Array2<f64>)> {
    let (matrix, metric) = (&*guard::standard(matrix), &*guard::standard(metric));
    let c = metric.cholesky().map_err(|error| gave_up(&error))?;
    let half = c
        .solve_triangular(matrix, UPLO::Lower)
        .map_err(|error| gave_up(&error))?;
    let whole = c
        .solve_triangular(&half.t().to_owned(), UPLO::Lower)
        .map_err(|error| gave_up(&error))?;
    let (values, w) = eigh(&whole)?;
    let z = c
        .t()
        .to_owned()
        .solve_triangular(&w, UPLO::Upper)
        .map_err(|error| gave_up(&error))?;
    Ok((values, z))
}

/// All eigenpairs of a matrix M that D^½ M D^-½ makes symmetric.
pub(crate) fn eig(matrix: &Array2<f64>, d: &Array1<f64>) -> Result<(Array1<f64>, Array2<f64>)> {
    let root_d = d.mapv(f64::sqrt);
    let column = root_d.clone().insert_axis(Axis(1));
    let (values, w) = eigh(&(matrix * &column / &root_d))?;
    Ok((values, w / column))
}

fn gave_up(error: &LinalgError) -> Error {
    Error::Solver {
        method: "linfa-linalg",
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_rotation_makes_two_by_two_diagonal() {
        for (p, q, r) in [
            (1.0, 1e-17, 2.0),
            (2.0, -1e-9, 1.0),
            (1.0, 3.0, 1.0),
            (0.0, 1.0, -4.0),
        ] {
            let mut b = array![[p, q], [q, r]];
            let mut w = Array2::eye(2);
            let s = b.clone();
            diagonalise(&mut b, &mut w);
            let rest = s.dot(&w) - &w * &b.diag();
            let worst = rest.fold(0.0, |worst: f64, entry| worst.max(entry.abs()));
            assert!(
                worst <= 8.0 * f64::EPSILON * s[[0, 0]].abs().max(s[[1, 1]].abs()).max(q.abs()),
                "{worst:e}"
            );
        }
    }
}
