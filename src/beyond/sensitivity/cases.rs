//! The cases of the usual sweeps, one function a parameter.

use super::{Case, shared};
use crate::data::Data;
use crate::error::Result;
use crate::estimator::SpectralClustering;
use crate::graph::GraphRule;
use crate::parameters::{Bandwidth, NeighborCount};
use crate::points::Points;
use ndarray::Array1;

/// One case for each ε.
///
/// # Errors
/// [`Error::Ragged`](crate::Error::Ragged) for rows that are not equally long.
pub fn over_epsilon(
    x: &(impl Points + ?Sized),
    truth: Option<&Array1<usize>>,
    estimator: SpectralClustering,
    epsilons: &[f64],
) -> Result<Vec<Case>> {
    let x = &shared(x)?;
    let case =
        |&epsilon: &f64| Case::of(x, truth, estimator, GraphRule::Epsilon(epsilon), &[epsilon]);
    Ok(epsilons.iter().map(case).collect())
}

/// One case for each number of nearest neighbours.
///
/// # Errors
/// [`Error::Ragged`](crate::Error::Ragged) for rows that are not equally long.
pub fn over_neighbors(
    x: &(impl Points + ?Sized),
    truth: Option<&Array1<usize>>,
    estimator: SpectralClustering,
    counts: &[usize],
) -> Result<Vec<Case>> {
    let x = &shared(x)?;
    let case = |&k: &usize| {
        Case::of(
            x,
            truth,
            estimator,
            GraphRule::nearest_neighbors(k),
            &[k as f64],
        )
    };
    Ok(counts.iter().map(case).collect())
}

/// One case for each σ of the Gaussian.
///
/// # Errors
/// [`Error::Ragged`](crate::Error::Ragged) for rows that are not equally long.
pub fn over_sigma(
    x: &(impl Points + ?Sized),
    truth: Option<&Array1<usize>>,
    estimator: SpectralClustering,
    sigmas: &[f64],
) -> Result<Vec<Case>> {
    let x = &shared(x)?;
    let case = |&sigma: &f64| Case::of(x, truth, estimator, GraphRule::gaussian(sigma), &[sigma]);
    Ok(sigmas.iter().map(case).collect())
}

/// One case for each pair of σ and k: the Gaussian on the edges of the k nearest neighbours.
///
/// # Errors
/// [`Error::Ragged`](crate::Error::Ragged) for rows that are not equally long.
pub fn over_sigma_and_neighbors(
    x: &(impl Points + ?Sized),
    truth: Option<&Array1<usize>>,
    estimator: SpectralClustering,
    sigmas: &[f64],
    counts: &[usize],
) -> Result<Vec<Case>> {
    let x = &shared(x)?;
    let pairs = sigmas
        .iter()
        .flat_map(|&sigma| counts.iter().map(move |&k| (sigma, k)));
    let case = |(sigma, k): (f64, usize)| {
        let rule =
            GraphRule::GaussianOnNearestNeighbors(Bandwidth::Fixed(sigma), NeighborCount::Fixed(k));
        Case::of(x, truth, estimator, rule, &[sigma, k as f64])
    };
    Ok(pairs.map(case).collect())
}

/// One case for each number of clusters.
///
/// # Errors
/// [`Error::Ragged`](crate::Error::Ragged) for rows that are not equally long.
pub fn over_clusters(
    x: &(impl Points + ?Sized),
    truth: Option<&Array1<usize>>,
    estimator: SpectralClustering,
    graph: GraphRule,
    counts: &[usize],
) -> Result<Vec<Case>> {
    let x = &shared(x)?;
    let case = |&k: &usize| Case::of(x, truth, estimator.clusters(k), graph, &[k as f64]);
    Ok(counts.iter().map(case).collect())
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
        Ok(Case::of(&shared(&x)?, Some(&y), estimator, graph, &[noise]))
    };
    noises.iter().map(case).collect()
}
