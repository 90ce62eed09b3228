//! From points to a graph, one function a way.

use super::symmetric::{joined, symmetric};
use super::{Graph, Symmetry, Tiny};
use crate::engine::neighbors::{self, Neighbors};
use crate::error::{Error, Result};
use crate::guard;
use crate::linalg::distance;
use crate::points::Points;
use ndarray::{Array1, Array2};

/// Edges whose lists take half the memory of the largest dense matrix while the graph is built: each stands in two
/// rows, in two copies, 4 bytes each.
const MOST_EDGES: usize = crate::similarity::DENSE_LIMIT / 32;

impl Graph {
    /// The ε graph: an edge of weight 1 between every two points within `epsilon` of each other, the boundary
    /// included. Sparse; the same edges as [`crate::similarity_matrix`].
    ///
    /// [`crate::parameters::max_min_distance`] gives the smallest ε that leaves no point alone.
    ///
    /// # Errors
    /// As [`crate::similarity_matrix`]; in place of its limit on size, [`crate::Error::TooManyEdges`] above 2²⁶ edges.
    pub fn epsilon(x: &(impl Points + ?Sized), epsilon: f64) -> Result<Self> {
        within(&*x.matrix()?, epsilon)
    }

    /// The graph of the `k` nearest neighbours, made symmetric. Sparse; up to 2³² points, where memory allows. Past one
    /// machine: [`super::petsc::Shard`].
    ///
    /// ```
    /// use fiedler::{Graph, graph::Symmetry, ndarray::array};
    /// // Point 1 is nearest to both others, and point 0 is nearest to it.
    /// let x = array![[0.0], [1.0], [3.0]];
    /// let graph = Graph::nearest_neighbors(&x, Symmetry::Average, 1)?;
    /// assert_eq!(graph.matrix()?, array![[0., 1., 0.], [1., 0., 0.5], [0., 0.5, 0.]]);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`crate::similarity_matrix`] for points; [`crate::Error::NeighborCount`] unless 1 ≤ k < n;
    /// [`crate::Error::AllPointsEqual`].
    ///
    /// # Source
    /// U. von Luxburg (2007), §2.2; the average as scikit-learn's `SpectralClustering` takes it.
    pub fn nearest_neighbors(
        x: &(impl Points + ?Sized),
        symmetry: Symmetry,
        k: usize,
    ) -> Result<Self> {
        of_nearest(neighbors::nearest(&*x.matrix()?, k)?, symmetry)
    }

    /// The mutual graph of the `k` nearest neighbours: an edge of weight 1 between two points each of which is
    /// among the k nearest of the other. Sparse; often in several pieces, with isolated vertices.
    ///
    /// # Errors
    /// As [`Graph::nearest_neighbors`].
    ///
    /// # Source
    /// U. von Luxburg (2007), §2.2.
    pub fn mutual_nearest_neighbors(x: &(impl Points + ?Sized), k: usize) -> Result<Self> {
        of_mutual(neighbors::nearest(&*x.matrix()?, k)?)
    }

    /// The Gaussian similarity exp(−‖xᵢ − xⱼ‖²/2σ²) between every two points; 0 on the diagonal. Dense, shape
    /// n × n. `sigma` has the unit of the coordinates.
    ///
    /// ```
    /// use fiedler::{Graph, ndarray::array};
    /// let graph = Graph::gaussian(&array![[0.0], [2.0]], 1.0)?;
    /// assert!((graph.degrees()[0] - (-2.0_f64).exp()).abs() < 1e-15);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`crate::similarity_matrix`] for points; [`crate::Error::Parameter`] unless σ is positive and finite;
    /// [`crate::Error::TooLarge`] above [`crate::similarity::DENSE_LIMIT`]; [`crate::Error::SmallSigma`] where σ is so small that
    /// all similarities vanish all but entirely, [`crate::Error::TinyDegree`] where σ is so small that the
    /// similarities of a point vanish all but entirely. Where they vanish entirely, the vertex is isolated.
    ///
    /// # Source
    /// A. Ng, M. Jordan & Y. Weiss, "On spectral clustering", NIPS 14 (2002), §2.
    pub fn gaussian(x: &(impl Points + ?Sized), sigma: f64) -> Result<Self> {
        Self::gaussian_with(&*x.matrix()?, sigma, Tiny::Refuse)
    }

    pub(super) fn gaussian_with(x: &Array2<f64>, sigma: f64, tiny: Tiny) -> Result<Self> {
        let x = &*guard::points(x, 2)?;
        guard::positive("sigma", sigma)?;
        from_distances(x, tiny, |_, _, distance| gaussian(distance, sigma)).map_err(small_sigma)
    }

    /// The Gaussian similarity on the edges of the `k`-nearest-neighbour graph ("either") alone. Sparse.
    ///
    /// # Errors
    /// As [`Graph::nearest_neighbors`] and [`Graph::gaussian`].
    pub fn gaussian_on_nearest_neighbors(
        x: &(impl Points + ?Sized),
        sigma: f64,
        k: usize,
    ) -> Result<Self> {
        Self::gaussian_on_nearest_neighbors_with(&*x.matrix()?, sigma, k, Tiny::Refuse)
    }

