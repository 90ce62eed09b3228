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

use super::{Rotated, count, largest_column, polar, renumbered};
use crate::data::RandomState;
use crate::embedding::unit_rows;
use crate::error::Result;
use ndarray::{Array1, Array2};

/// Random starts.
const STARTS: usize = 10;
/// Steps after which a start is left where it is; it comes to rest within a dozen.
const MAX_STEPS: usize = 100;

/// Labels of the rows of an embedding, as many clusters as columns, by discretisation. The same seed gives the
/// same answer. Lengths of rows do not count; a row of zeros goes to a first column, as any would do.
///
/// ```
/// use fiedler::{discretize, ndarray::array};
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
pub fn discretize(embedding: &Array2<f64>, seed: u32) -> Result<Rotated> {
    let x = unit_rows(super::rows(embedding)?.into_owned());
    let mut rng = RandomState::new(seed);
    let first = turned(&x, start(&x, &mut rng));
    // More clusters come first, then the nearer ones.
    let better = |best: &Turned, other: &Turned| {
        (
            other.clusters,
            other.nearness - x.nrows() as f64 * f64::EPSILON,
        ) > (best.clusters, best.nearness)
    };
    let best = (1..STARTS).fold(first, |best, _| {
        let other = turned(&x, start(&x, &mut rng));
        if better(&best, &other) { other } else { best }
    });
    renumbered(&best.labels, &best.rotation)
}

struct Turned {
    labels: Array1<usize>,
    rotation: Array2<f64>,
    clusters: usize,
    /// σ₁ + … + σₖ of X̃ᵀY.
    nearness: f64,
}

/// k rows nearly at right angles, one a column.
fn start(x: &Array2<f64>, rng: &mut RandomState) -> Array2<f64> {
    let (n, k) = x.dim();
    let high = u32::try_from(n).unwrap_or(u32::MAX);
    let mut row = rng.randint(high) as usize;
    let mut rotation = Array2::zeros((k, k));
    let mut closeness = Array1::<f64>::zeros(n);
    for mut column in rotation.columns_mut() {
        column.assign(&x.row(row));
        closeness += &x.dot(&column).mapv(f64::abs);
        row = largest_column(closeness.mapv(|c| -c).view());
    }
    rotation
}

/// Labels and rotation in turn, until no label changes.
fn turned(x: &Array2<f64>, mut rotation: Array2<f64>) -> Turned {
    let k = rotation.ncols();
    let mut labels = nearest_axes(x, &rotation);
    let mut nearness = 0.0;
    for _ in 0..MAX_STEPS {
        let mut m = Array2::zeros((k, k));
        for (row, &label) in x.rows().into_iter().zip(&labels) {
            let mut column = m.column_mut(label);
            column += &row;
        }
        (rotation, nearness) = polar::nearest_rotation(&m);
        let before = std::mem::replace(&mut labels, nearest_axes(x, &rotation));
        if labels == before {
            break;
        }
    }
    Turned {
        clusters: count(&labels, k),
        labels,
        rotation,
        nearness,
    }
}

fn nearest_axes(x: &Array2<f64>, rotation: &Array2<f64>) -> Array1<usize> {
    let turned = x.dot(rotation);
    turned.rows().into_iter().map(largest_column).collect()
}
