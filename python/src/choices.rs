//! The choices of an estimator, by the names that Python has for them.

use fiedler::embedding::{Embedding, Laplacian};
use fiedler::parameters::{Bandwidth, NeighborCount};
use fiedler::solvers::Solver;
use fiedler::{GraphRule, Isolated, Labelling, SpectralClustering};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// The affinity of angles between the nearest neighbours.
const NEAR_DIRECTIONS: &str = "cosine_nearest_neighbors";

/// What an estimator was asked for, each by its name in Python.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Choices {
    n_clusters: usize,
    /// Whether `n_clusters` is a number to find, at most this.
    by_eigengap: bool,
    affinity: String,
    n_components: Option<usize>,
    n_neighbors: Option<usize>,
    epsilon: Option<f64>,
    gamma: Option<f64>,
    laplacian: String,
    embedding: String,
    assign_labels: Option<String>,
    isolated: String,
    eigen_solver: String,
    eigen_tol: f64,
    seed: u64,
    pub(crate) threads: Option<usize>,
}

/// The choice of this name, or an error that lists them all.
fn named<T: Copy>(what: &str, name: &str, all: &[(&str, T)]) -> PyResult<T> {
    let found = all.iter().find(|(one, _)| *one == name);
    found.map(|(_, choice)| *choice).ok_or_else(|| {
        let names: Vec<String> = all.iter().map(|(one, _)| format!("'{one}'")).collect();
        PyValueError::new_err(format!(
            "{what} is '{name}', but it must be one of {}",
            names.join(", ")
        ))
    })
}

impl Choices {
    /// The crate's estimator with these choices.
    pub(crate) fn estimator(&self) -> PyResult<SpectralClustering> {
        let mut estimator = SpectralClustering::new()
            .graph(self.graph()?)
            .laplacian(named("laplacian", &self.laplacian, LAPLACIANS)?)
            .embedding(named("embedding", &self.embedding, EMBEDDINGS)?)
            .isolated(named("isolated", &self.isolated, POLICIES)?)
            .solver(named("eigen_solver", &self.eigen_solver, SOLVERS)?)
            .tolerance(self.eigen_tol)
            .seed(self.seed);
        if let Some(columns) = self.n_components {
            estimator = estimator.eigenvectors(columns);
        }
        if let Some(name) = &self.assign_labels {
            estimator = estimator.labels(named("assign_labels", name, LABELLINGS)?);
        }
        Ok(if self.by_eigengap {
            estimator.clusters_by_eigengap(self.n_clusters)
        } else {
            estimator.clusters(self.n_clusters)
        })
    }

    fn neighbors(&self) -> NeighborCount {
        self.n_neighbors
            .map_or(NeighborCount::Ln, NeighborCount::Fixed)
    }

    /// How many neighbours by angle each of n points has; none where all pairs count.
    pub(crate) fn near_directions(&self, n: usize) -> Option<usize> {
        (self.affinity == NEAR_DIRECTIONS).then(|| self.neighbors().of(n))
    }

    fn graph(&self) -> PyResult<GraphRule> {
        let neighbors = self.neighbors();
        // exp(−γr²) is exp(−r²/2σ²).
        let by_neighbors = Bandwidth::MeanNeighborDistance(NeighborCount::Ln);
        let width = |gamma: f64| Bandwidth::Fixed((2.0 * gamma).sqrt().recip());
        let sigma = self.gamma.map_or(by_neighbors, width);
        let scale = self.n_neighbors.unwrap_or(7);
        let rules = [
            (
                "nearest_neighbors",
                GraphRule::BridgedNearestNeighbors(neighbors, None),
            ),
            (
                "mutual_nearest_neighbors",
                GraphRule::MutualNearestNeighbors(neighbors),
            ),
            ("rbf", GraphRule::Gaussian(sigma)),
            (
                "rbf_nearest_neighbors",
                GraphRule::GaussianOnNearestNeighbors(sigma, neighbors),
            ),
            (
                "epsilon",
                self.epsilon
                    .map_or(GraphRule::MaxMinEpsilon, GraphRule::Epsilon),
            ),
            ("local_scaling", GraphRule::LocalScaling(scale)),
            // A graph that is given, or made of angles, needs no rule.
            ("cosine", GraphRule::MaxMinEpsilon),
            (NEAR_DIRECTIONS, GraphRule::MaxMinEpsilon),
            ("precomputed", GraphRule::MaxMinEpsilon),
            ("precomputed_nearest_neighbors", GraphRule::MaxMinEpsilon),
        ];
        named("affinity", &self.affinity, &rules)
    }
}

const LAPLACIANS: &[(&str, Laplacian)] = &[
    ("random_walk", Laplacian::RandomWalk),
    ("symmetric", Laplacian::Symmetric),
    ("unnormalized", Laplacian::Unnormalized),
];

const EMBEDDINGS: &[(&str, Embedding)] = &[
    ("leading", Embedding::Leading),
    ("unit_rows", Embedding::UnitRows),
    ("non_trivial", Embedding::NonTrivial),
];

const LABELLINGS: &[(&str, Labelling)] = &[
    ("sign", Labelling::Sign),
    ("sweep", Labelling::Sweep),
    ("kmeans", Labelling::KMeans),
    ("discretize", Labelling::Discretize),
    ("cluster_qr", Labelling::PivotedQr),
];

const POLICIES: &[(&str, Isolated)] = &[
    ("refuse", Isolated::Refuse),
    ("own_label", Isolated::OwnLabel),
    ("nearest_cluster", Isolated::NearestCluster),
];

const SOLVERS: &[(&str, Solver)] = &[
    ("auto", Solver::Auto),
    ("dense", Solver::Dense),
    ("elimination", Solver::Elimination),
    ("multigrid", Solver::Multigrid),
    ("chebyshev", Solver::Chebyshev),
];
