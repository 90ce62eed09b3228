//! From a start to where no step lowers the inertia: Lloyd's two steps, and then single points.
//!
//! # Definition
//! Lloyd's two steps are one [`pass`] over the points: each goes to its nearest centre, of several to the first, and
//! each centre to the mean of its points; a centre without points stays.
//!
//! They come to rest at many places close to each other, because a point looks at centres that stand still. When one
//! point moves from cluster a to cluster b, of n_a and n_b points, both centres follow, and J changes by exactly
//!
//! ```text
//! n_b/(n_b + 1) · ‖x − μ_b‖²  −  n_a/(n_a − 1) · ‖x − μ_a‖².
//! ```
//!
//! So a point may move although its own centre is the nearest. Where no such move lowers J, Lloyd's steps are at rest
//! too: the first factor is below 1, and the second above.
//!
//! # Source
//! S. P. Lloyd (1982), §II; J. A. Hartigan, "Clustering Algorithms" (1975), ch. 4, for single points.

use super::lanes::{Lanes, Turned, sums};
use super::pass::{Pass, pass};

/// Steps after which Lloyd's method is stopped; it needs a dozen.
const MAX_STEPS: usize = 300;
/// It is at rest when no more than one label in so many changes: of fewer points, none. The last labels of a million
/// take more rounds than all others together, and move no centre that anybody would notice.
const ONE_IN: usize = 100_000;
/// Rounds over all points, one at a time, after which they are left where they are; a few do.
const MAX_ROUNDS: usize = 100;
/// A single point moves where that saves more than this share of its distance: less may be rounding.
const WORTH_IT: f64 = 1e-9;

/// Where the steps came to rest: each label is that of the nearest centre.
pub(super) struct Settled {
    pub(super) labels: Vec<usize>,
    /// One after the other.
    pub(super) centers: Vec<f64>,
    pub(super) inertia: f64,
}

/// Lloyd's two steps from these centres. A point with a weight counts as that many points.
pub(super) fn settle(points: &Turned, weights: Option<&[f64]>, mut centers: Vec<f64>) -> Settled {
    let mut labels = vec![usize::MAX; points.rows];
    let mut found = pass(points, weights, &centers, closeness, &mut labels);
    for _ in 0..MAX_STEPS {
        if found.changed <= points.rows / ONE_IN {
            break;
        }
        move_to_means(&mut centers, &found);
        found = pass(points, weights, &centers, closeness, &mut labels);
    }
    Settled {
        labels,
        centers,
        inertia: -found.score,
    }
}

/// Minus the squared distance of each of eight points from a centre.
pub(super) fn closeness(points: &[Lanes], center: &[f64]) -> Lanes {
    sums(points, center, |x, c| (x - c) * (x - c)).map(|square| -square)
}

/// Each centre to the mean of its points. A cluster without points keeps its centre.
fn move_to_means(centers: &mut [f64], found: &Pass) {
    let d = centers.len() / found.weights.len();
    let clusters = centers.chunks_exact_mut(d).zip(found.sums.chunks_exact(d));
    for ((center, sum), &weight) in clusters.zip(&found.weights) {
        if weight > 0.0 {
            let entries = center.iter_mut().zip(sum);
            entries.for_each(|(entry, sum)| *entry = sum / weight);
        }
    }
}

/// Moves single points as long as that lowers the inertia: the centres to which that leads.
pub(super) fn move_single_points(points: &Turned, from: Settled) -> Vec<f64> {
    let Settled {
        mut labels,
        mut centers,
        ..
    } = from;
    let d = points.columns;
    let mut counts = vec![0.0; centers.len() / d];
    for &label in &labels {
        counts[label] += 1.0;
    }
    for _ in 0..MAX_ROUNDS {
        let mut moved = false;
        for (row, label) in labels.iter_mut().enumerate() {
            let own = *label;
            if counts[own] < 1.5 {
                continue;
            }
            let point: Vec<f64> = points.row(row).collect();
            let cost = |to: usize| {
                let center = &centers[to * d..(to + 1) * d];
                let square: f64 = center
                    .iter()
                    .zip(&point)
                    .map(|(c, x)| (x - c).powi(2))
                    .sum();
                let count: f64 = counts[to];
                square * count / if to == own { count - 1.0 } else { count + 1.0 }
            };
            let stay = (own, cost(own) * (1.0 - WORTH_IT));
            let others = (0..counts.len())
                .filter(|&to| to != own)
                .map(|to| (to, cost(to)));
            let (to, _) = others.fold(
                stay,
                |best, other| if other.1 < best.1 { other } else { best },
            );
            if to != own {
                *label = to;
                moved = true;
                counts[own] -= 1.0;
                counts[to] += 1.0;
                for (j, x) in point.into_iter().enumerate() {
                    let (left, joined) = (centers[own * d + j], centers[to * d + j]);
                    centers[own * d + j] -= (x - left) / counts[own];
                    centers[to * d + j] += (x - joined) / counts[to];
                }
            }
        }
        if !moved {
            break;
        }
    }
    centers
}
