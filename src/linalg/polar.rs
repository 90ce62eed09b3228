//! The rotation nearest to a k × k matrix.
//!
//! # Definition
//! With the singular value decomposition M = UΣVᵀ it is R = UVᵀ, the orthogonal factor of M = RP: of all
//! orthogonal R it makes tr(RᵀM) largest, and that trace is σ₁ + … + σₖ.
//!
//! For small matrices the decomposition is by one-sided Jacobi: pairs of columns of M are rotated until all are
//! orthogonal. Then MV = UΣ, the lengths of the columns are σ and their directions U.
//!
//! For larger ones U and V are not needed. X ← ρX(3I − ρ²XᵀX)/2 takes each σ in [ℓ, 1] to ρσ(3 − ρ²σ²)/2, and leaves
//! the directions as they are. With ρ² = 3/(1 + ℓ + ℓ²) both ends come to the same value, the new ℓ, and none comes
//! above 1: all σ go to 1, and X to R, by products of matrices alone. Columns of zeros are left out, and replaced at
//! the end. ℓ is a guess. Where some σ is smaller, it takes a few steps more; where it is so small that they are too
//! many, Jacobi's method has to do.
//!
//! # Must hold
//! Finite entries.
//!
//! # Known value
//! For [[0, −2], [1, 0]] it is [[0, −1], [1, 0]], and the trace is 3.
//!
//! # Source
//! G. Golub & C. Van Loan, "Matrix Computations" (2013), §6.4.1 (nearest rotation), §8.6.3 (one-sided Jacobi);
//! N. Higham, "Functions of Matrices" (2008), §8.3 (the iteration with ρ = 1, by Newton and Schulz); J. Chen & E. Chow,
//! "A stable scaling of Newton–Schulz for improving the sign function computation of a Hermitian matrix", Argonne
//! preprint ANL/MCS-P5059-0114 (2014), for ρ.

use super::jacobi::{lengths, make_orthogonal};
use super::norms;
use super::product::product;
use ndarray::{Array1, Array2, Axis, Zip};

/// Columns up to which Jacobi's method takes no time.
const SMALL: usize = 24;
/// The guess of the smallest σ beside the largest.
const SMALLEST: f64 = 0.05;
/// Products by which a σ of 1e-9 comes to 1.
const STEPS: usize = 50;
/// How far XᵀX is from I where one step more brings it there to rounding: its square is below ε.
const NEARLY: f64 = 1e-9;

/// R and σ₁ + … + σₖ. Where singular values are 0, R is one of several.
pub(crate) fn nearest_rotation(m: &Array2<f64>) -> (Array2<f64>, f64) {
    let by_products = if m.nrows() > SMALL {
        by_products(m)
    } else {
        None
    };
    by_products.unwrap_or_else(|| by_jacobi(m))
}

/// The same by Newton and Schulz's iteration; `None` where it does not come to rest.
fn by_products(m: &Array2<f64>) -> Option<(Array2<f64>, f64)> {
    let largest = norms::largest(m);
    let is_zero = |column: usize| m.column(column).iter().all(|&entry| entry == 0.0);
    let filled: Vec<usize> = (0..m.ncols()).filter(|&column| !is_zero(column)).collect();
    let mut x = m.select(Axis(1), &filled) / largest;
    let mut gram = product(x.t(), x.view());
    // λ⁸ ≤ the trace of (XᵀX)⁸ for the largest eigenvalue λ of XᵀX.
    let square = product(gram.view(), gram.view());
    let fourth = product(square.view(), square.view());
    let bound = fourth.iter().map(|entry| entry * entry).sum::<f64>();
    let bound = bound.powf(0.125);
    x /= bound.sqrt();
    gram /= bound;
    let mut low = SMALLEST;
    for _ in 0..STEPS {
        let off = gram.indexed_iter().fold(0.0, |off: f64, ((i, j), entry)| {
            off.max((entry - f64::from(u8::from(i == j))).abs())
        });
        let nearly = off <= NEARLY;
        let rho2 = if nearly {
            1.0
        } else {
            3.0 / (1.0 + low + low * low)
        };
        let rho = rho2.sqrt();
        low = (rho * low * (3.0 - rho2 * low * low) / 2.0).min(1.0);
        let mut factor = gram * (-0.5 * rho * rho2);
        factor.diag_mut().mapv_inplace(|entry| entry + 1.5 * rho);
        x = product(x.view(), factor.view());
        if nearly {
            return Some(completed(m, &filled, &x));
        }
        gram = product(x.t(), x.view());
    }
    None
}

/// R of these orthonormal columns, the others replaced, and the trace of RᵀM.
fn completed(m: &Array2<f64>, filled: &[usize], x: &Array2<f64>) -> (Array2<f64>, f64) {
    let mut rotation = Array2::zeros(m.dim());
    let mut sizes = Array1::zeros(m.ncols());
    for (&column, x) in filled.iter().zip(x.columns()) {
        rotation.column_mut(column).assign(&x);
        sizes[column] = 1.0;
    }
    directions(&mut rotation, &sizes);
    let mut trace = 0.0;
    Zip::from(&rotation).and(m).for_each(|r, m| trace += r * m);
    (rotation, trace)
}

