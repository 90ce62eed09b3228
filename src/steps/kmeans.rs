//! Step 1, k-means: the method that gets two blobs right and two moons wrong.
//!
//! # Definition
//! k-means looks for k centres μ₁…μₖ and labels y that make the inertia small:
//! J = Σᵢ ‖xᵢ − μ_{yᵢ}‖². Lloyd's method alternates the two: every point goes to its nearest centre,
//! every centre to the mean of its points.
//!
//! # Must hold
//! 1 ≤ k ≤ n, every coordinate finite and small enough that its square is finite too.
//!
//! # Known value
//! On the post's moons with k = 2 the inertia is 79.8, and a quarter of the labels are wrong.

use crate::engine::lloyd;
use crate::error::{Error, Result};
use crate::guard;
use crate::linalg::distance;
use ndarray::{Array1, Array2, ArrayView1, Axis};

/// Steps of [`lloyd`] at most; a few dozen are usual.
const MAX_STEPS: usize = 300;

/// What k-means found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct KMeans {
    /// The cluster of each point; clusters are numbered in order of first appearance.
    pub labels: Array1<usize>,
    /// The centre of each cluster, one a row.
    pub centers: Array2<f64>,
    /// J = Σᵢ ‖xᵢ − μ_{yᵢ}‖², in squared units of the data.
    pub inertia: f64,
}

/// Clusters the rows of `x` into `k` clusters around centres, by Lloyd's method from the best of ten k-means++
/// starts (of fifty for up to 1024 points). The same seed gives the same answer, for any number of threads. Of more
/// than 4096 points (or 32k) the starts see a sample of so many; all points take part in the steps that follow.
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
/// 1 ≤ k ≤ n; [`Error::Value`] for coordinates beyond ±10¹⁵⁰.
///
/// # Source
/// S. P. Lloyd, "Least squares quantization in PCM", IEEE Trans. Inf. Theory 28 (1982), §II;
/// D. Arthur & S. Vassilvitskii, "k-means++", SODA 2007, §2.
pub fn kmeans(x: &Array2<f64>, k: usize, seed: u64) -> Result<KMeans> {
    let x = &*guard::points(x, 1)?;
    guard::cluster_count(k, x.nrows())?;
    guard::squares(x)?;
    let found = lloyd::best(x, k, seed);
    Ok(numbered(&found.labels, &found.centers, found.inertia))
}

/// Lloyd's method from these centres, one a row: every point goes to its nearest centre, every centre to the mean of its
/// points, until nothing changes. Slow and plain; [`kmeans`] does the same, faster, from many starts.
///
/// Each step takes O(nk) operations for each column.
///
/// ```
/// use fiedler::ndarray::array;
/// let x = array![[0.0], [1.0], [9.0], [10.0]];
/// let found = fiedler::lloyd(&x, &array![[0.0], [1.0]])?;
/// assert_eq!(found.centers, array![[0.5], [9.5]]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`kmeans`], with the number of centres for k; [`Error::Count`] where they have other columns than the points.
///
/// # Source
/// S. P. Lloyd (1982), §II.
// ANCHOR: lloyd
pub fn lloyd(x: &Array2<f64>, centers: &Array2<f64>) -> Result<KMeans> {
    let x = &*guard::points(x, 1)?;
    let mut centers = guard::points(centers, 1)?.into_owned();
    guard::cluster_count(centers.nrows(), x.nrows())?;
    if centers.ncols() != x.ncols() {
        return Err(Error::Count {
            name: "columns of the centres",
            found: centers.ncols(),
            wanted: "as many as the points have",
        });
    }
    guard::squares(x)?;
    guard::squares(&centers)?;
    for _ in 0..MAX_STEPS {
        let labels = nearest_centers(x, &centers);
        let before = centers.clone();
        for (j, mut center) in centers.rows_mut().into_iter().enumerate() {
            let own: Vec<usize> = (0..x.nrows()).filter(|&i| labels[i] == j).collect();
            if let Some(mean) = x.select(Axis(0), &own).mean_axis(Axis(0)) {
                center.assign(&mean);
            }
        }
        if centers == before {
            break;
        }
    }
    let labels = nearest_centers(x, &centers);
    let squares = x.rows().into_iter().zip(&labels);
    let squares = squares.map(|(point, &label)| distance(point, centers.row(label)).powi(2));
    let inertia = squares.sum();
    Ok(numbered(&labels, &centers, inertia))
}

/// The nearest centre of each point; of equally near ones the first.
fn nearest_centers(x: &Array2<f64>, centers: &Array2<f64>) -> Array1<usize> {
    let nearest = |point: ArrayView1<'_, f64>| {
        let distances = centers
            .rows()
            .into_iter()
            .map(|center| distance(point, center));
        let order = distances.enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
        order.map_or(0, |(label, _)| label)
    };
    x.rows().into_iter().map(nearest).collect()
}

// ANCHOR_END: lloyd

/// The clusters in order of first appearance.
fn numbered(labels: &Array1<usize>, centers: &Array2<f64>, inertia: f64) -> KMeans {
    let (labels, order) = in_order_of_appearance(labels, centers.nrows());
    KMeans {
        labels,
        centers: centers.select(Axis(0), &order),
        inertia,
    }
}

/// Renumbers labels so that the first point has label 0, the first point of another cluster label 1, …;
/// the second value lists the old labels in their new order, those of empty clusters last.
pub(crate) fn in_order_of_appearance(
    labels: &Array1<usize>,
    k: usize,
) -> (Array1<usize>, Vec<usize>) {
    let unseen = usize::MAX;
    let (mut order, mut new) = (Vec::with_capacity(k), vec![unseen; k]);
    for old in labels.iter().copied().chain(0..k) {
        if new[old] == unseen {
            new[old] = order.len();
            order.push(old);
        }
    }
    (labels.mapv(|old| new[old]), order)
}
