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

use super::{Rotated, axes, dot, largest_column, polar, renumbered};
use crate::data::RandomState;
use crate::embedding::unit_rows;
use crate::error::Result;
use crate::kmeans::lanes::{LANES, Turned, one_of_each_stretch};
use crate::kmeans::pass::pass;
use ndarray::{Array2, ArrayView1};
use rayon::prelude::*;

/// Random starts.
const STARTS: usize = 10;
/// Rows that the starts look at; of fewer, at all. And so many for each cluster, at least.
const SAMPLE: usize = 4096;
const SAMPLE_PER_CLUSTER: usize = 32;
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
    super::rows(embedding)?;
    let x = Turned::new(&unit_rows(embedding.clone()), |_, entry| entry);
    let mut rng = RandomState::new(seed);
    let sampled = sample(&x, &mut rng);
    let best = best_of_ten(sampled.as_ref().unwrap_or(&x), &mut rng);
    let best = match sampled {
        Some(_) => turned(&x, best.rotation),
        None => best,
    };
    renumbered(best.labels.into(), &best.rotation)
}

/// Some of the rows, where they are many: where all of them lie, a few thousand show.
fn sample(x: &Turned, rng: &mut RandomState) -> Option<Turned> {
    let size = SAMPLE.max(SAMPLE_PER_CLUSTER * x.columns);
    let below = |length| below(length, rng);
    (x.rows > size).then(|| x.select(&one_of_each_stretch(x.rows, size, below)))
}

/// A whole number below another.
fn below(end: usize, rng: &mut RandomState) -> usize {
    rng.randint(u32::try_from(end).unwrap_or(u32::MAX)) as usize
}

fn best_of_ten(x: &Turned, rng: &mut RandomState) -> AtRest {
    let firsts: Vec<usize> = (0..STARTS).map(|_| below(x.rows, rng)).collect();
    let starts = firsts.into_par_iter();
    let all: Vec<AtRest> = starts.map(|first| turned(x, start(x, first))).collect();
    // More clusters come first, then the nearer ones.
    let rounding = x.rows as f64 * f64::EPSILON;
    let better = |best: AtRest, other: AtRest| {
        if (other.clusters, other.nearness - rounding) > (best.clusters, best.nearness) {
            other
        } else {
            best
        }
    };
    all.into_iter().reduce(better).expect("ten starts")
}

struct AtRest {
    labels: Vec<usize>,
    rotation: Array2<f64>,
    clusters: usize,
    /// σ₁ + … + σₖ of X̃ᵀY.
    nearness: f64,
}

/// k rows nearly at right angles, one a column; the first one is given.
fn start(x: &Turned, first: usize) -> Array2<f64> {
    let k = x.columns;
    let mut rotation = Array2::zeros((k, k));
    let mut closeness = vec![[0.0; LANES]; x.rows.div_ceil(LANES)];
    let mut row = first;
    for mut column in rotation.columns_mut() {
        let axis: Vec<f64> = x.row(row).collect();
        for (block, closeness) in x.blocks().zip(&mut closeness) {
            let with = dot(block, &axis);
            closeness
                .iter_mut()
                .zip(with)
                .for_each(|(sum, more)| *sum += more.abs());
        }
        column.assign(&ArrayView1::from(&axis));
        let all = ArrayView1::from(&closeness.as_flattened()[..x.rows]);
        row = largest_column(all.mapv(|c| -c).view());
    }
    rotation
}

/// Labels and rotation in turn, until no label changes.
fn turned(x: &Turned, mut rotation: Array2<f64>) -> AtRest {
    let k = rotation.ncols();
    let mut labels = vec![usize::MAX; x.rows];
    let mut found = pass(x, None, &axes(&rotation), dot, &mut labels);
    let mut nearness = 0.0;
    for _ in 0..MAX_STEPS {
        let m = Array2::from_shape_fn((k, k), |(j, label)| found.sums[label * k + j]);
        (rotation, nearness) = polar::nearest_rotation(&m);
        found = pass(x, None, &axes(&rotation), dot, &mut labels);
        if found.changed == 0 {
            break;
        }
    }
    AtRest {
        labels,
        rotation,
        clusters: found.weights.iter().filter(|&&count| count > 0.0).count(),
        nearness,
    }
}
