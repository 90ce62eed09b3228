//! Labels by discretisation: turn the rows until they point along the axes.
//!
//! # Definition
//! Let X̃ (n × k) be the embedding with its rows divided by their lengths. Any rotation X̃R spans the same space.
//! Of all R and all indicator matrices Y (one 1 in each row) look for ‖X̃R − Y‖² smallest, one at a time:
//! 1. for fixed R, yᵢ = argmaxⱼ (X̃R)ᵢⱼ;
//! 2. for fixed Y, R is the rotation nearest to X̃ᵀY, and ‖X̃R − Y‖² = 2n − 2(σ₁ + … + σₖ).
//!
//! No step makes it larger, so it comes to rest. The start: a row drawn at random as the first column of R, then
//! each time the row that is nearest to a right angle with all columns so far. Of ten starts the best one counts.
//!
//! # Must hold
//! Finite rows.
//!
//! # Known value
//! The rows (1, 1), (1, 1), (1, −1) give the labels 0, 0, 1.
//!
//! # Source
//! S. X. Yu & J. Shi, "Multiclass spectral clustering", ICCV 2003, §4.

use super::{Rotated, count, renumbered};
use crate::embedding::unit_rows;
use crate::error::{Error, Result};
use crate::kmeans::in_order_of_appearance;
use crate::linalg::RandomState;
use crate::linalg::{largest_column, nearest_rotation, of_rows, product};
use ndarray::{Array1, Array2, Axis};
use std::collections::HashSet;

/// Random starts.
const STARTS: usize = 10;
/// Steps after which a start is left where it is; it comes to rest within a dozen.
const MAX_STEPS: usize = 100;

/// Labels of the rows of an embedding, as many clusters as columns, by discretisation. The same seed gives the
/// same answer. Lengths of rows do not count; a row of zeros goes to a first column, as any would do.
///
/// ```
/// use fiedler::{labelling::discretize, ndarray::array};
/// let found = discretize(&array![[1., 1.], [2., 2.], [1., -1.]], 0)?;
/// assert_eq!(found.labels, array![0, 0, 1]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`crate::Error::NoPoints`], [`crate::Error::NoColumns`], [`crate::Error::NotFinite`];
/// [`crate::Error::ClusterCount`] for more columns than rows; [`crate::Error::FewerClusters`] where every start
/// leaves a cluster empty.
///
/// # Source
/// S. X. Yu & J. Shi (2003), §4.
pub fn discretize(embedding: &Array2<f64>, seed: u64) -> Result<Rotated> {
    let x = unit_rows(super::rows(embedding)?.into_owned());
    let n = u32::try_from(x.nrows()).unwrap_or(u32::MAX);
    let mut rng = RandomState::new(seed);
    let rows: Vec<usize> = (0..STARTS).map(|_| rng.randint(n) as usize).collect();
    let mut seen = HashSet::new();
    let mut turned = |rotation| turned(&x, rotation, &mut seen);
    let (first, others) = rows.split_at(1);
    let rounding = x.nrows() as f64 * f64::EPSILON;
    // More clusters come first, then the nearer ones.
    let better = |one: Turned, other: Turned| {
        let nearer = (other.clusters, other.nearness - rounding) > (one.clusters, one.nearness);
        if nearer { other } else { one }
    };
    let best = starts(&x, first).into_iter().filter_map(&mut turned);
    let mut best = best.reduce(better);
    // No row comes nearer to an axis than its length, which is 1.
    let passable =
        |best: &Turned| best.clusters < x.ncols() || best.nearness < x.nrows() as f64 - rounding;
    if best.as_ref().is_none_or(passable) {
        let others = starts(&x, others).into_iter().filter_map(turned);
        best = best.into_iter().chain(others).reduce(better);
    }
    let best = best.ok_or(Error::NoPoints)?;
    renumbered(&best.labels, &best.rotation)
}

struct Turned {
    labels: Array1<usize>,
    rotation: Array2<f64>,
    clusters: usize,
    /// σ₁ + … + σₖ of X̃ᵀY.
    nearness: f64,
}

/// From each of these rows, k of them nearly at right angles, one a column.
fn starts(x: &Array2<f64>, rows: &[usize]) -> Vec<Array2<f64>> {
    let (n, k) = x.dim();
    let mut rows = rows.to_vec();
    let mut rotations = vec![Array2::zeros((k, k)); rows.len()];
    let mut closeness = Array2::<f64>::zeros((rows.len(), n));
    for column in 0..k {
        for (rotation, &row) in rotations.iter_mut().zip(&rows) {
            rotation.column_mut(column).assign(&x.row(row));
        }
        let cosines = product(x.view(), x.select(Axis(0), &rows).t());
        closeness.zip_mut_with(&cosines.t(), |sum, cosine| *sum += cosine.abs());
        for (row, closeness) in rows.iter_mut().zip(closeness.rows()) {
            *row = largest_column(closeness.mapv(|c| -c).view());
        }
    }
    rotations
}

/// Labels and rotation in turn, until no label changes. `None` where they come to labels that an earlier start has `seen`:
/// from there on they would go its way.
fn turned(
    x: &Array2<f64>,
    mut rotation: Array2<f64>,
    seen: &mut HashSet<Vec<usize>>,
) -> Option<Turned> {
    let k = rotation.ncols();
    let mut labels = nearest_axes(x, &rotation);
    let (mut nearness, mut own) = (0.0, Vec::new());
    for _ in 0..MAX_STEPS {
        let (groups, _) = in_order_of_appearance(&labels, k);
        let groups = groups.to_vec();
        if seen.contains(&groups) {
            return None;
        }
        own.push(groups);
        let mut sums = Array2::zeros((k, k));
        for (row, &label) in x.rows().into_iter().zip(&labels) {
            let mut sum = sums.row_mut(label);
            sum += &row;
        }
        (rotation, nearness) = nearest_rotation(&sums.reversed_axes());
        let before = std::mem::replace(&mut labels, nearest_axes(x, &rotation));
        if labels == before {
            break;
        }
    }
    seen.extend(own);
    Some(Turned {
        clusters: count(&labels, k),
        labels,
        rotation,
        nearness,
    })
}

fn nearest_axes(x: &Array2<f64>, rotation: &Array2<f64>) -> Array1<usize> {
    of_rows(product(x.view(), rotation.view()).view(), largest_column)
}
