//! Step 5, the relaxation: let z be any vector, and minimise.
//!
//! # Definition
//! A split allows z only two values. Drop that, keep the condition zᵀD𝟙 = 0 by projecting inside the
//! function, and a general optimiser can go to work. With d = D𝟙:
//!
//! ```text
//! orth(u, v)  = (uᵀv / vᵀv) v                        the part of u along v
//! orth_obj(z) = zₒᵀ(D − A)zₒ / zₒᵀDzₒ                  with zₒ = z − orth(z, d)
//! ∇orth_obj(z) = 2 P ((D − A)zₒ − R D zₒ) / zₒᵀDzₒ     with P = I − ddᵀ/dᵀd and R = orth_obj(z)
//! ```
//!
//! **The minimiser is free up to a multiple of d, and up to its scale**: orth_obj(αz + βd) = orth_obj(z).
//! So [`project`] it before you read its signs. The post does not, and gets a muddled picture.
//!
//! # Must hold
//! A is a similarity matrix without isolated points; z is not a multiple of d.
//!
//! # Known value
//! On the post's moons the minimum is λ₂ = 0.005384412046144769. SciPy's general optimiser stops at
//! 0.005386460582272368 after 34,784 evaluations.

#[cfg(feature = "minimize")]
mod by_argmin;
mod minimum;

use crate::error::{Error, Result};
use crate::guard;
use ndarray::{Array1, Array2, Axis};
use std::borrow::Cow;

pub use minimum::{Gradient, Minimum, Step, Stop};

/// The part of `u` along `v`: (uᵀv / vᵀv) v.
///
/// ```
/// use fiedler::ndarray::array;
/// assert_eq!(fiedler::orth(&array![1., 2.], &array![2., 0.])?, array![1., 0.]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::Length`], [`Error::VectorNotFinite`] or [`Error::VectorScale`]; [`Error::ZeroVector`] where `v`
/// is zero.
// ANCHOR: orth
pub fn orth(u: &Array1<f64>, v: &Array1<f64>) -> Result<Array1<f64>> {
    let v = &*guard::scaled_vector("v", v, v.len())?;
    let u = &*guard::scaled_vector("u", u, v.len())?;
    if v.iter().all(|&entry| entry == 0.0) {
        return Err(Error::ZeroVector);
    }
    Ok(along(u, v))
}
// ANCHOR_END: orth

/// z without its part along d = D𝟙: the vector whose signs mean something.
///
/// Takes O(n²) operations, for the degrees.
///
/// ```
/// use fiedler::ndarray::array;
/// let edge = array![[0., 1.], [1., 0.]];
/// assert_eq!(fiedler::project(&edge, &array![5., 3.])?, array![1., -1.]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`crate::degrees`], [`Error::NoEdges`], and [`Error::Length`], [`Error::VectorNotFinite`] or
/// [`Error::VectorScale`] for `z`.
pub fn project(a: &Array2<f64>, z: &Array1<f64>) -> Result<Array1<f64>> {
    let a = &*guard::similarity(a)?;
    let z = &*guard::scaled_vector("z", z, a.nrows())?;
    let d = a.sum_axis(Axis(1));
    if d.sum() == 0.0 {
        return Err(Error::no_edges());
    }
    Ok(z - along(z, &d))
}

/// The normalised cut of a z that may take any values: its Rayleigh quotient after the projection off d.
///
/// Takes O(n²) operations, for the product Az.
///
/// ```
/// use fiedler::ndarray::array;
/// let edge = array![[0., 1.], [1., 0.]];
/// assert_eq!(fiedler::orth_obj(&edge, &array![5., 3.])?, 2.0);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`project`], [`Error::IsolatedPoints`], and [`Error::ZeroVector`] where z is a multiple of d.
// ANCHOR: orth_obj
pub fn orth_obj(a: &Array2<f64>, z: &Array1<f64>) -> Result<f64> {
    let (a, d, z) = relaxed(a, z)?;
    Ok(value(&a, &d, &z))
}
// ANCHOR_END: orth_obj

