//! A way to build a graph, as a value: for the estimator, for sweeps, and for new points.

use super::{Graph, Symmetry, builders};
use crate::checks;
use crate::error::Result;
use crate::neighbors::{self, Neighbors};
use crate::parameters::{Bandwidth, NeighborCount, max_min_distance};
use crate::similarity::distance;
use ndarray::{Array1, Array2, ArrayView1};

/// Which graph to build from points, with its parameters or the rules for them.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum GraphRule {
    /// [`Graph::epsilon`] with this ε.
    Epsilon(f64),
    /// [`Graph::epsilon`] with the smallest ε that isolates no point, [`max_min_distance`].
    MaxMinEpsilon,
    /// [`Graph::nearest_neighbors`].
    NearestNeighbors(NeighborCount, Symmetry),
    /// [`Graph::mutual_nearest_neighbors`].
    MutualNearestNeighbors(NeighborCount),
    /// [`Graph::gaussian`].
    Gaussian(Bandwidth),
    /// [`Graph::gaussian_on_nearest_neighbors`].
    GaussianOnNearestNeighbors(Bandwidth, NeighborCount),
    /// [`Graph::local_scaling`] by the distance to this neighbour; the paper takes the 7th.
    LocalScaling(usize),
}

impl GraphRule {
    /// The k-nearest-neighbour graph, symmetric by the average.
    #[must_use]
    pub fn nearest_neighbors(k: impl Into<NeighborCount>) -> Self {
        Self::NearestNeighbors(k.into(), Symmetry::Average)
    }

    /// The dense Gaussian graph.
    #[must_use]
    pub fn gaussian(sigma: impl Into<Bandwidth>) -> Self {
        Self::Gaussian(sigma.into())
    }

    /// The graph of these points.
    ///
    /// # Errors
    /// What the function of the graph refuses.
    pub fn build(&self, x: &Array2<f64>) -> Result<Graph> {
        let n = x.nrows();
        match *self {
            Self::Epsilon(epsilon) => Graph::epsilon(x, epsilon),
            Self::MaxMinEpsilon => Graph::epsilon(x, max_min_distance(x)?),
            Self::NearestNeighbors(k, symmetry) => Graph::nearest_neighbors(x, k.of(n), symmetry),
            Self::MutualNearestNeighbors(k) => Graph::mutual_nearest_neighbors(x, k.of(n)),
            Self::Gaussian(sigma) => Graph::gaussian(x, sigma.of(x)?),
            Self::GaussianOnNearestNeighbors(sigma, k) => {
                Graph::gaussian_on_nearest_neighbors(x, sigma.of(x)?, k.of(n))
            }
            Self::LocalScaling(neighbor) => Graph::local_scaling(x, neighbor),
        }
    }

    /// The same with every rule replaced by the number that it gives for these points.
    ///
    /// # Errors
    /// What the rule's function refuses.
    pub fn resolved(&self, x: &Array2<f64>) -> Result<Self> {
        checks::points(x, 2)?;
        let n = x.nrows();
        let fixed = |k: NeighborCount| NeighborCount::Fixed(k.of(n));
        let width = |sigma: Bandwidth| Ok::<_, crate::Error>(Bandwidth::Fixed(sigma.of(x)?));
        Ok(match *self {
            Self::MaxMinEpsilon => Self::Epsilon(max_min_distance(x)?),
            Self::NearestNeighbors(k, symmetry) => Self::NearestNeighbors(fixed(k), symmetry),
            Self::MutualNearestNeighbors(k) => Self::MutualNearestNeighbors(fixed(k)),
            Self::Gaussian(sigma) => Self::Gaussian(width(sigma)?),
            Self::GaussianOnNearestNeighbors(sigma, k) => {
                Self::GaussianOnNearestNeighbors(width(sigma)?, fixed(k))
            }
            other @ (Self::Epsilon(_) | Self::LocalScaling(_)) => other,
        })
    }

    /// What similarities to new points need to know of the old ones; `self` is [resolved](Self::resolved).
    pub(crate) fn reach(&self, x: &Array2<f64>) -> Result<Reach> {
        let rule = self.resolved(x)?;
        let near = match rule {
            Self::NearestNeighbors(k, _)
            | Self::MutualNearestNeighbors(k)
            | Self::GaussianOnNearestNeighbors(_, k) => neighbors::nearest(x, k.of(x.nrows()))?,
            Self::LocalScaling(neighbor) => neighbors::nearest(x, neighbor)?,
            _ => Neighbors::new(),
        };
        Ok(Reach {
            scales: builders::local_scales(&near),
            rule,
        })
    }
}

/// A rule with its numbers, and the distance of each point to its last neighbour where the rule uses it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reach {
    rule: GraphRule,
    scales: Array1<f64>,
}

impl Reach {
    /// The similarity of a new point to each point of `x`, as if it had been there: the old points keep their
    /// neighbours.
    pub(crate) fn similarities(&self, x: &Array2<f64>, point: ArrayView1<'_, f64>) -> Array1<f64> {
        let distances: Array1<f64> = x
            .rows()
            .into_iter()
            .map(|row| distance(point, row))
            .collect();
        let near = |k: usize| {
            let mut is_near = vec![false; x.nrows()];
            for (j, _) in neighbors::nearest_to(x, point, k, None) {
                is_near[j] = true;
            }
            is_near
        };
        // The new point is among the neighbours of j where it lies nearer than the last of them.
        let weights = |k: usize, weight: &dyn Fn(usize, bool, bool) -> f64| {
            let is_near = near(k);
            let of = |j: usize| weight(j, is_near[j], distances[j] < self.scales[j]);
            (0..x.nrows()).map(of).collect()
        };
        match self.rule {
            GraphRule::Epsilon(epsilon) => distances.mapv(|r| if r <= epsilon { 1.0 } else { 0.0 }),
            GraphRule::NearestNeighbors(k, symmetry) => {
                let one_way = if symmetry == Symmetry::Either {
                    1.0
                } else {
                    0.5
                };
                weights(k.of(x.nrows()), &|_, to, from| match (to, from) {
                    (true, true) => 1.0,
                    (false, false) => 0.0,
                    _ => one_way,
                })
            }
            GraphRule::MutualNearestNeighbors(k) => weights(k.of(x.nrows()), &|_, to, from| {
                if to && from { 1.0 } else { 0.0 }
            }),
            GraphRule::Gaussian(Bandwidth::Fixed(sigma)) => {
                distances.mapv(|r| builders::gaussian(r, sigma))
            }
            GraphRule::GaussianOnNearestNeighbors(Bandwidth::Fixed(sigma), k) => {
                weights(k.of(x.nrows()), &|j, to, from| {
                    if to || from {
                        builders::gaussian(distances[j], sigma)
                    } else {
                        0.0
                    }
                })
            }
            GraphRule::LocalScaling(neighbor) => {
                let own = neighbors::nearest_to(x, point, neighbor, None);
                let own = own.last().map_or(0.0, |&(_, r)| r);
                let pairs = distances.iter().zip(&self.scales);
                pairs
                    .map(|(&r, &scale)| builders::scaled(r, own, scale))
                    .collect()
            }
            GraphRule::MaxMinEpsilon
            | GraphRule::Gaussian(_)
            | GraphRule::GaussianOnNearestNeighbors(..) => {
                unreachable!("`reach` resolved the rule")
            }
        }
    }
}
