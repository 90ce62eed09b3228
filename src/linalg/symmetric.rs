//! All eigenpairs of a small symmetric matrix, in pure Rust: Householder's reduction, then QL with implicit shifts.
//!
//! # Definition
//! Reflections H = I − 2vvᵀ make the matrix tridiagonal, one column at a time. On the tridiagonal matrix a plane
//! rotation chases a bump from the bottom to the top; with Wilkinson's shift the lowest entry beside the diagonal
//! falls with its third power, two or three rounds an eigenvalue.
//!
//! # Must hold
//! Finite and symmetric; its callers see to it. Meant for the Rayleigh–Ritz problems of a block method, up to a few
//! hundred rows: 9n³ operations, none of them in parallel.
//!
//! # Source
//! G. Golub & C. Van Loan, "Matrix Computations" (2013), §8.3.1 (tridiagonal), §8.3.3–8.3.5 (implicit shifts);
//! B. N. Parlett, "The Symmetric Eigenvalue Problem" (1998), §8.11 for the limits on what counts as 0.

use super::norms::largest;
use ndarray::{Array1, Array2, Axis, s};

/// Rounds for one eigenvalue; two or three do.
const ROUNDS: usize = 60;

/// All eigenvalues, ascending, and the vectors that belong to them, one a ROW: rotations then run along memory.
pub(crate) fn all_eigenpairs(matrix: Array2<f64>) -> (Array1<f64>, Array2<f64>) {
    let (diagonal, off_diagonal, rows) = tridiagonal(matrix);
    of_tridiagonal(diagonal, off_diagonal, rows)
}

/// All eigenvalues, ascending, of the tridiagonal matrix of these entries (`off_diagonal` as long as the diagonal, its last
/// entry 0), and for its eigenvectors q the products qᵀC with the columns of C, in rows: with C = I the vectors
/// themselves, with one column one entry of each, for a fraction of the work.
pub(crate) fn of_tridiagonal(
    mut diagonal: Vec<f64>,
    mut off_diagonal: Vec<f64>,
    mut columns: Array2<f64>,
) -> (Array1<f64>, Array2<f64>) {
    implicit_ql(&mut diagonal, &mut off_diagonal, &mut columns);
    let mut order: Vec<usize> = (0..diagonal.len()).collect();
    order.sort_by(|&i, &j| diagonal[i].total_cmp(&diagonal[j]));
    let values = order.iter().map(|&i| diagonal[i]).collect();
    (values, columns.select(Axis(0), &order))
}

/// T = QᵀAQ: the diagonal, the entries beside it (the last is 0), and Qᵀ.
fn tridiagonal(mut a: Array2<f64>) -> (Vec<f64>, Vec<f64>, Array2<f64>) {
    let n = a.nrows();
    let mut reflectors = Array2::zeros((n, n));
    let mut off_diagonal = vec![0.0; n];
    for (k, off_diagonal) in off_diagonal
        .iter_mut()
        .take(n.saturating_sub(1))
        .enumerate()
    {
        // The part of row k behind the diagonal becomes ‖x‖ times the first axis.
        let x = a.slice(s![k, k + 1..]).to_owned();
        let size = largest(&x);
        if size == 0.0 {
            continue;
        }
        let mut v = x / size;
        let length = v.dot(&v).sqrt();
        let sign = if v[0] < 0.0 { -1.0 } else { 1.0 };
        *off_diagonal = -sign * length * size;
        v[0] += sign * length;
        let length = v.dot(&v).sqrt();
        v /= length;
        // A ← HAH on the rest: A − vwᵀ − wvᵀ with w = 2(Av − v(vᵀAv)).
        let mut rest = a.slice_mut(s![k + 1.., k + 1..]);
        let mut w = rest.dot(&v);
        let middle = v.dot(&w);
        w.scaled_add(-middle, &v);
        w *= 2.0;
        for (i, mut row) in rest.rows_mut().into_iter().enumerate() {
            row.scaled_add(-v[i], &w);
            row.scaled_add(-w[i], &v);
        }
        reflectors.slice_mut(s![k, k + 1..]).assign(&v);
    }
    // Q = H₀H₁…, so Qᵀ = …H₁H₀, built from the last reflector, which touches the smallest corner, to the first.
    let mut rows = Array2::eye(n);
    for k in (0..n.saturating_sub(1)).rev() {
        let v = reflectors.slice(s![k, k + 1..]);
        let mut corner = rows.slice_mut(s![k + 1.., k + 1..]);
        let along = corner.dot(&v);
        for (i, mut row) in corner.rows_mut().into_iter().enumerate() {
            row.scaled_add(-2.0 * along[i], &v);
        }
    }
    (a.diag().to_vec(), off_diagonal, rows)
}

