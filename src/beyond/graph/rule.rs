//! A way to build a graph, as a value: for the estimator, for sweeps, and for new points.

use super::bridged::bridged;
use super::{Bridge, Graph, Symmetry, Tiny};
use crate::error::Result;
use crate::guard;
use crate::parameters::{Bandwidth, NeighborCount, max_min_distance};
use crate::points::Points;
use ndarray::Array2;
use std::fmt;

/// Which graph to build from points, with its parameters or the rules for them.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum GraphRule {
    /// [`Graph::epsilon`] with this ε.
    Epsilon(f64),
    /// [`Graph::epsilon`] with the smallest ε that isolates no point, [`max_min_distance`].
    MaxMinEpsilon,
    /// [`Graph::nearest_neighbors`].
    NearestNeighbors(NeighborCount, Symmetry),
    /// [`Graph::bridged_nearest_neighbors`] down to so many pieces. `None`: as many as the estimator is asked for clusters,
    /// and one where nobody is asked. A rule for k gives here at most (n − 1)/2, so that few points do not all become
    /// neighbours of each other.
    BridgedNearestNeighbors(NeighborCount, Option<usize>),
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
    pub fn build(&self, x: &(impl Points + ?Sized)) -> Result<Graph> {
        Ok(self.built(&*x.matrix()?, Tiny::Refuse)?.0)
    }

    /// The graph, and the bridges that were added to join its pieces.
    pub(crate) fn built(&self, x: &Array2<f64>, tiny: Tiny) -> Result<(Graph, Vec<Bridge>)> {
        let n = x.nrows();
        let graph = match *self {
            Self::BridgedNearestNeighbors(k, pieces) => {
                return bridged(x, bridged_count(k, n), pieces.unwrap_or(1));
            }
            Self::Epsilon(epsilon) => Graph::epsilon(x, epsilon),
            Self::MaxMinEpsilon => Graph::epsilon(x, max_min_distance(x)?),
            Self::NearestNeighbors(k, symmetry) => Graph::nearest_neighbors(x, symmetry, k.of(n)),
            Self::MutualNearestNeighbors(k) => Graph::mutual_nearest_neighbors(x, k.of(n)),
            Self::Gaussian(sigma) => Graph::gaussian_with(x, sigma.of(x)?, tiny),
            Self::GaussianOnNearestNeighbors(sigma, k) => {
                Graph::gaussian_on_nearest_neighbors_with(x, sigma.of(x)?, k.of(n), tiny)
            }
            Self::LocalScaling(neighbor) => Graph::local_scaling_with(x, neighbor, tiny),
        };
        Ok((graph?, Vec::new()))
    }

    /// The same for so many clusters, where the rule asks for their number.
    pub(crate) fn for_clusters(self, clusters: usize) -> Self {
        match self {
            Self::BridgedNearestNeighbors(k, None) => {
                Self::BridgedNearestNeighbors(k, Some(clusters))
            }
            other => other,
        }
    }

    /// The same with every rule replaced by the number that it gives for these points.
    ///
    /// # Errors
    /// What the rule's function refuses.
    pub fn resolved(&self, x: &(impl Points + ?Sized)) -> Result<Self> {
        let x = x.matrix()?;
        let x = &*guard::points(&x, 2)?;
        let n = x.nrows();
        let fixed = |k: NeighborCount| NeighborCount::Fixed(k.of(n));
        let width = |sigma: Bandwidth| Ok::<_, crate::Error>(Bandwidth::Fixed(sigma.of(x)?));
        Ok(match *self {
            Self::MaxMinEpsilon => Self::Epsilon(max_min_distance(x)?),
            Self::NearestNeighbors(k, symmetry) => Self::NearestNeighbors(fixed(k), symmetry),
            Self::BridgedNearestNeighbors(k, pieces) => {
                let k = NeighborCount::Fixed(bridged_count(k, n));
                Self::BridgedNearestNeighbors(k, Some(pieces.unwrap_or(1)))
            }
            Self::MutualNearestNeighbors(k) => Self::MutualNearestNeighbors(fixed(k)),
            Self::Gaussian(sigma) => Self::Gaussian(width(sigma)?),
            Self::GaussianOnNearestNeighbors(sigma, k) => {
                Self::GaussianOnNearestNeighbors(width(sigma)?, fixed(k))
            }
            other @ (Self::Epsilon(_) | Self::LocalScaling(_)) => other,
        })
    }
}

/// The k of a bridged graph of n points.
pub(super) fn bridged_count(k: NeighborCount, n: usize) -> usize {
    match k {
        NeighborCount::Fixed(k) => k,
        NeighborCount::Ln | NeighborCount::Log10 => k.of(n).min(n.saturating_sub(1) / 2).max(1),
    }
}

/// The graph in words, as a report says it.
impl fmt::Display for GraphRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |k: NeighborCount| match k {
            NeighborCount::Fixed(k) => k.to_string(),
            NeighborCount::Ln => "⌈ln n⌉".to_string(),
            NeighborCount::Log10 => "⌈log₁₀ n⌉".to_string(),
        };
        let width = |sigma: Bandwidth| match sigma {
            Bandwidth::Fixed(sigma) => format!("σ = {sigma:.4}"),
            rule => format!("σ by the rule {rule:?}"),
        };
        match *self {
            Self::Epsilon(epsilon) => write!(f, "points within {epsilon:.4}"),
            Self::MaxMinEpsilon => write!(f, "points within the max–min distance"),
            Self::NearestNeighbors(k, _) => write!(f, "nearest neighbours, k = {}", count(k)),
            Self::BridgedNearestNeighbors(k, _) => {
                write!(f, "nearest neighbours, k = {}, bridged", count(k))
            }
            Self::MutualNearestNeighbors(k) => {
                write!(f, "mutual nearest neighbours, k = {}", count(k))
            }
            Self::Gaussian(sigma) => write!(f, "Gaussian, {}", width(sigma)),
            Self::GaussianOnNearestNeighbors(sigma, k) => {
                write!(
                    f,
                    "Gaussian, {}, on nearest neighbours, k = {}",
                    width(sigma),
                    count(k)
                )
            }
            Self::LocalScaling(neighbor) => {
                write!(f, "local scaling by the distance to neighbour {neighbor}")
            }
        }
    }
}
