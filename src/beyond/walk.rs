//! The random walk: the normalised cut as the chance to leave a cluster, and the time to come back.
//!
//! # Definition
//! A walker at vertex i takes the edge to j with probability pᵢⱼ = aᵢⱼ/dᵢ: the transition matrix is P = D⁻¹A, and
//! I − P is the random-walk Laplacian. In the long run it is at i with probability πᵢ = dᵢ/vol(V). Then
//!
//! ```text
//! P(X₁ ∉ C | X₀ ∈ C) = cut(C, V∖C) / vol(C),     X₀ drawn from π
//! ```
//!
//! and the sum over all clusters is the normalised cut. The commute distance is the expected number of steps
//! from i to j and back:
//!
//! ```text
//! cᵢⱼ = vol(V) (L⁺ᵢᵢ + L⁺ⱼⱼ − 2L⁺ᵢⱼ),     L⁺ the pseudo-inverse of L = D − A
//! ```
//!
//! # Must hold
//! No vertex is isolated. For commute distances the graph is connected.
//!
//! # Known value
//! On a path of n vertices c is 2(n − 1)|i − j|; on the complete graph it is 2(n − 1) for every two.
//!
//! # Source
//! M. Meila & J. Shi, "A random walks view of spectral segmentation", AISTATS 2001, §3; U. von Luxburg, "A
//! tutorial on spectral clustering", Statistics and Computing 17 (2007), §6.

mod commute;
mod resistance;
mod simulation;

pub use commute::{commute_distances, commute_limit, pseudo_inverse};
pub use simulation::{Commute, Leaving, simulate_commute, simulate_leaving};

use crate::error::Result;
use crate::graph::Graph;
use crate::guard;
use ndarray::{Array1, Array2, Axis};

/// P = D⁻¹A, each row a probability distribution. Shape n × n.
///
/// ```
/// use fiedler::{Graph, ndarray::array, walk::transition_matrix};
/// let path = Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 3.0)])?;
/// let p = transition_matrix(&path)?;
/// assert_eq!(p, array![[0., 1., 0.], [0.25, 0., 0.75], [0., 1., 0.]]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`crate::Error::IsolatedPoints`], [`crate::Error::NoEdges`]; [`crate::Error::TooLarge`] above
/// [`crate::similarity::DENSE_LIMIT`].
pub fn transition_matrix(graph: &Graph) -> Result<Array2<f64>> {
    guard::no_isolated_points(graph.degrees())?;
    Ok(graph.matrix()? / graph.degrees().view().insert_axis(Axis(1)))
}

/// π = d/vol(V): the distribution that a step leaves as it is, πᵀP = πᵀ. It is the only one where the graph is
/// connected.
///
/// # Errors
/// [`crate::Error::IsolatedPoints`], [`crate::Error::NoEdges`].
pub fn stationary(graph: &Graph) -> Result<Array1<f64>> {
    guard::no_isolated_points(graph.degrees())?;
    Ok(graph.degrees() / graph.volume())
}

/// For each cluster C of `labels`, the probability cut(C, V∖C)/vol(C) that one step from within it leads out.
/// Their sum is [`Graph::normcut`].
///
/// ```
/// use fiedler::{Graph, data::blog_moons, walk::leaving_probability};
/// let moons = blog_moons();
/// let leaving = leaving_probability(&Graph::epsilon(&moons.x, 0.4)?, &moons.y)?;
/// assert!(leaving.iter().all(|p| *p < 0.006)); // 13 edges out of the 2258 are cut
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// As [`Graph::cut`]; [`crate::Error::IsolatedPoints`], [`crate::Error::NoEdges`].
///
/// # Source
/// M. Meila & J. Shi (2001), §3; U. von Luxburg (2007), Proposition 5.
pub fn leaving_probability(graph: &Graph, labels: &Array1<usize>) -> Result<Array1<f64>> {
    let labels = &*guard::labels(labels, graph.vertex_count())?.0;
    guard::no_isolated_points(graph.degrees())?;
    Ok(graph.cuts(labels)? / graph.vols(labels)?)
}
