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

use crate::checks;
use crate::error::{Error, Result};
use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_clustering::KMeans as LinfaKMeans;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;
use rayon::prelude::*;

/// Steps after which Lloyd's method is stopped; it needs a dozen.
const MAX_STEPS: usize = 300;
/// Up to so many points the starts see all of them.
const ALL: usize = 16_384;
/// Of more points, about so many, or a hundred a cluster.
const SAMPLE: usize = 4096;
/// Points that one thread takes at a time.
const CHUNK: usize = 8192;
/// Coordinates beyond this size have sums of squares that f64 does not hold.
const LARGEST: f64 = 1e150;

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
/// k-means++ starts, the best of ten). The same seed gives the same answer. Of more than 16,384 points the starts see
/// some thousands; all of them take part in the steps that follow.
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
/// 1 ≤ k ≤ n; [`Error::Parameter`] for coordinates beyond ±10¹⁵⁰; [`Error::Solver`] where linfa gives up.
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
    let size = largest(x);
    if size > LARGEST {
        return Err(Error::Parameter {
            name: "the largest coordinate",
            value: size,
            wanted: "at most 1e150, so that squared distances are finite; take another unit",
        });
    }
    // linfa stops when the centres move by less than an absolute tolerance: so the first point becomes the
    // origin, and the farthest coordinate the unit.
    let origin = x.row(0).to_owned();
    let moved = x - &origin;
    let unit = match largest(&moved) {
        0.0 => 1.0,
        farthest => farthest,
    };
    let points = (moved / unit).as_standard_layout().to_owned();
    // Of many points the starts see some, evenly spread; all take part in what follows.
    let some = points.select(Axis(0), &sample(n, k));
    let model = LinfaKMeans::params_with_rng(k, Xoshiro256Plus::seed_from_u64(seed))
        .n_runs(10)
        .max_n_iterations(300)
        .tolerance(1e-6)
        .fit(&DatasetBase::from(some.view()))
        .map_err(|error| Error::Solver {
            method: "k-means",
            reason: error.to_string(),
        })?;
    let (found, centers) = settle(&points, model.centroids().clone());

    let (labels, order) = in_order_of_appearance(&found, k);
    let centers = centers.select(Axis(0), &order);
    let inertia = inertia(&points, &centers, &labels) * unit * unit;
    Ok(KMeans {
        labels,
        centers: centers * unit + &origin,
        inertia,
    })
}

/// The rows that the starts see: all, or of more than [`ALL`] every few.
fn sample(n: usize, k: usize) -> Vec<usize> {
    let stride = if n <= ALL {
        1
    } else {
        n / SAMPLE.max(100 * k).min(n)
    };
    (0..n).step_by(stride).collect()
}

/// Lloyd's two steps until no point changes its cluster. linfa counts each old centre among the points of
/// its cluster, and so only comes near the means.
fn settle(x: &Array2<f64>, mut centers: Array2<f64>) -> (Array1<usize>, Array2<f64>) {
    let mut pass = Pass::new(x, &centers);
    for _ in 0..MAX_STEPS {
        pass.move_to_means(&mut centers);
        let before = std::mem::replace(&mut pass, Pass::new(x, &centers));
        if pass.labels == before.labels {
            break;
        }
    }
    (pass.labels.into(), centers)
}

/// One pass over the points: the nearest centre of each, and on the way the sums that give the next centres.
struct Pass {
    labels: Vec<usize>,
    sums: Array2<f64>,
    counts: Vec<usize>,
}

impl Pass {
    /// In parallel, over chunks that do not depend on the number of threads; their sums are added in order.
    fn new(x: &Array2<f64>, centers: &Array2<f64>) -> Self {
        let chunks: Vec<_> = x.axis_chunks_iter(Axis(0), CHUNK).collect();
        let parts = chunks
            .into_par_iter()
            .map(|rows| Self::of(rows, centers))
            .collect::<Vec<_>>();
        let mut all = Self {
            labels: Vec::with_capacity(x.nrows()),
            sums: Array2::zeros(centers.dim()),
            counts: vec![0; centers.nrows()],
        };
        for part in parts {
            all.labels.extend(part.labels);
            all.sums += &part.sums;
            let counts = all.counts.iter_mut().zip(part.counts);
            counts.for_each(|(count, more)| *count += more);
        }
        all
    }

    fn of(rows: ArrayView2<'_, f64>, centers: &Array2<f64>) -> Self {
        let mut part = Self {
            labels: Vec::with_capacity(rows.nrows()),
            sums: Array2::zeros(centers.dim()),
            counts: vec![0; centers.nrows()],
        };
        for point in rows.outer_iter() {
            let label = nearest(point, centers);
            part.labels.push(label);
            part.counts[label] += 1;
            let mut sum = part.sums.row_mut(label);
            sum += &point;
        }
        part
    }

    /// A cluster without points keeps its centre.
    fn move_to_means(&self, centers: &mut Array2<f64>) {
        for ((mut center, sum), &count) in centers
            .outer_iter_mut()
            .zip(self.sums.outer_iter())
            .zip(&self.counts)
        {
            if count > 0 {
                center.assign(&(&sum / count as f64));
            }
        }
    }
}

/// The nearest centre of a point; of several, the first.
fn nearest(point: ArrayView1<'_, f64>, centers: &Array2<f64>) -> usize {
    let mut best = (0, f64::INFINITY);
    for (label, center) in centers.outer_iter().enumerate() {
        let squared = squared_distance(point, center);
        if squared < best.1 {
            best = (label, squared);
        }
    }
    best.0
}

fn squared_distance(x: ArrayView1<'_, f64>, y: ArrayView1<'_, f64>) -> f64 {
    x.iter().zip(y).map(|(a, b)| (a - b).powi(2)).sum()
}

fn largest(x: &Array2<f64>) -> f64 {
    x.iter()
        .fold(0.0, |largest: f64, entry| largest.max(entry.abs()))
}

/// Renumbers labels so that the first point has label 0, the first point of another cluster label 1, …;
/// the second value lists the old labels in their new order, those of empty clusters last.
pub(crate) fn in_order_of_appearance(
    labels: &Array1<usize>,
    k: usize,
) -> (Array1<usize>, Vec<usize>) {
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
    let pairs = x.outer_iter().zip(labels);
    pairs
        .map(|(point, &label)| squared_distance(point, centers.row(label)))
        .sum()
}
