//! Step 7, all together: from points to labels in one function.
//!
//! # Definition
//! Build the graph, take its Fiedler vector, read its signs.
//!
//! # Must hold
//! The graph has no isolated points, at most two components, and a second eigenvalue of its own.
//!
//! # Known value
//! On the post's moons with ε = 0.4, 199 of 200 labels are right (0.995); k-means has 149.

use crate::advice::for_epsilon;
use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::guard;
use crate::linalg::largest;
use ndarray::{Array1, Array2};

/// Entries of z this small beside the largest are 0 but for rounding.
const ZERO: f64 = 1e-12;

/// Splits the points in two by spectral clustering: the label of each row of `x`, 0 or 1.
///
/// Two points are joined where they lie within `epsilon` of each other. Which cluster is called 0 has no
/// meaning.
///
/// Neighbours are found by a tree and the eigenvector from the edges alone: nearly O(n + edges) where ε is small.
///
/// ```
/// use fiedler::{agreement, data::blog_moons, spectral_clustering};
/// let moons = blog_moons();
/// let labels = spectral_clustering(&moons.x, 0.4)?;
/// assert_eq!(agreement(&labels, &moons.y)?, 0.995);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// What [`crate::similarity_matrix`] and [`crate::fiedler_vector`] refuse. Of those, `epsilon` too small gives
/// [`Error::NoEdges`], [`Error::IsolatedPoints`] or [`Error::TooManyComponents`], and `epsilon` too large
/// [`Error::NoStructure`].
///
/// # Source
/// J. Shi & J. Malik, "Normalized cuts and image segmentation", IEEE TPAMI 22 (2000), §3.
// ANCHOR: spectral_clustering
pub fn spectral_clustering(x: &Array2<f64>, epsilon: f64) -> Result<Array1<usize>> {
    let graph = Graph::epsilon(x, epsilon)?;
    let fiedler = graph
        .fiedler_vector()
        .map_err(|error| for_epsilon(x, epsilon, error))?;
    labels_by_sign(&fiedler.vector)
}
// ANCHOR_END: spectral_clustering

/// The label 1 where z is positive, 0 elsewhere; what rounding leaves of a 0 counts as 0.
///
/// ```
/// use fiedler::ndarray::array;
/// assert_eq!(fiedler::labels_by_sign(&array![0.5, -0.5, 1e-17])?, array![1, 0, 0]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::VectorNotFinite`]; [`Error::NoPoints`] for an empty vector.
pub fn labels_by_sign(z: &Array1<f64>) -> Result<Array1<usize>> {
    labels_above(z, 0.0)
}

/// The label 1 where z exceeds `threshold`, 0 elsewhere.
///
/// # Errors
/// As [`labels_by_sign`], and [`Error::Parameter`] where the threshold is NaN.
pub fn labels_above(z: &Array1<f64>, threshold: f64) -> Result<Array1<usize>> {
    let z = &*guard::vector("z", z, z.len())?;
    if z.is_empty() {
        return Err(Error::NoPoints);
    }
    if threshold.is_nan() {
        return Err(Error::Parameter {
            name: "threshold",
            value: threshold,
            wanted: "a number",
        });
    }
    let largest = largest(z);
    Ok(z.mapv(|entry| usize::from(entry - threshold > ZERO * largest)))
}

/// The share of points on which two splits in two agree, when the names of the clusters do not count:
/// from 0.5, no agreement at all, to 1.
///
/// ```
/// use fiedler::ndarray::array;
/// assert_eq!(fiedler::agreement(&array![0, 0, 1, 1], &array![1, 1, 0, 1])?, 0.75);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::Length`] where they differ in length, [`Error::NoPoints`] where they are empty, and
/// [`Error::NotZeroOrOne`] where a label other than 0 and 1 stands in either.
pub fn agreement(labels: &Array1<usize>, truth: &Array1<usize>) -> Result<f64> {
    guard::length("labels", labels.len(), truth.len())?;
    if truth.is_empty() {
        return Err(Error::NoPoints);
    }
    let both = [labels, truth].map(|y| y.iter().enumerate());
    if let Some((point, &label)) = both.into_iter().flatten().find(|&(_, &label)| label > 1) {
        return Err(Error::NotZeroOrOne { point, label });
    }
    let equal = labels
        .iter()
        .zip(truth)
        .filter(|(label, true_label)| label == true_label)
        .count();
    let share = equal as f64 / truth.len() as f64;
    Ok(share.max(1.0 - share))
}