/// The same by one-sided Jacobi.
fn by_jacobi(m: &Array2<f64>) -> (Array2<f64>, f64) {
    let k = m.nrows();
    let largest = norms::largest(m);
    if largest == 0.0 {
        return (Array2::eye(k), 0.0);
    }
    let (mut b, mut v) = (m / largest, Array2::eye(k));
    make_orthogonal(&mut b, &mut v);
    let sizes = lengths(&b);
    directions(&mut b, &sizes);
    (b.dot(&v.t()), sizes.sum() * largest)
}

/// Makes orthogonal columns into orthonormal ones. Those of length 0 (to rounding) are replaced by unit vectors
/// made orthogonal to all others.
fn directions(u: &mut Array2<f64>, sizes: &Array1<f64>) {
    let k = sizes.len();
    let largest = sizes.fold(0.0, |largest: f64, &size| largest.max(size));
    let is_zero = |column: usize| sizes[column] <= k as f64 * f64::EPSILON * largest;
    for (column, &size) in sizes.iter().enumerate() {
        if is_zero(column) {
            u.column_mut(column).fill(0.0);
        } else {
            u.column_mut(column).mapv_inplace(|entry| entry / size);
        }
    }
    for column in (0..k).filter(|&column| is_zero(column)) {
        // The axis farthest from the span so far: what is left of it has at least the length 1/√k.
        let missing: Array1<f64> = u
            .rows()
            .into_iter()
            .map(|row| 1.0 - row.dot(&row))
            .collect();
        let axis = norms::largest_column(missing.view());
        let mut new = Array1::zeros(k);
        new[axis] = 1.0;
        for _ in 0..2 {
            new = &new - &u.dot(&u.t().dot(&new));
        }
        let length = new.dot(&new).sqrt();
        u.column_mut(column).assign(&(new / length));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::RandomState;
    use ndarray::{array, s};

    fn off(a: &Array2<f64>, b: &Array2<f64>) -> f64 {
        norms::largest(&(a - b))
    }

    #[test]
    fn a_quarter_turn_with_unequal_lengths_loses_the_lengths() {
        let (rotation, trace) = nearest_rotation(&array![[0., -2.], [1., 0.]]);
        assert!(off(&rotation, &array![[0., -1.], [1., 0.]]) <= 4.0 * f64::EPSILON);
        assert!((trace - 3.0).abs() <= 4.0 * f64::EPSILON);
    }

    #[test]
    fn both_ways_find_the_same_rotation_also_where_columns_are_empty_or_nearly_dependent() {
        let mut rng = RandomState::new(1);
        for (k, weakest, empty) in [(30, 1.0, 0), (40, 1e-3, 0), (65, 1e-6, 0), (50, 0.1, 7)] {
            let mut m = Array2::from_shape_simple_fn((k, k), || rng.standard_normal());
            let (mut u, _) = by_jacobi(&m);
            for (j, mut column) in u.columns_mut().into_iter().enumerate() {
                column *= f64::powf(weakest, j as f64 / k as f64);
            }
            m = u.dot(&by_jacobi(&m.t().to_owned()).0);
            m.slice_mut(s![.., ..empty]).fill(0.0);
            let (fast, fast_trace) = by_products(&m).expect("it comes to rest");
            let (slow, trace) = by_jacobi(&m);
            let rounding = 40.0 * (k * k) as f64 * f64::EPSILON;
            assert!(
                off(&fast.t().dot(&fast), &Array2::eye(k)) <= rounding,
                "{k}"
            );
            // A rotation is as uncertain as its smallest σ is small.
            let filled = s![.., empty..];
            let (fast, slow) = (fast.slice(filled).to_owned(), slow.slice(filled).to_owned());
            assert!(off(&fast, &slow) <= rounding / weakest, "{k}");
            assert!((fast_trace - trace).abs() <= rounding * trace);
        }
    }

    #[test]
    fn where_the_rank_is_low_jacobi_steps_in() {
        let mut rng = RandomState::new(2);
        let left = Array2::from_shape_simple_fn((40, 30), || rng.standard_normal());
        let m = left.dot(&left.t());
        assert!(by_products(&m).is_none());
        let (rotation, trace) = nearest_rotation(&m);
        let rounding = 40.0 * 1600.0 * f64::EPSILON;
        assert!(off(&rotation.t().dot(&rotation), &Array2::eye(40)) <= rounding);
        assert!((trace - m.diag().sum()).abs() <= rounding * trace);
    }

    #[test]
    fn the_factor_is_orthogonal_and_the_rest_symmetric_and_positive_also_where_the_rank_is_low() {
        let mut rng = RandomState::new(0);
        for k in 1..9 {
            for rank in 0..=k {
                let left = Array2::from_shape_simple_fn((k, rank), || rng.standard_normal());
                let right = Array2::from_shape_simple_fn((rank, k), || rng.standard_normal());
                let m = left.dot(&right);
                let (rotation, trace) = nearest_rotation(&m);
                // k columns, each rotated against k others a handful of times.
                let rounding = 40.0 * (k * k) as f64 * f64::EPSILON;
                assert!(off(&rotation.t().dot(&rotation), &Array2::eye(k)) <= rounding);
                let rest = rotation.t().dot(&m);
                let size = m.dot(&m.t()).diag().sum().sqrt();
                assert!(
                    off(&rest, &rest.t().to_owned()) <= rounding * size,
                    "{k} {rank}"
                );
                assert!((rest.diag().sum() - trace).abs() <= rounding * size);
                // A symmetric matrix whose trace is the sum of its singular values has no negative eigenvalue.
                assert!(trace >= 0.0);
            }
        }
    }
}