/// The gradient of [`orth_obj`] at `z`.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// // At the minimum it is 0: z = (1, 0, −1), with λ₂ = 1.
/// let slope = fiedler::orth_obj_gradient(&path, &array![1., 0., -1.])?;
/// assert!(slope.iter().all(|entry| entry.abs() < 1e-15));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`orth_obj`].
pub fn orth_obj_gradient(a: &Array2<f64>, z: &Array1<f64>) -> Result<Array1<f64>> {
    let (a, d, z) = relaxed(a, z)?;
    Ok(value_and_gradient(&a, &d, &z).1)
}

// ANCHOR: along
/// (uᵀv / vᵀv) v.
fn along(u: &Array1<f64>, v: &Array1<f64>) -> Array1<f64> {
    v * (u.dot(v) / v.dot(v))
}
// ANCHOR_END: along

// ANCHOR: value
/// R of z without its part along d.
fn value(a: &Array2<f64>, d: &Array1<f64>, z: &Array1<f64>) -> f64 {
    let z = z - along(z, d);
    let dz = d * &z;
    z.dot(&(&dz - &a.dot(&z))) / z.dot(&dz)
}
// ANCHOR_END: value

// ANCHOR: value_and_gradient
fn value_and_gradient(a: &Array2<f64>, d: &Array1<f64>, z: &Array1<f64>) -> (f64, Array1<f64>) {
    let z = z - along(z, d);
    let dz = d * &z;
    let lz = &dz - &a.dot(&z);
    let mass = z.dot(&dz);
    let value = z.dot(&lz) / mass;
    let gradient = (lz - dz * value) * (2.0 / mass);
    (value, &gradient - along(&gradient, d))
}
// ANCHOR_END: value_and_gradient

/// A, its degrees and z in standard layout.
type Relaxed<'a> = (Cow<'a, Array2<f64>>, Array1<f64>, Cow<'a, Array1<f64>>);

/// A, d and z, of which something is left without its part along d.
fn relaxed<'a>(a: &'a Array2<f64>, z: &'a Array1<f64>) -> Result<Relaxed<'a>> {
    let (a, d) = guard::joined(a)?;
    let z = guard::scaled_vector("z", z, d.len())?;
    let rest = &*z - along(&z, &d);
    // What rounding leaves of a multiple of d.
    let noise = 4.0 * f64::EPSILON * z.len() as f64 * z.dot(&*z).sqrt();
    if rest.dot(&rest).sqrt() <= noise {
        return Err(Error::ZeroVector);
    }
    Ok((a, d, z))
}

/// Minimises [`orth_obj`] from `start`. Needs the feature `minimize`.
///
/// Each step takes O(n²) operations by the formula, and O(n³) by differences.
///
/// ```
/// use fiedler::{Gradient, data::blog_moons, minimize_orth_obj, similarity_matrix, transform};
/// let moons = blog_moons();
/// let a = similarity_matrix(&moons.x, 0.4)?;
/// let start = transform(&a, &moons.y)?;
/// let found = minimize_orth_obj(&a, &start, Gradient::Exact)?;
/// assert!((found.value - 0.005_384_412_046_144_769).abs() < 1e-12);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`orth_obj`] at `start`; [`Error::Solver`] where the optimiser fails before its first step.
///
/// # Source
/// J. Nocedal & S. J. Wright, "Numerical Optimization" (2006), §6.1 (BFGS), §7.2 (L-BFGS);
/// line search by J. J. Moré & D. J. Thuente (1994); all as argmin implements them.
#[cfg(feature = "minimize")]
pub fn minimize_orth_obj(
    a: &Array2<f64>,
    start: &Array1<f64>,
    gradient: Gradient,
) -> Result<Minimum> {
    minimize_orth_obj_observed(a, start, gradient, |_| {})
}

/// [`minimize_orth_obj`] with an observer that is called after each step: to show progress.
///
/// # Errors
/// As [`minimize_orth_obj`].
#[cfg(feature = "minimize")]
pub fn minimize_orth_obj_observed(
    a: &Array2<f64>,
    start: &Array1<f64>,
    gradient: Gradient,
    observer: impl FnMut(&Step) + 'static,
) -> Result<Minimum> {
    let (a, d, start) = relaxed(a, start)?;
    by_argmin::minimized(&a, &d, &start, gradient, observer)
}
