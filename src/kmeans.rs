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

mod lanes;
mod settle;
mod starts;
mod wide;

use crate::checks;
use crate::error::{Error, Result};
use lanes::Turned;
use ndarray::{Array1, Array2};
use rayon::prelude::*;

/// Coordinates beyond this size have sums of squares that f64 does not hold.
const LARGEST: f64 = 1e150;
/// The bits of an f64 that hold its power of two.
const EXPONENT: u64 = 0x7ff0_0000_0000_0000;

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
    let x = &*checks::points(x, 1)?;
    let n = x.nrows();
    if k == 0 || k > n {
        return Err(Error::ClusterCount { k, n });
    }
    let larger = |largest: f64, entry: f64| largest.max(entry.abs());
    let size = x.iter().copied().fold(0.0, larger);
    if size > LARGEST {
        return Err(Error::Value {
            what: "the largest coordinate",
            value: size,
            wanted: "at most 1e150, so that squared distances are finite; take another unit",
        });
    }
    // The first point becomes the origin, and the farthest coordinate nearly the unit: a power of two, so that
    // nothing is rounded. Then no square is lost, however large or small the numbers are.
    let origin = x.row(0).to_owned();
    let mut points = Turned::new(x, &origin);
    let entries = points.lanes.as_flattened_mut();
    let farthest = entries.par_iter().copied().reduce(|| 0.0, larger);
    let unit = f64::from_bits(farthest.to_bits() & EXPONENT).max(f64::MIN_POSITIVE);
    let per_unit = 1.0 / unit;
    entries.par_iter_mut().for_each(|entry| *entry *= per_unit);
    let found = starts::best_start(&points, k, seed);

    let (labels, order) = in_order_of_appearance(&found.labels.into(), k);
    let center = |(label, j): (usize, usize)| found.centers[order[label] * x.ncols() + j];
    Ok(KMeans {
        labels,
        centers: Array2::from_shape_fn((k, x.ncols()), center) * unit + &origin,
        inertia: found.inertia * unit * unit,
    })
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