/// QL with implicit shifts; `rows` takes part in every rotation, and ends as the eigenvectors.
fn implicit_ql(d: &mut [f64], e: &mut [f64], rows: &mut Array2<f64>) {
    let n = d.len();
    let norm = d
        .iter()
        .chain(e.iter())
        .fold(0.0, |a: f64, b| a.max(b.abs()));
    let vanishes = |d: &[f64], e: &[f64], m: usize| {
        let off_diagonal = d[m].abs() + d[m + 1].abs();
        // Beside two zeros on the diagonal nothing is small enough but by the size of the whole.
        e[m].abs() <= f64::EPSILON * off_diagonal.max(f64::EPSILON * norm)
    };
    for l in 0..n {
        for _ in 0..ROUNDS {
            let m = (l..n.saturating_sub(1))
                .find(|&m| vanishes(d, e, m))
                .unwrap_or(n - 1);
            if m == l {
                break;
            }
            let mut g = (d[l + 1] - d[l]) / (2.0 * e[l]);
            let mut r = g.hypot(1.0);
            g = d[m] - d[l] + e[l] / (g + r.copysign(g));
            let (mut s, mut c, mut p) = (1.0, 1.0, 0.0);
            let mut split = false;
            for i in (l..m).rev() {
                let f = s * e[i];
                let b = c * e[i];
                r = f.hypot(g);
                e[i + 1] = r;
                if r == 0.0 {
                    d[i + 1] -= p;
                    e[m] = 0.0;
                    split = true;
                    break;
                }
                s = f / r;
                c = g / r;
                g = d[i + 1] - p;
                r = (d[i] - g) * s + 2.0 * c * b;
                p = s * r;
                d[i + 1] = g + p;
                g = c * r - b;
                rotate(rows, i, c, s);
            }
            if !split {
                d[l] -= p;
                e[l] = g;
                e[m] = 0.0;
            }
        }
    }
}

/// Rows i and i + 1 turned by the angle of cosine `c` and sine `s`.
fn rotate(rows: &mut Array2<f64>, i: usize, c: f64, s: f64) {
    let width = rows.ncols();
    let rows = rows.as_slice_mut().expect("in standard layout");
    let (upper, lower) = rows[i * width..][..2 * width].split_at_mut(width);
    for (a, b) in upper.iter_mut().zip(lower) {
        let f = *b;
        *b = s * *a + c * f;
        *a = c * *a - s * f;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::RandomState;
    use ndarray::array;

    /// Roundings of a backward stable method on a matrix of norm about √n.
    const ROUNDING: f64 = 1e-13;

    fn solves(matrix: &Array2<f64>) {
        let (values, vectors) = all_eigenpairs(matrix.clone());
        let n = values.len();
        let size = matrix.fold(1.0, |size: f64, entry| size.max(entry.abs())) * n as f64;
        let rest = vectors.dot(matrix) - &vectors * &values.view().insert_axis(ndarray::Axis(1));
        assert!(rest.iter().all(|entry| entry.abs() <= ROUNDING * size));
        let product = vectors.dot(&vectors.t()) - Array2::<f64>::eye(n);
        assert!(
            product
                .iter()
                .all(|entry| entry.abs() <= ROUNDING * n as f64)
        );
        assert!(values.windows(2).into_iter().all(|pair| pair[0] <= pair[1]));
    }

    #[test]
    fn random_matrices_are_solved() {
        let mut rng = RandomState::new(0);
        for n in [1, 2, 3, 5, 12, 40, 111] {
            let b = Array2::from_shape_simple_fn((n, n), || rng.standard_normal());
            solves(&(&b + &b.t()));
        }
    }

    #[test]
    fn zeros_on_the_diagonal_and_repeated_values_are_solved() {
        solves(&Array2::zeros((7, 7)));
        solves(&Array2::eye(7));
        solves(&Array2::ones((9, 9)));
        solves(&array![[0.0, 1.0], [1.0, 0.0]]);
        solves(&array![
            [0.0, 1e-12, 0.0],
            [1e-12, 0.0, 1.0],
            [0.0, 1.0, 0.0]
        ]);
        solves(&Array2::from_shape_fn((30, 30), |(i, j)| {
            f64::from(u8::from(i.abs_diff(j) == 1))
        }));
    }

    #[test]
    fn a_path_has_the_values_that_its_formula_gives() {
        let n = 50;
        let matrix =
            Array2::from_shape_fn((n, n), |(i, j)| f64::from(u8::from(i.abs_diff(j) == 1)));
        let (values, _) = all_eigenpairs(matrix);
        for (j, value) in values.iter().enumerate() {
            let angle = std::f64::consts::PI * (n - j) as f64 / (n + 1) as f64;
            assert!((value - 2.0 * angle.cos()).abs() <= ROUNDING, "{j}");
        }
    }
}
