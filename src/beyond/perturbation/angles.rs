//! Principal angles between two subspaces.

use crate::error::{Error, Result};
use crate::guard;
use crate::linalg::{self, orthogonalise, singular_values};
use ndarray::Array2;

/// What Gram–Schmidt leaves of a column, relative to its length, when it lay in the span of those before it.
const DEPENDENT: f64 = 1e-12;

/// The largest principal angle between the spans of the columns of `u` and `v`, in radians from 0 to π/2. Both
/// are orthonormalised first, so that any basis will do. Shapes n × k.
///
/// Sine and cosine are both computed, as singular values of (I − UUᵀ)V and of UᵀV: that keeps tiny angles, and
/// angles near π/2, right to a few roundings. An angle of 10⁻¹² from its cosine alone would come out as 0.
///
/// ```
/// use fiedler::{ndarray::array, perturbation::subspace_angle};
/// let angle = subspace_angle(&array![[1.0], [0.0]], &array![[1.0], [1e-12]])?;
/// assert!((angle - 1e-12).abs() < 1e-27);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoPoints`], [`Error::NoColumns`], [`Error::NotFinite`]; [`Error::Length`] and [`Error::Count`] for
/// matrices of different shapes; [`Error::Solver`] where a column lies in the span of those before it.
///
/// # Source
/// Å. Björck & G. Golub, "Numerical methods for computing angles between linear subspaces", Math. Comp. 27
/// (1973).
pub fn subspace_angle(u: &Array2<f64>, v: &Array2<f64>) -> Result<f64> {
    let (u, v) = (&*guard::points(u, 1)?, &*guard::points(v, 1)?);
    guard::length("the second basis", v.nrows(), u.nrows())?;
    if u.ncols() != v.ncols() {
        return Err(Error::Count {
            name: "the number of columns of v",
            found: v.ncols(),
            wanted: "that of u",
        });
    }
    let (u, v) = (orthonormal(u)?, orthonormal(v)?);
    let shared = u.t().dot(&v);
    let beside = &v - &u.dot(&shared);
    // What rounding leaves inside the span of U is taken out once more.
    let beside = &beside - &u.dot(&u.t().dot(&beside));
    let sine = singular_values(&beside).fold(0.0, |a: f64, &b| a.max(b));
    let cosine = singular_values(&shared).fold(f64::INFINITY, |a: f64, &b| a.min(b));
    Ok(sine.atan2(cosine))
}

/// The columns made orthonormal, by Gram–Schmidt.
fn orthonormal(basis: &Array2<f64>) -> Result<Array2<f64>> {
    let mut basis = basis.clone();
    for j in 0..basis.ncols() {
        let mut column = basis.column(j).to_owned();
        let largest = linalg::largest(&column);
        // Scaled, so that the squares neither overflow nor vanish.
        if largest > 0.0 {
            column /= largest;
        }
        let before = column.dot(&column).sqrt();
        orthogonalise(&mut column, basis.columns().into_iter().take(j));
        let after = column.dot(&column).sqrt();
        if after <= DEPENDENT * before {
            return Err(Error::Solver {
                method: "Gram–Schmidt",
                reason: format!(
                    "column {j}, counted from 0, lies in the span of those before it, and spans no direction of its own; leave it out"
                ),
            });
        }
        basis.column_mut(j).assign(&(column / after));
    }
    Ok(basis)
}
