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

use super::{Rotated, axes, dot, polar, renumbered};
use crate::error::{Error, Result};
use crate::kmeans::lanes::{LANES, Lanes, Turned, rows_of_a_piece};
use crate::kmeans::pass::pass;
use ndarray::{Array2, Axis};
use rayon::prelude::*;

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
    super::rows(embedding)?;
    let largest = embedding.fold(0.0, |largest: f64, entry| largest.max(entry.abs()));
    let unit = if largest == 0.0 { 1.0 } else { largest };
    let in_units = |_, entry| entry / unit;
    let picked = pivots(Turned::new(embedding, in_units))?;
    let picked = embedding.select(Axis(0), &picked) / unit;
    let (rotation, _) = polar::nearest_rotation(&picked.reversed_axes());
    let size = |rows: &[Lanes], axis: &[f64]| dot(rows, axis).map(f64::abs);
    let mut labels = vec![0; embedding.nrows()];
    let turned = Turned::new(embedding, in_units);
    pass(&turned, None, &axes(&rotation), size, &mut labels);
    renumbered(labels.into(), &rotation)
}

/// The first k pivots, by Gram–Schmidt on the rows: `rest` is what is left of each beside those picked.
fn pivots(mut rest: Turned) -> Result<Vec<usize>> {
    let k = rest.columns;
    let mut picked = Vec::with_capacity(k);
    let mut direction = vec![0.0; k];
    for found in 0..k {
        let (pivot, square) = without(&mut rest, &direction);
        let length = square.sqrt();
        if length <= DEPENDENT * k as f64 {
            return Err(Error::FewerClusters { asked: k, found });
        }
        picked.push(pivot);
        direction = rest.row(pivot).map(|entry| entry / length).collect();
    }
    Ok(picked)
}

/// Takes from each row its share of a direction, and finds the longest row left, of several the first, and the square
/// of its length.
fn without(rest: &mut Turned, direction: &[f64]) -> (usize, f64) {
    let piece = rows_of_a_piece(rest.rows);
    let longest = |(number, lanes): (usize, &mut [Lanes])| {
        let mut longest = (0, f64::NEG_INFINITY);
        for (place, rows) in lanes.chunks_exact_mut(rest.columns).enumerate() {
            let shares = dot(rows, direction);
            let mut squares = [0.0; LANES];
            for (lanes, &entry) in rows.iter_mut().zip(direction) {
                for lane in 0..LANES {
                    lanes[lane] -= shares[lane] * entry;
                    squares[lane] += lanes[lane] * lanes[lane];
                }
            }
            let first = number * piece + place * LANES;
            let all = squares.into_iter().enumerate();
            longest = all.fold(longest, |longest, (lane, square)| {
                if square > longest.1 {
                    (first + lane, square)
                } else {
                    longest
                }
            });
        }
        longest
    };
    let pieces = rest.lanes.par_chunks_mut(piece / LANES * rest.columns);
    let found: Vec<(usize, f64)> = pieces.enumerate().map(longest).collect();
    let first = (0, f64::NEG_INFINITY);
    found.into_iter().fold(
        first,
        |best, other| if other.1 > best.1 { other } else { best },
    )
}
