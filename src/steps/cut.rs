//! Step 3, cut and volume: what makes a split good.
//!
//! # Definition
//! For a split of the points into C₀ and C₁, with degrees dᵢ = Σⱼ aᵢⱼ:
//!
//! ```text
//! cut(C₀, C₁) = Σ_{i ∈ C₀, j ∈ C₁} aᵢⱼ       vol(C) = Σ_{i ∈ C} dᵢ
//! normcut(C₀, C₁) = cut(C₀, C₁) · (1/vol(C₀) + 1/vol(C₁))
//! ```
//!
//! **The convention.** [`cut`] counts each cut edge once, as the formula does. The post's loop runs over
//! all ordered pairs (i, j) and so counts each edge twice; [`cut_ordered_pairs`] and
//! [`normcut_ordered_pairs`] give that number, exactly twice as large.
//!
//! # Must hold
//! A is a similarity matrix (square, symmetric, finite, nonnegative); the labels take exactly two values,
//! and C₀ holds the points of the smaller one; for the normalised cut no volume is 0.
//!
//! # Known value
//! The post's moons, ε = 0.4, the true labels: cut 13 (26 in ordered pairs), volumes 2299 and 2217,
//! normcut 0.011518412331615225.

use crate::error::Result;
use crate::guard;
use ndarray::{Array1, Array2, Axis};

/// The degrees dᵢ = Σⱼ aᵢⱼ: how much each point is joined to all others.
///
/// Takes O(n²) operations: it looks at every entry of A.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// assert_eq!(fiedler::degrees(&path)?, array![1., 2., 1.]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// What every function of a similarity matrix refuses: [`crate::Error::NotSquare`], [`crate::Error::NotFinite`],
/// [`crate::Error::Negative`], [`crate::Error::NotSymmetric`], [`crate::Error::NoPoints`], [`crate::Error::OnePoint`],
/// [`crate::Error::Scale`], [`crate::Error::TinyDegree`].
pub fn degrees(a: &Array2<f64>) -> Result<Array1<f64>> {
    let a = &*guard::similarity(a)?;
    Ok(a.sum_axis(Axis(1)))
}

/// The cut: the weight of all edges between the two clusters of `y`, each edge counted once.
///
/// Takes O(n²) operations: it looks at every entry of A.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// assert_eq!(fiedler::cut(&path, &array![0, 0, 1])?, 1.0);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`degrees`], and [`crate::Error::Length`] or [`crate::Error::NotTwoLabels`] for labels that are no split in two.
///
/// # Source
/// J. Shi & J. Malik, "Normalized cuts and image segmentation", IEEE TPAMI 22 (2000), §2, eq. (1).
// ANCHOR: cut
pub fn cut(a: &Array2<f64>, y: &Array1<usize>) -> Result<f64> {
    let (a, y) = guard::split(a, y)?;
    let cut = a
        .indexed_iter()
        .filter(|&((i, j), _)| y[i] == 0 && y[j] == 1);
    Ok(cut.map(|(_, weight)| weight).sum())
}

// ANCHOR_END: cut

/// The cut as the post's loop counts it, over ordered pairs: each edge twice, so twice [`cut`].
///
/// # Errors
/// As [`cut`].
pub fn cut_ordered_pairs(a: &Array2<f64>, y: &Array1<usize>) -> Result<f64> {
    Ok(2.0 * cut(a, y)?)
}

/// The volumes of C₀ and C₁: the sums of their degrees.
///
/// Takes O(n²) operations: it looks at every entry of A.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// assert_eq!(fiedler::vols(&path, &array![0, 0, 1])?, (3.0, 1.0));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`cut`].
// ANCHOR: vols
pub fn vols(a: &Array2<f64>, y: &Array1<usize>) -> Result<(f64, f64)> {
    let (a, y) = guard::split(a, y)?;
    let d = a.sum_axis(Axis(1));
    let vol = |c: usize| (0..y.len()).filter(|&i| y[i] == c).map(|i| d[i]).sum();
    Ok((vol(0), vol(1)))
}
// ANCHOR_END: vols

/// The normalised cut, cut · (1/vol(C₀) + 1/vol(C₁)): small when few edges are cut and both sides are large.
/// It lies between 0 and 2.
///
/// Takes O(n²) operations: it looks at every entry of A.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// let split = array![0, 0, 1]; // cut 1, volumes 3 and 1
/// assert!((fiedler::normcut(&path, &split)? - 4.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`cut`], and [`crate::Error::EmptyCluster`] where a volume is 0.
///
/// # Source
/// J. Shi & J. Malik (2000), §2, eq. (2).
// ANCHOR: normcut
pub fn normcut(a: &Array2<f64>, y: &Array1<usize>) -> Result<f64> {
    let cut = cut(a, y)?;
    let (vol0, vol1) = guard::both_positive(vols(a, y)?, y)?;
    Ok((cut / vol0 + cut / vol1).min(2.0))
}
// ANCHOR_END: normcut

/// The normalised cut as the post's loop counts it, over ordered pairs: twice [`normcut`].
///
/// # Errors
/// As [`normcut`].
pub fn normcut_ordered_pairs(a: &Array2<f64>, y: &Array1<usize>) -> Result<f64> {
    Ok(2.0 * normcut(a, y)?)
}
