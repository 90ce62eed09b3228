//! The conductance of clusters, and Cheeger's bounds of the smallest.

use crate::error::{Error, Result};
use crate::graph::Graph;
use ndarray::Array1;

/// The conductance of each cluster, cut(C, V∖C) / min(vol(C), vol(V∖C)): between 0 and 1. One cluster alone is not
/// cut from anything, and has 0.
///
/// ```
/// use fiedler::{certificate::conductance, graph::known::path, ndarray::array};
/// let found = conductance(&path(4)?, &array![0, 1, 1, 1])?; // cut 1, volumes 1 and 5
/// assert_eq!(found, array![1.0, 1.0]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`Graph::normcut`].
///
/// # Source
/// F. R. K. Chung (1997), §2.2.
pub fn conductance(graph: &Graph, labels: &Array1<usize>) -> Result<Array1<f64>> {
    let (cuts, volumes) = graph.cuts_and_positive_volumes(labels)?;
    Ok(conductances(&cuts, &volumes))
}

/// The conductances of clusters of these cuts and volumes, none of which is 0.
pub(crate) fn conductances(cuts: &Array1<f64>, volumes: &Array1<f64>) -> Array1<f64> {
    let rest = |c: usize| -> f64 {
        let others = volumes.iter().enumerate().filter(|&(other, _)| other != c);
        others.map(|(_, volume)| volume).sum()
    };
    if volumes.len() == 1 {
        return Array1::zeros(1);
    }
    // No cut is larger than either volume, but for rounding.
    let of = |c: usize| (cuts[c] / volumes[c].min(rest(c))).min(1.0);
    (0..volumes.len()).map(of).collect()
}

/// Cheeger's bounds of the smallest conductance φ of a graph: λ₂/2 ≤ φ ≤ √(2λ₂).
///
/// ```
/// assert_eq!(fiedler::certificate::cheeger_bounds(0.5)?, (0.25, 1.0));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::Parameter`] unless 0 ≤ λ₂ ≤ 2.
///
/// # Source
/// F. R. K. Chung (1997), lemma 2.1 and theorem 2.2.
pub fn cheeger_bounds(lambda2: f64) -> Result<(f64, f64)> {
    if (0.0..=2.0).contains(&lambda2) {
        Ok((lambda2 / 2.0, (2.0 * lambda2).sqrt()))
    } else {
        Err(Error::Parameter {
            name: "lambda2",
            value: lambda2,
            wanted: "between 0 and 2, as every eigenvalue of D⁻¹(D − A)",
        })
    }
}
