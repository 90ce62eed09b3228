//! What the pictures of the engine show: the order of the points along a curve, and the aggregates of the multigrid.
//!
//! # Definition
//! [`curve_order`]: cut each coordinate to a whole number and interleave the bits; points close in that order are close
//! in space (Morton's curve). [`aggregates`]: each level of the multigrid gathers the vertices of the one before
//! into groups of neighbours, so each vertex of the graph is a part of one vertex of every level.
//!
//! # Must hold
//! Aggregates never reach across components.
//!
//! # Known value
//! The corners of a square stand in the order (0, 0), (0, 1), (1, 0), (1, 1).
//!
//! # Source
//! G. Morton, "A computer oriented geodetic data base and a new technique in file sequencing", IBM (1966); P. Vaněk, J.
//! Mandel & M. Brezina, "Algebraic multigrid by smoothed aggregation", Computing 56 (1996), §4.

use super::Task;
use crate::engine::neighbors::curve::morton_order;
use crate::error::Result;
use crate::graph::Graph;
use crate::guard;
use crate::points::Points;
use ndarray::Array1;

/// The indices of the points in the order of a space-filling curve: what lies close in memory then lies close in space.
///
/// ```
/// use fiedler::{ndarray::array, solvers::curve_order};
/// let corners = array![[1., 1.], [0., 0.], [1., 0.], [0., 1.]];
/// assert_eq!(curve_order(&corners)?.to_vec(), [1, 3, 2, 0]);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoPoints`](crate::Error::NoPoints), [`Error::NoColumns`](crate::Error::NoColumns),
/// [`Error::NotFinite`](crate::Error::NotFinite).
pub fn curve_order(x: &(impl Points + ?Sized)) -> Result<Array1<usize>> {
    let x = x.matrix()?;
    let x = &*guard::points(&x, 1)?;
    Ok(morton_order(x).into_iter().map(|i| i as usize).collect())
}

/// For each coarser level of the multigrid, the finest of them first, the aggregate that each vertex belongs to,
/// numbered from 0. Graphs of at most 64 vertices have none.
///
/// ```
/// use fiedler::{Graph, solvers::aggregates};
/// let edges: Vec<_> = (1..90).map(|i| (i - 1, i, 1.0)).collect();
/// let levels = aggregates(&Graph::from_edges(90, &edges)?)?;
/// assert_eq!(levels.len(), 1);
/// assert_eq!(levels[0].iter().max(), Some(&29)); // three by three
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Errors
/// [`Error::IsolatedPoints`](crate::Error::IsolatedPoints), [`Error::NoEdges`](crate::Error::NoEdges).
pub fn aggregates(graph: &Graph) -> Result<Vec<Array1<usize>>> {
    guard::no_isolated_points(graph.degrees())?;
    let task = Task {
        graph,
        count: 1,
        tolerance: 1.0,
    };
    let in_order = |level: Vec<u32>| {
        let mut own = Array1::zeros(level.len());
        for (&i, aggregate) in graph.pieces().order.vertices().iter().zip(level) {
            own[i as usize] = aggregate as usize;
        }
        own
    };
    let levels = task.problem().hierarchy().aggregates();
    Ok(levels.into_iter().map(in_order).collect())
}
