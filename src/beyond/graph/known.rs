//! Graphs by name, whose eigenvalues or best splits are known.
//!
//! # Definition
//! | graph | vertices | edges | eigenvalues of (D − A)z = λDz |
//! |---|---|---|---|
//! | [`path`] | n | i, i + 1 | 1 − cos(πj/(n − 1)), j = 0, …, n − 1 |
//! | [`cycle`] | n | and n − 1, 0 | 1 − cos(2πj/n), j = 0, …, n − 1 |
//! | [`complete`] | n | every two | 0, and n/(n − 1) n − 1 times |
//! | [`complete_bipartite`] | m + n | the first m with the last n | 0, 1 m + n − 2 times, 2 |
//! | [`star`] | n | 0 with every other | 0, 1 n − 2 times, 2 |
//! | [`hypercube`] | 2ᵈ | numbers that differ in one bit | 2j/d, (d over j) times |
//! | [`grid`] | rows · columns | next to each other | no closed form |
//! | [`cliques`] | k · size | all within a clique, weak ones between | 0, kmw/d k − 1 times, 1 + 1/d |
//! | [`cockroach`] | 4k | two paths, k rungs | no closed form |
//! | [`karate_club`] | 34 | who met outside the club | λ₂ = 0.1322723 |
//!
//! # Must hold
//! Enough vertices for the shape, and at most 10⁷ edges.
//!
//! # Known value
//! The karate club has 78 edges; its two factions are joined by 11 of them.
//!
//! # Source
//! F. R. K. Chung, "Spectral Graph Theory", AMS (1997), §1.2; of each named graph, at its function.

mod karate;

pub use karate::karate_club;

use super::Graph;
use crate::error::{Error, Result};
use ndarray::Array1;

/// More edges than this would be lists of gigabytes.
const LARGEST: usize = 10_000_000;

/// The cockroach: two paths of 2k vertices, 0 … 2k − 1 and 2k … 4k − 1, joined by k rungs between the last k of each.
/// Cutting off both antennae, the first k of each path, costs 2. The sign of the second eigenvector parts the two
/// paths instead and cuts all k rungs: for every k that of D − A, of which the paper speaks, and for k ≤ 8 that of
/// (D − A)z = λDz. From k = 9 on the latter comes right: dividing by the degrees spares the antennae.
/// By the normalised cut one antenna alone, which costs 1, is better than both, and than what the sign finds then.
///
/// ```
/// use fiedler::{fiedler_vector, graph::known::cockroach, labels_by_sign};
/// let graph = cockroach(5)?;
/// let labels = labels_by_sign(&fiedler_vector(&graph.matrix()?)?.vector)?;
/// assert_eq!(graph.cut(&labels)?, 5.0);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::Count`] for k = 0 or too many edges.
///
/// # Source
/// S. Guattery & G. L. Miller, "On the quality of spectral separators", SIAM Journal on Matrix Analysis and
/// Applications 19 (1998), 701–719.
pub fn cockroach(k: usize) -> Result<Graph> {
    at_least("k", k, 1, "1 or more")?;
    few_edges(k.checked_mul(5))?;
    let paths = (0..2 * k - 1).flat_map(|i| [(i, i + 1), (2 * k + i, 2 * k + i + 1)]);
    unweighted(4 * k, paths.chain((k..2 * k).map(|i| (i, 2 * k + i))))
}

/// The path of n vertices, 0 to n − 1.
///
/// # Errors
/// [`Error::Count`] for n < 2 or too many edges.
pub fn path(n: usize) -> Result<Graph> {
    at_least("n", n, 2, "2 or more")?;
    few_edges(Some(n))?;
    unweighted(n, (1..n).map(|i| (i - 1, i)))
}

/// The cycle of n vertices.
///
/// # Errors
/// [`Error::Count`] for n < 3 (two vertices have one edge) or too many edges.
pub fn cycle(n: usize) -> Result<Graph> {
    at_least("n", n, 3, "3 or more")?;
    few_edges(Some(n))?;
    unweighted(n, (0..n).map(|i| (i, (i + 1) % n)))
}

/// The complete graph: an edge between every two of n vertices.
///
/// # Errors
/// [`Error::Count`] for n < 2 or too many edges.
pub fn complete(n: usize) -> Result<Graph> {
    at_least("n", n, 2, "2 or more")?;
    few_edges(n.checked_mul(n - 1).map(|ends| ends / 2))?;
    unweighted(n, (1..n).flat_map(|i| (0..i).map(move |j| (j, i))))
}

/// The complete bipartite graph: the first m vertices, each joined to each of the other n.
///
/// # Errors
/// [`Error::Count`] for m = 0, n = 0 or too many edges.
pub fn complete_bipartite(m: usize, n: usize) -> Result<Graph> {
    at_least("m", m, 1, "1 or more")?;
    at_least("n", n, 1, "1 or more")?;
    few_edges(m.checked_mul(n))?;
    unweighted(m + n, (0..m).flat_map(|i| (m..m + n).map(move |j| (i, j))))
}

