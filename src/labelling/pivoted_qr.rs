//! Labels by QR with column pivoting: k rows as different as can be stand for the clusters.
//!
//! # Definition
//! Let V (n × k) hold the eigenvectors.
//! 1. QR with column pivoting of Vᵀ picks k rows of V: the longest first, then each time the row of which most is
//!    left beside those picked.
//! 2. R is the rotation nearest to the k × k matrix of these rows, in columns.
//! 3. Vertex i gets the label argmaxⱼ |(VR)ᵢⱼ|.
//!
//! There is no start to choose and nothing to iterate. For k components R takes each component to an axis.
//!
//! # Must hold
//! V is finite, of rank k.
//!
//! # Known value
//! The rows (1, 1), (1, 1), (1, −1) give the labels 0, 0, 1.
//!
//! # Source
//! A. Damle, V. Minden & L. Ying, "Simple, direct and efficient multi-way spectral clustering", Information and
//! Inference 8 (2019), §3, algorithm 1.

use super::{Rotated, largest_column, polar, renumbered};
use crate::error::{Error, Result};
use ndarray::{Array1, Array2, Axis};

/// What is left of a row, relative to the largest entry and per column, when it lies in the span of others.
const DEPENDENT: f64 = 1e-12;

/// Labels of the rows of an embedding, as many clusters as columns, by pivoted QR. Meant for orthonormal columns,
/// the w of [`crate::Laplacian::Symmetric`]; other embeddings are taken as they are, and their scale does not count.
///
/// ```
/// use fiedler::{ndarray::array, pivoted_qr};
/// assert_eq!(pivoted_qr(&array![[1., 1.], [1., 1.], [1., -1.]])?.labels, array![0, 0, 1]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoPoints`], [`Error::NoColumns`], [`Error::NotFinite`]; [`Error::ClusterCount`] for more columns than rows;
/// [`Error::FewerClusters`] where the rank is below k, or a cluster stays empty.
///
/// # Source
/// A. Damle, V. Minden & L. Ying (2019), algorithm 1.
pub fn pivoted_qr(embedding: &Array2<f64>) -> Result<Rotated> {
    let embedding = &*super::rows(embedding)?;
    let largest = embedding.fold(0.0, |largest: f64, entry| largest.max(entry.abs()));
    let unit = if largest == 0.0 { 1.0 } else { largest };
    let v = embedding / unit;
    let picked = v.select(Axis(0), &pivots(v.clone())?);
    let (rotation, _) = polar::nearest_rotation(&picked.reversed_axes());
    let sizes = v.dot(&rotation).mapv(f64::abs);
    let labels = sizes.rows().into_iter().map(largest_column).collect();
    renumbered(&labels, &rotation)
}

/// The first k pivots, by Gram–Schmidt on the rows: `rest` is what is left of each beside those picked.
fn pivots(mut rest: Array2<f64>) -> Result<Vec<usize>> {
    let k = rest.ncols();
    let mut picked = Vec::with_capacity(k);
    for found in 0..k {
        let left: Array1<f64> = rest.rows().into_iter().map(|row| row.dot(&row)).collect();
        let pivot = largest_column(left.view());
        let length = left[pivot].sqrt();
        if length <= DEPENDENT * k as f64 {
            return Err(Error::FewerClusters { asked: k, found });
        }
        picked.push(pivot);
        let direction = &rest.row(pivot) / length;
        for mut row in rest.rows_mut() {
            let share = row.dot(&direction);
            row.scaled_add(-share, &direction);
        }
    }
    Ok(picked)
}
