//! Step 10, the labels: from an embedding to k clusters, four ways; and how many, by the eigengap.
//!
//! # Definition
//! | way | from | function |
//! |---|---|---|
//! | best threshold | the second eigenvector: all n − 1 cuts along it | [`sweep`] |
//! | k-means | rows of k numbers: k centres | [`labels_by_kmeans`] |
//! | discretisation | rows of unit length: the rotation that brings them nearest to the axes | [`discretize`] |
//! | pivoted QR | k rows as different as can be, turned onto the axes | [`pivoted_qr`] |
//! | eigengap | the eigenvalues: k where the next one is much larger, and whether that stands out | [`eigengap`] |
//!
//! Two clusters by sign alone: [`crate::labels_by_sign`].
//!
//! # Must hold
//! Finite numbers, one row a vertex, no more columns than rows. A way that finds fewer clusters than it was
//! asked for says so ([`crate::Error::FewerClusters`]) instead of returning them.
//!
//! # Known value
//! On the post's moons with ε = 0.4 the best threshold is the truth itself: cut 13, Ncut 0.011518412331615225;
//! the sign gives 0.012408541372271941.

mod discretize;
mod eigengap;
mod pivoted_qr;
mod sweep;

pub use discretize::discretize;
pub use eigengap::{Candidate, Eigengap, LEAP, eigengap};
pub use pivoted_qr::pivoted_qr;
pub use sweep::{Sweep, sweep};

use crate::error::{Error, Result};
use crate::guard;
use crate::kmeans::{self, KMeans};
use ndarray::{Array1, Array2, Axis};
use std::borrow::Cow;

/// Labels, and the rotation that makes them readable off the axes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Rotated {
    /// The cluster of each vertex: the column in which its rotated row is largest. Clusters are numbered in order of
    /// first appearance.
    pub labels: Array1<usize>,
    /// R with RᵀR = I, shape k × k: `embedding.dot(&rotation)` has its rows near the axes.
    pub rotation: Array2<f64>,
}

/// Clusters the rows by [`crate::kmeans()`], and refuses to return fewer clusters than `k`.
///
/// ```
/// use fiedler::{Error, labelling::labels_by_kmeans, ndarray::array};
/// let rows = array![[0.5, 0.5], [0.5, 0.5], [0.5, -0.5]];
/// assert_eq!(labels_by_kmeans(&rows, 2, 0)?.labels, array![0, 0, 1]);
/// assert_eq!(labels_by_kmeans(&rows, 3, 0), Err(Error::FewerClusters { asked: 3, found: 2 }));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`crate::kmeans()`]; [`Error::FewerClusters`] where fewer than k centres have points.
///
/// # Source
/// A. Ng, M. Jordan & Y. Weiss (2002), §2, step 5.
pub fn labels_by_kmeans(embedding: &Array2<f64>, k: usize, seed: u64) -> Result<KMeans> {
    let found = kmeans::kmeans(embedding, k, seed)?;
    all_taken(&found.labels, k)?;
    Ok(found)
}

/// The rows of an embedding: finite, and no more columns than rows.
fn rows(embedding: &Array2<f64>) -> Result<Cow<'_, Array2<f64>>> {
    let rows = guard::points(embedding, 1)?;
    guard::cluster_count(rows.ncols(), rows.nrows())?;
    Ok(rows)
}

/// Each of the labels 0 … k − 1 is taken.
fn all_taken(labels: &Array1<usize>, k: usize) -> Result<()> {
    match count(labels, k) {
        found if found < k => Err(Error::FewerClusters { asked: k, found }),
        _ => Ok(()),
    }
}

/// How many of the labels 0 … k − 1 are taken.
fn count(labels: &Array1<usize>, k: usize) -> usize {
    let mut taken = vec![false; k];
    labels.iter().for_each(|&label| taken[label] = true);
    taken.into_iter().filter(|&taken| taken).count()
}

/// Labels in order of first appearance, the rotation's columns with them.
fn renumbered(labels: &Array1<usize>, rotation: &Array2<f64>) -> Result<Rotated> {
    let k = rotation.ncols();
    all_taken(labels, k)?;
    let (labels, order) = kmeans::in_order_of_appearance(labels, k);
    Ok(Rotated {
        labels,
        rotation: rotation.select(Axis(1), &order),
    })
}
