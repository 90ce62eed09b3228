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

pub(crate) mod lanes;
pub(crate) mod pass;
mod settle;
mod starts;

use crate::checks;
use crate::error::{Error, Result};
use lanes::Turned;
use ndarray::{Array1, Array2, ArrayView2, Axis};
use rayon::prelude::*;

/// The bits of an f64 that hold its power of two.
const EXPONENT: u64 = 0x7ff0_0000_0000_0000;
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
    let origin = x.row(0).to_owned();
    let (size, farthest) = largest(x, &origin);
    if size > LARGEST {
        return Err(Error::Parameter {
            name: "the largest coordinate",
            value: size,
            wanted: "at most 1e150, so that squared distances are finite; take another unit",
        });
    }
    // The first point becomes the origin, and the farthest coordinate nearly the unit: a power of two, so that
    // nothing is rounded. Then no square is lost, however large or small the numbers are.
    let unit = f64::from_bits(farthest.to_bits() & EXPONENT).max(f64::MIN_POSITIVE);
    let per_unit = 1.0 / unit;
    let points = Turned::new(x, |j, entry| (entry - origin[j]) * per_unit);
    let found = settle::settle(&points, None, starts::best_start(&points, k, seed));

    let mut labels = Array1::from_vec(found.labels);
    let order = in_order_of_appearance(&mut labels, k);
    let center = |label: usize, j: usize| found.centers[order[label] * x.ncols() + j];
    Ok(KMeans {
        labels,
        centers: Array2::from_shape_fn((k, x.ncols()), |(label, j)| {
            center(label, j) * unit + origin[j]
        }),
        // A sum of nothing but zeros may be −0.
        inertia: found.inertia * unit * unit + 0.0,
    })
}

/// The largest coordinate, and the largest distance of a coordinate from that of the origin.
fn largest(x: &Array2<f64>, origin: &Array1<f64>) -> (f64, f64) {
    let larger = |a: f64, b: f64| if b > a { b } else { a };
    let pieces: Vec<_> = x
        .axis_chunks_iter(Axis(0), lanes::rows_of_a_piece(x.nrows()))
        .collect();
    let of_piece = |piece: ArrayView2<'_, f64>| {
        let columns = piece.columns().into_iter().zip(origin);
        columns.fold((0.0, 0.0), |so_far, (column, &start)| {
            column.fold(so_far, |(size, far), &entry| {
                (
                    larger(size, entry.abs()),
                    larger(far, (entry - start).abs()),
                )
            })
        })
    };
    let found = pieces.into_par_iter().map(of_piece);
    found.reduce(|| (0.0, 0.0), |a, b| (larger(a.0, b.0), larger(a.1, b.1)))
}

/// Renumbers labels so that the first point has label 0, the first point of another cluster label 1, …; returns
/// the old labels in their new order, those of empty clusters last.
pub(crate) fn in_order_of_appearance(labels: &mut Array1<usize>, k: usize) -> Vec<usize> {
    let unseen = usize::MAX;
    let (mut order, mut new) = (Vec::with_capacity(k), vec![unseen; k]);
    for old in labels.iter().copied().chain(0..k) {
        if new[old] == unseen {
            new[old] = order.len();
            order.push(old);
        }
    }
    labels.mapv_inplace(|old| new[old]);
    order
}
