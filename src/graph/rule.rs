//! A way to build a graph, as a value: for the estimator, for sweeps, and for new points.

use super::{Graph, Symmetry, Tiny};
use crate::checks;
use crate::error::Result;
use crate::parameters::{Bandwidth, NeighborCount, max_min_distance};
use ndarray::Array2;

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
        self.build_with(x, Tiny::Refuse)
    }

    pub(crate) fn build_with(&self, x: &Array2<f64>, tiny: Tiny) -> Result<Graph> {
        let n = x.nrows();
        match *self {
            Self::Epsilon(epsilon) => Graph::epsilon(x, epsilon),
            Self::MaxMinEpsilon => Graph::epsilon(x, max_min_distance(x)?),
            Self::NearestNeighbors(k, symmetry) => Graph::nearest_neighbors(x, k.of(n), symmetry),
            Self::MutualNearestNeighbors(k) => Graph::mutual_nearest_neighbors(x, k.of(n)),
            Self::Gaussian(sigma) => Graph::gaussian_with(x, sigma.of(x)?, tiny),
            Self::GaussianOnNearestNeighbors(sigma, k) => {
                Graph::gaussian_on_nearest_neighbors_with(x, sigma.of(x)?, k.of(n), tiny)
            }
            Self::LocalScaling(neighbor) => Graph::local_scaling_with(x, neighbor, tiny),
        }
    }

    /// The same with every rule replaced by the number that it gives for these points.
    ///
    /// # Errors
    /// What the rule's function refuses.
    pub fn resolved(&self, x: &Array2<f64>) -> Result<Self> {
        let x = &*checks::points(x, 2)?;
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
}
