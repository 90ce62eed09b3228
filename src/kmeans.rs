//! Step 1, k-means: the method that gets two blobs right and two moons wrong.
//!
//! # Definition
//! k-means looks for k centres μ₁…μₖ and labels y that make the inertia small:
//! J = Σᵢ ‖xᵢ − μ_{yᵢ}‖². Lloyd's method alternates the two: every point goes to its nearest centre,
//! every centre to the mean of its points.
//!
//! # Must hold
//! 1 ≤ k ≤ n, every coordinate finite.
//!
//! # Known value
//! On the post's moons with k = 2 the inertia is 81.2, and a quarter of the labels are wrong.

use crate::checks;
use crate::error::{Error, Result};
use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use linfa_clustering::KMeans as LinfaKMeans;
use ndarray::{Array1, Array2, Axis};
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;

/// What k-means found.
#[derive(Debug, Clone, PartialEq)]
pub struct KMeans {
    /// The cluster of each point; clusters are numbered in order of first appearance.
    pub labels: Array1<usize>,
    /// The centre of each cluster, one a row.
    pub centers: Array2<f64>,
    /// J = Σᵢ ‖xᵢ − μ_{yᵢ}‖², in squared units of the data.
    pub inertia: f64,
}

/// Clusters the rows of `x` into `k` clusters around centres, by Lloyd's method (linfa-clustering,
/// k-means++ starts, the best of ten). The same seed gives the same answer.
///
/// ```
/// use fiedler::ndarray::array;
/// let x = array![[0.0], [1.0], [9.0], [10.0]];
/// let found = fiedler::kmeans(&x, 2, 0)?;
/// assert_eq!(found.labels, array![0, 0, 1, 1]);
/// assert!((found.inertia - 1.0).abs() < 1e-12);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoPoints`], [`Error::NoColumns`], [`Error::NotFinite`]; [`Error::ClusterCount`] unless
/// 1 ≤ k ≤ n; [`Error::Solver`] where linfa gives up.
///
/// # Source
/// S. P. Lloyd, "Least squares quantization in PCM", IEEE Trans. Inf. Theory 28 (1982), §II;
/// D. Arthur & S. Vassilvitskii, "k-means++", SODA 2007, §2.
pub fn kmeans(x: &Array2<f64>, k: usize, seed: u64) -> Result<KMeans> {
    checks::points(x, 1)?;
    let n = x.nrows();
    if k == 0 || k > n {
        return Err(Error::ClusterCount { k, n });
    }
    let points = DatasetBase::from(x.view());
    let model = LinfaKMeans::params_with_rng(k, Xoshiro256Plus::seed_from_u64(seed))
        .n_runs(10)
        .max_n_iterations(300)
        .tolerance(1e-6)
        .fit(&points)
        .map_err(|error| Error::Solver {
            method: "k-means",
            reason: error.to_string(),
        })?;
    let found: Array1<usize> = model.predict(x);

    let (labels, order) = in_order_of_appearance(&found, k);
    let centers = model.centroids().select(Axis(0), &order);
    let inertia = inertia(x, &centers, &labels);
    Ok(KMeans {
        labels,
        centers,
        inertia,
    })
}

/// Renumbers labels so that the first point has label 0, the first point of another cluster label 1, …;
/// the second value lists the old labels in their new order, those of empty clusters last.
fn in_order_of_appearance(labels: &Array1<usize>, k: usize) -> (Array1<usize>, Vec<usize>) {
    let mut order: Vec<usize> = Vec::with_capacity(k);
    for old in labels.iter().copied().chain(0..k) {
        if !order.contains(&old) {
            order.push(old);
        }
    }
    let mut new = vec![0; k];
    for (label, &old) in order.iter().enumerate() {
        new[old] = label;
    }
    (labels.mapv(|old| new[old]), order)
}

/// J = Σᵢ ‖xᵢ − μ_{yᵢ}‖².
fn inertia(x: &Array2<f64>, centers: &Array2<f64>, labels: &Array1<usize>) -> f64 {
    let squared = |(point, &label): (ndarray::ArrayView1<'_, f64>, &usize)| {
        (&point - &centers.row(label))
            .mapv(|difference| difference * difference)
            .sum()
    };
    x.outer_iter().zip(labels).map(squared).sum()
}
