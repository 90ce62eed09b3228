//! Step 4, the z vector: labels written so that the normalised cut becomes a quotient.
//!
//! # Definition
//! zᵢ = 1/vol(C₀) for i ∈ C₀, and zᵢ = −1/vol(C₁) for i ∈ C₁. Then, with D = diag(d),
//!
//! ```text
//! normcut(C₀, C₁) = zᵀ(D − A)z / zᵀDz      and      zᵀD𝟙 = 0
//! ```
//!
//! (The post has a factor 2 in front, because its cut counts each edge twice: see [`mod@crate::cut`].)
//!
//! # Must hold
//! As for the normalised cut: two labels, no volume 0.
//!
//! # Known value
//! On the post's moons z is 1/2299 = 0.00043497 on one moon and −1/2217 = −0.00045106 on the other.

use crate::cut::vols;
use crate::error::{Error, Result};
use crate::guard;
use ndarray::{Array1, Array2, Axis};

/// The vector z of the labels `y`: 1/vol(C₀) where the label is the smaller one, −1/vol(C₁) elsewhere.
///
/// Takes O(n²) operations.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// let z = fiedler::transform(&path, &array![0, 0, 1])?;
/// assert_eq!(z, array![1. / 3., 1. / 3., -1.]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`crate::normcut`].
// ANCHOR: transform
pub fn transform(a: &Array2<f64>, y: &Array1<usize>) -> Result<Array1<f64>> {
    let (vol0, vol1) = guard::both_positive(vols(a, y)?, y)?;
    let (_, y) = guard::split(a, y)?;
    Ok(y.mapv(|c| if c == 0 { 1.0 / vol0 } else { -1.0 / vol1 }))
}
// ANCHOR_END: transform

/// The Rayleigh quotient R(z) = zᵀ(D − A)z / zᵀDz. It lies between 0 and 2. The numerator is summed edge by edge,
/// Σ aᵢⱼ(zᵢ − zⱼ)²: a small cut beside large weights keeps its digits.
///
/// Takes O(n²) operations.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// let constant = array![5., 5., 5.];
/// assert_eq!(fiedler::rayleigh_quotient(&path, &constant)?, 0.0);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`crate::degrees`]; [`Error::Length`], [`Error::VectorNotFinite`] or [`Error::VectorScale`] for `z`;
/// [`Error::NoEdges`] without edges; [`Error::ZeroVector`] where zᵀDz = 0.
// ANCHOR: rayleigh_quotient
pub fn rayleigh_quotient(a: &Array2<f64>, z: &Array1<f64>) -> Result<f64> {
    let a = &*guard::similarity(a)?;
    let z = &*guard::scaled_vector("z", z, a.nrows())?;
    let d = a.sum_axis(Axis(1));
    if d.sum() == 0.0 {
        return Err(Error::no_edges());
    }
    // Each edge stands in the matrix twice.
    let terms = a
        .indexed_iter()
        .map(|((i, j), weight)| weight * (z[i] - z[j]).powi(2));
    let (energy, mass) = (terms.sum::<f64>() / 2.0, z.dot(&(&d * z)));
    if mass > 0.0 {
        Ok((energy / mass).min(2.0))
    } else {
        Err(Error::ZeroVector)
    }
}
// ANCHOR_END: rayleigh_quotient
