//! Commute distances, and what becomes of them on large graphs.

use super::resistance::resistances;
use crate::engine::eigenpairs;
use crate::engine::workers::by_a_worker;
use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::guard;
use ndarray::Array2;

/// What to do about a matrix that would be too large.
const SMALLER: &str =
    "take fewer vertices, or the part of the graph that matters by `Graph::induced`";

/// L⁺, the pseudo-inverse of L = D − A: LL⁺L = L, and L⁺ is 0 on what is constant on each component. Shape n × n,
/// symmetric. The graph may fall into pieces.
///
/// Rounding takes at most about a thousandth of its largest entry, and far less where no link is weak. Where one is,
/// entries that are small beside the largest, and differences of entries, may have no right digit: between two vertices
/// take [`commute_distances`].
///
/// ```
/// use fiedler::{Graph, ndarray::array, walk::pseudo_inverse};
/// let edge = Graph::from_edges(2, &[(0, 1, 2.0)])?;
/// let inverse = pseudo_inverse(&edge)?;
/// let off = inverse - array![[0.125, -0.125], [-0.125, 0.125]];
/// assert!(off.iter().all(|off| off.abs() < 1e-15));
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::TooLarge`] above [`crate::similarity::DENSE_LIMIT`]; [`Error::Solver`] where some link is so weak beside the
/// strongest edge that rounding would take all digits.
pub fn pseudo_inverse(graph: &Graph) -> Result<Array2<f64>> {
    guard::dense_size(
        graph.vertex_count(),
        crate::similarity::DENSE_LIMIT,
        SMALLER,
    )?;
    eigenpairs::pseudo_inverse(graph.edges(), graph.degrees(), &graph.components())
}

/// The expected number of steps of a random walk from i to j and back, for all i and j. Shape n × n, symmetric,
/// with zeros on the diagonal; it obeys the triangle inequality. Divided by vol(V) it is the resistance between
/// i and j where each edge is a wire of conductance aᵢⱼ. Found by elimination, from star to mesh, and right to about a
/// dozen digits however much the weights differ. Time grows with n³.
///
/// It counts all ways from i to j, so that one would take it for a good distance between points of a cluster.
/// On large dense graphs it is not: see [`commute_limit`].
///
/// ```
/// use fiedler::{Graph, walk::commute_distances};
/// let path = Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)])?;
/// let c = commute_distances(&path)?;
/// assert!((c[[0, 2]] - 8.0).abs() < 1e-13); // 2 edges · 2 steps · 2
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::Disconnected`] where the graph is in several pieces: between two of them no walk leads;
/// [`Error::TooLarge`] above [`crate::similarity::DENSE_LIMIT`]; [`Error::Solver`] where a distance is beyond f64.
///
/// # Source
/// F. Göbel & A. Jagers, "Random walks on graphs", Stochastic Processes and their Applications 2 (1974); D. Klein
/// & M. Randić, "Resistance distance", J. Math. Chem. 12 (1993); U. von Luxburg (2007), §6, Proposition 6.
pub fn commute_distances(graph: &Graph) -> Result<Array2<f64>> {
    connected(graph)?;
    guard::dense_size(
        graph.vertex_count(),
        crate::similarity::DENSE_LIMIT,
        SMALLER,
    )?;
    let a = graph.edges().matrix();
    let distances = graph.volume() * by_a_worker(|| resistances(a));
    if distances.iter().all(|distance| distance.is_finite()) {
        return Ok(distances);
    }
    Err(Error::Solver {
        method: "the elimination",
        reason: "some link is so weak that the way over it is longer than f64 holds; drop that link, or take its two sides one at a time"
            .to_string(),
    })
}

/// What the commute distance comes to on large dense graphs: vol(V)(1/dᵢ + 1/dⱼ), 0 for i = j. It knows the two
/// degrees and nothing of the way between the points, so that there the commute distance says nothing about
/// clusters.
///
/// # Errors
/// [`Error::Disconnected`]; [`Error::TooLarge`] above [`crate::similarity::DENSE_LIMIT`].
///
/// # Source
/// U. von Luxburg, A. Radl & M. Hein, "Hitting and commute times in large random neighborhood graphs", JMLR 15
/// (2014), §4; first in "Getting lost in space: large sample analysis of the commute distance", NIPS 2010.
pub fn commute_limit(graph: &Graph) -> Result<Array2<f64>> {
    connected(graph)?;
    let n = graph.vertex_count();
    guard::dense_size(n, crate::similarity::DENSE_LIMIT, SMALLER)?;
    let (volume, d) = (graph.volume(), graph.degrees());
    Ok(Array2::from_shape_fn((n, n), |(i, j)| {
        if i == j {
            return 0.0;
        }
        volume / d[i] + volume / d[j]
    }))
}

fn connected(graph: &Graph) -> Result<()> {
    let sizes = guard::sizes(&graph.components());
    if sizes.len() == 1 {
        Ok(())
    } else {
        Err(Error::Disconnected { sizes })
    }
}