/// The star of n vertices: vertex 0 joined to each other.
///
/// # Errors
/// [`Error::Count`] for n < 2 or too many edges.
pub fn star(n: usize) -> Result<Graph> {
    at_least("n", n, 2, "2 or more")?;
    complete_bipartite(1, n - 1)
}

/// The hypercube: the numbers below 2ᵈ, two of them joined where they differ in one bit.
///
/// # Errors
/// [`Error::Count`] for d = 0 or too many edges.
pub fn hypercube(dimension: u32) -> Result<Graph> {
    let bits = dimension as usize;
    at_least("dimension", bits, 1, "1 or more")?;
    let n = 1_usize.checked_shl(dimension).unwrap_or(0);
    few_edges(bits.checked_mul(n / 2).filter(|_| n != 0))?;
    let up = |i: usize| (0..bits).map(move |bit| (i, i | 1 << bit));
    unweighted(n, (0..n).flat_map(up).filter(|(i, j)| i != j))
}

/// The grid: vertex r · columns + c stands in row r and column c, joined to the next in its row and column.
///
/// # Errors
/// [`Error::Count`] where it has fewer than two vertices or too many edges.
pub fn grid(rows: usize, columns: usize) -> Result<Graph> {
    at_least("rows", rows, 1, "1 or more")?;
    at_least("columns", columns, 1, "1 or more")?;
    let n = rows.saturating_mul(columns);
    at_least("rows times columns", n, 2, "2 or more")?;
    few_edges(n.checked_mul(2))?;
    let right = (0..n).filter(move |i| (i + 1) % columns != 0);
    let down = 0..n - columns;
    unweighted(
        n,
        right
            .map(|i| (i, i + 1))
            .chain(down.map(|i| (i, i + columns))),
    )
}

/// k complete graphs of `size` vertices with edges of weight 1, the first one's vertices first, and an edge of weight
/// `weight_between` between every two vertices of different cliques: the ideal case of k components, disturbed as
/// much as one likes. The labels say who is in which clique. With weight 0 there are k components.
///
/// Every degree is d = m − 1 + (k − 1)mw, for m = `size` and w = `weight_between`.
///
/// ```
/// let (graph, labels) = fiedler::graph::known::cliques(3, 4, 0.0)?;
/// assert_eq!(graph.components(), labels);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::Parameter`] for a weight that is not between 0 and 1e60;
/// [`Error::Count`] for k = 0, cliques of fewer than two vertices, or too many edges.
///
/// # Source
/// A. Y. Ng, M. I. Jordan & Y. Weiss, "On spectral clustering", NIPS 14 (2002), §3.1, the ideal case.
pub fn cliques(k: usize, size: usize, weight_between: f64) -> Result<(Graph, Array1<usize>)> {
    at_least("k", k, 1, "1 or more")?;
    at_least("size", size, 2, "2 or more")?;
    if !(0.0..=1e60).contains(&weight_between) {
        return Err(Error::Parameter {
            name: "weight_between",
            value: weight_between,
            wanted: "between 0 and 1e60, beside the weights of 1",
        });
    }
    let n = k.checked_mul(size);
    few_edges(n.and_then(|n| n.checked_mul(n)).map(|ends| ends / 2))?;
    let n = k * size;
    let pairs = (1..n).flat_map(|i| (0..i).map(move |j| (j, i)));
    let weight = |i: usize, j: usize| {
        if i / size == j / size {
            1.0
        } else {
            weight_between
        }
    };
    let edges: Vec<_> = pairs
        .map(|(i, j)| (i, j, weight(i, j)))
        .filter(|edge| edge.2 > 0.0)
        .collect();
    let labels = (0..n).map(|i| i / size).collect();
    Ok((Graph::from_edges(n, &edges)?, labels))
}

/// The graph with these edges, each of weight 1.
fn unweighted(n: usize, edges: impl Iterator<Item = (usize, usize)>) -> Result<Graph> {
    let edges: Vec<_> = edges.map(|(i, j)| (i, j, 1.0)).collect();
    Graph::from_edges(n, &edges)
}

/// A size that the shape needs.
fn at_least(name: &'static str, value: usize, least: usize, wanted: &'static str) -> Result<()> {
    if value >= least {
        Ok(())
    } else {
        Err(Error::Count {
            name,
            found: value,
            wanted,
        })
    }
}

/// A number of edges, or a bound of it, that fits memory; `None` where the number itself overflows.
fn few_edges(edges: Option<usize>) -> Result<()> {
    match edges {
        Some(edges) if edges <= LARGEST => Ok(()),
        _ => Err(Error::Count {
            name: "the number of edges",
            found: edges.unwrap_or(usize::MAX),
            wanted: "at most 10000000",
        }),
    }
}