    pub(super) fn gaussian_on_nearest_neighbors_with(
        x: &Array2<f64>,
        sigma: f64,
        k: usize,
        tiny: Tiny,
    ) -> Result<Self> {
        guard::positive("sigma", sigma)?;
        let near = neighbors::nearest(x, k)?;
        let weight = |distance| Some(gaussian(distance, sigma)).filter(|&weight| weight > 0.0);
        let rows = symmetric(near, |distance, _| weight(distance));
        Self::along_curve(rows, tiny).map_err(small_sigma)
    }

    /// The self-tuning similarity exp(−‖xᵢ − xⱼ‖²/σᵢσⱼ), where σᵢ is the distance of point i to its
    /// `neighbor`-th nearest neighbour (the paper takes 7). Dense: each part of the data has its own unit.
    ///
    /// Two equal points have similarity 1, also where σᵢ is 0.
    ///
    /// # Errors
    /// As [`Graph::nearest_neighbors`], with `neighbor` for k, and [`Graph::gaussian`].
    ///
    /// # Source
    /// L. Zelnik-Manor & P. Perona, "Self-tuning spectral clustering", NIPS 17 (2004), §2.
    pub fn local_scaling(x: &(impl Points + ?Sized), neighbor: usize) -> Result<Self> {
        Self::local_scaling_with(&*x.matrix()?, neighbor, Tiny::Refuse)
    }

    pub(super) fn local_scaling_with(x: &Array2<f64>, neighbor: usize, tiny: Tiny) -> Result<Self> {
        let x = &*guard::standard(x);
        let scales = local_scales(&neighbors::nearest(x, neighbor)?);
        if !scales.iter().all(|scale| scale.is_finite()) {
            return Err(Error::TooFarApart {
                what: "the distance to a neighbour",
            });
        }
        from_distances(x, tiny, |i, j, distance| {
            scaled(distance, scales[i], scales[j])
        })
    }
}

/// The ε graph.
pub(super) fn within(x: &Array2<f64>, epsilon: f64) -> Result<Graph> {
    let x = &*guard::points(x, 2)?;
    guard::epsilon(epsilon)?;
    match neighbors::within(x, epsilon, 2 * MOST_EDGES) {
        Some(near) => Graph::along_curve(joined(near), Tiny::Refuse),
        None if guard::all_equal(x) => Err(Error::AllPointsEqual { n: x.nrows() }),
        None => Err(Error::TooManyEdges { limit: MOST_EDGES }),
    }
}

/// The graph of neighbours, made symmetric.
fn of_nearest(near: Neighbors, symmetry: Symmetry) -> Result<Graph> {
    let rows = match symmetry {
        Symmetry::Average => symmetric(near, |_, mutual| Some(average(mutual))),
        Symmetry::Either => symmetric(near, |_, _| Some(())),
    };
    Graph::along_curve(rows, Tiny::Refuse)
}

/// The graph of neighbours of each other.
fn of_mutual(near: Neighbors) -> Result<Graph> {
    let rows = symmetric(near, |_, mutual| mutual.then_some(()));
    Graph::along_curve(rows, Tiny::Refuse)
}

/// No Gaussian similarity is above 1: only σ makes their sum leave the range of f64.
fn small_sigma(error: Error) -> Error {
    match error {
        Error::Scale { sum } => Error::SmallSigma { name: "sigma", sum },
        other => other,
    }
}

/// The distance of each point to the last of its neighbours.
pub(super) fn local_scales(near: &Neighbors) -> Array1<f64> {
    (0..near.len()).map(|i| near.last(i).1).collect()
}

/// (wᵢⱼ + wⱼᵢ)/2, one of which is 1.
fn average(mutual: bool) -> f32 {
    if mutual { 1.0 } else { 0.5 }
}

/// exp(−r²/2σ²); the quotient first, so that neither square overflows.
pub(super) fn gaussian(distance: f64, sigma: f64) -> f64 {
    (-0.5 * (distance / sigma).powi(2)).exp()
}

/// exp(−r²/σᵢσⱼ), and 1 for r = 0.
pub(super) fn scaled(distance: f64, one: f64, other: f64) -> f64 {
    if distance == 0.0 {
        1.0
    } else {
        (-(distance / one) * (distance / other)).exp()
    }
}

/// The dense graph of a similarity of pairs, given their distance.
fn from_distances(
    x: &Array2<f64>,
    tiny: Tiny,
    similarity: impl Fn(usize, usize, f64) -> f64,
) -> Result<Graph> {
    dense(x.nrows(), tiny, |i, j| {
        similarity(i, j, distance(x.row(i), x.row(j)))
    })
}

/// What to do where a matrix would be too large.
pub(super) const INSTEAD_OF_DENSE: &str = "take fewer points, or the similarities of near points alone, by `Graph::gaussian_on_nearest_neighbors`";

/// The dense graph of a similarity of pairs.
pub(super) fn dense(
    n: usize,
    tiny: Tiny,
    similarity: impl Fn(usize, usize) -> f64,
) -> Result<Graph> {
    guard::dense_size(n, crate::similarity::DENSE_LIMIT, INSTEAD_OF_DENSE)?;
    let mut a = Array2::zeros((n, n));
    for i in 0..n {
        for j in 0..i {
            let weight = similarity(i, j);
            a[[i, j]] = weight;
            a[[j, i]] = weight;
        }
    }
    Graph::dense(a, tiny)
}
