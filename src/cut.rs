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

use crate::checks;
use crate::edges::Edges;
use crate::error::{Error, Result};
use ndarray::{Array1, Array2};

/// The degrees dᵢ = Σⱼ aᵢⱼ: how much each point is joined to all others.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// assert_eq!(fiedler::degrees(&path)?, array![1., 2., 1.]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// What every function of a similarity matrix refuses: [`Error::NotSquare`], [`Error::NotFinite`],
/// [`Error::Negative`], [`Error::NotSymmetric`], [`Error::NoPoints`], [`Error::OnePoint`],
/// [`Error::Scale`], [`Error::TinyDegree`].
pub fn degrees(a: &Array2<f64>) -> Result<Array1<f64>> {
    let a = &*checks::similarity(a)?;
    Ok(Edges::Dense(a).degrees())
}

/// The cut: the weight of all edges between the two clusters of `y`, each edge counted once.
///
/// ```
/// use fiedler::ndarray::array;
/// let path = array![[0., 1., 0.], [1., 0., 1.], [0., 1., 0.]];
/// assert_eq!(fiedler::cut(&path, &array![0, 0, 1])?, 1.0);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`degrees`], and [`Error::Length`] or [`Error::NotTwoLabels`] for labels that are no split in two.
///
/// # Source
/// J. Shi & J. Malik, "Normalized cuts and image segmentation", IEEE TPAMI 22 (2000), §2, eq. (1).
pub fn cut(a: &Array2<f64>, y: &Array1<usize>) -> Result<f64> {
    Ok(Split::new(a, y)?.cut)
}

/// The cut as the post's loop counts it, over ordered pairs: each edge twice, so twice [`cut`].
///
/// # Errors
/// As [`cut`].
pub fn cut_ordered_pairs(a: &Array2<f64>, y: &Array1<usize>) -> Result<f64> {
    Ok(2.0 * cut(a, y)?)
}

/// The volumes of C₀ and C₁: the sums of their degrees.
///
/// # Errors
/// As [`cut`].
pub fn vols(a: &Array2<f64>, y: &Array1<usize>) -> Result<(f64, f64)> {
    let split = Split::new(a, y)?;
    Ok((split.vol0, split.vol1))
}

/// The normalised cut, cut · (1/vol(C₀) + 1/vol(C₁)): small when few edges are cut and both sides are large.
/// It lies between 0 and 2.
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
/// As [`cut`], and [`Error::EmptyCluster`] where a volume is 0.
///
/// # Source
/// J. Shi & J. Malik (2000), §2, eq. (2).
pub fn normcut(a: &Array2<f64>, y: &Array1<usize>) -> Result<f64> {
    let split = Split::with_volumes(a, y)?;
    // Two quotients of at most 1, so that rounding takes no sum above 2.
    Ok(split.cut / split.vol0 + split.cut / split.vol1)
}

/// The normalised cut as the post's loop counts it, over ordered pairs: twice [`normcut`].
///
/// # Errors
/// As [`normcut`].
pub fn normcut_ordered_pairs(a: &Array2<f64>, y: &Array1<usize>) -> Result<f64> {
    Ok(2.0 * normcut(a, y)?)
}

/// A split that was checked: which labels mean C₀ and C₁, their cut and their volumes.
pub(crate) struct Split {
    pub(crate) c0: usize,
    c1: usize,
    cut: f64,
    pub(crate) vol0: f64,
    pub(crate) vol1: f64,
}

impl Split {
    fn new(a: &Array2<f64>, y: &Array1<usize>) -> Result<Self> {
        let a = &*checks::similarity(a)?;
        let (y, (c0, c1)) = checks::two_labels(y, a.nrows())?;
        let sides = y.mapv(|label| usize::from(label != c0));
        let (cuts, volumes) = Edges::Dense(a).cuts_and_volumes(&sides, 2);
        Ok(Self {
            c0,
            c1,
            cut: cuts[0],
            vol0: volumes[0],
            vol1: volumes[1],
        })
    }

    /// A split neither volume of which is 0.
    pub(crate) fn with_volumes(a: &Array2<f64>, y: &Array1<usize>) -> Result<Self> {
        let split = Self::new(a, y)?;
        match (split.vol0 == 0.0, split.vol1 == 0.0) {
            (true, true) => Err(Error::no_edges()),
            (true, false) => Err(Error::EmptyCluster { label: split.c0 }),
            (false, true) => Err(Error::EmptyCluster { label: split.c1 }),
            (false, false) => Ok(split),
        }
    }
}
