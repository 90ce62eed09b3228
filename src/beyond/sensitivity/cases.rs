//! The cases of the usual sweeps, one function a parameter.

use super::Case;
use crate::data::Data;
use crate::error::Result;
use crate::estimator::SpectralClustering;
use crate::graph::GraphRule;
use crate::parameters::{Bandwidth, NeighborCount};
use ndarray::{Array1, Array2};

/// One case for each ε.
#[must_use]
pub fn over_epsilon(
    x: &Array2<f64>,
    truth: Option<&Array1<usize>>,
    estimator: SpectralClustering,
    epsilons: &[f64],
) -> Vec<Case> {
    let case =
        |&epsilon: &f64| Case::new(x, truth, estimator, GraphRule::Epsilon(epsilon), &[epsilon]);
    epsilons.iter().map(case).collect()
}

/// One case for each number of nearest neighbours.
#[must_use]
pub fn over_neighbors(
    x: &Array2<f64>,
    truth: Option<&Array1<usize>>,
    estimator: SpectralClustering,
    counts: &[usize],
) -> Vec<Case> {
    let case = |&k: &usize| {
        Case::new(
            x,
            truth,
            estimator,
            GraphRule::nearest_neighbors(k),
            &[k as f64],
        )
    };
    counts.iter().map(case).collect()
}

/// One case for each σ of the Gaussian.
#[must_use]
pub fn over_sigma(
    x: &Array2<f64>,
    truth: Option<&Array1<usize>>,
    estimator: SpectralClustering,
    sigmas: &[f64],
) -> Vec<Case> {
    let case = |&sigma: &f64| Case::new(x, truth, estimator, GraphRule::gaussian(sigma), &[sigma]);
    sigmas.iter().map(case).collect()
}

/// One case for each pair of σ and k: the Gaussian on the edges of the k nearest neighbours.
#[must_use]
pub fn over_sigma_and_neighbors(
    x: &Array2<f64>,
    truth: Option<&Array1<usize>>,
    estimator: SpectralClustering,
    sigmas: &[f64],
    counts: &[usize],
) -> Vec<Case> {
    let pairs = sigmas
        .iter()
        .flat_map(|&sigma| counts.iter().map(move |&k| (sigma, k)));
    let case = |(sigma, k): (f64, usize)| {
        let rule =
            GraphRule::GaussianOnNearestNeighbors(Bandwidth::Fixed(sigma), NeighborCount::Fixed(k));
        Case::new(x, truth, estimator, rule, &[sigma, k as f64])
    };
    pairs.map(case).collect()
}

/// One case for each number of clusters.
#[must_use]
pub fn over_clusters(
    x: &Array2<f64>,
    truth: Option<&Array1<usize>>,
    estimator: SpectralClustering,
    graph: GraphRule,
    counts: &[usize],
) -> Vec<Case> {
    let case = |&k: &usize| Case::new(x, truth, estimator.clusters(k), graph, &[k as f64]);
    counts.iter().map(case).collect()
}

/// One case for each amount of noise, with the points that `draw` gives for it.
///
/// # Errors
/// What `draw` refuses.
pub fn over_noise(
    draw: impl Fn(f64) -> Result<Data>,
    estimator: SpectralClustering,
    graph: GraphRule,
    noises: &[f64],
) -> Result<Vec<Case>> {
    let case = |&noise: &f64| {
        let Data { x, y } = draw(noise)?;
        Ok(Case::new(&x, Some(&y), estimator, graph, &[noise]))
    };
    noises.iter().map(case).collect()
}
