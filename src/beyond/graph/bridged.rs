//! The nearest neighbours with the shortest bridges between the pieces.
//!
//! # Definition
//! The graph of the k nearest neighbours, symmetric by the average. Where it falls into more pieces than wanted, the
//! shortest edge between two of them is added, and again, until as many are left as wanted. Together with the edges that
//! are there, the bridges are those of a minimum spanning forest.
//!
//! A bridge weighs ½, as an edge does that only one of its ends wants. No label hangs on that number where as many pieces
//! are left as there are clusters: then the pieces are the clusters. Where fewer are left a bridge is as cheap to cut as
//! any edge, and cuts off whole what was a piece. A much smaller weight would only bring eigenvalues that rounding cannot
//! tell from 0.
//!
//! # Known value
//! The points 0, 1, 10 and 11 on a line, with one neighbour each, are two pieces; the bridge is 1–10, of length 9.

use super::{Graph, Storage, Symmetry, Tiny};
use crate::engine::neighbors;
use crate::error::{Error, Result};
use crate::points::Points;
use ndarray::Array2;

/// What a bridge weighs.
pub(super) const WEIGHT: f64 = 0.5;

/// An edge that was added to join two pieces of a graph.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Bridge {
    /// The point of the smaller index.
    pub from: usize,
    /// The other point.
    pub to: usize,
    /// How far they are apart.
    pub length: f64,
}

impl Graph {
    /// The graph of the `k` nearest neighbours by the average, its pieces joined by the shortest bridges of weight ½
    /// until at most `pieces` are left. Sparse.
    ///
    /// ```
    /// use fiedler::{Graph, ndarray::array};
    /// let x = array![[0.0], [1.0], [10.0], [11.0]];
    /// assert_eq!(Graph::bridged_nearest_neighbors(&x, 1, 2)?.component_count(), 2);
    /// let joined = Graph::bridged_nearest_neighbors(&x, 1, 1)?;
    /// assert_eq!(joined.neighbors(1)?, [(0, 1.0), (2, 0.5)]);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Graph::nearest_neighbors`]; [`Error::Parameter`] for no pieces.
    ///
    /// # Source
    /// Minimum spanning trees that keep a neighbourhood graph in one piece, for spectral clustering among others:
    /// M. Carreira-Perpiñán & R. Zemel, "Proximity graphs for clustering and manifold learning", NIPS 17 (2005).
    pub fn bridged_nearest_neighbors(
        x: &(impl Points + ?Sized),
        k: usize,
        pieces: usize,
    ) -> Result<Self> {
        bridged(&*x.matrix()?, k, pieces).map(|(graph, _)| graph)
    }
}

/// The graph and its bridges, shortest first.
pub(super) fn bridged(x: &Array2<f64>, k: usize, pieces: usize) -> Result<(Graph, Vec<Bridge>)> {
    if pieces == 0 {
        return Err(Error::Parameter {
            name: "the number of pieces",
            value: 0.0,
            wanted: "at least 1",
        });
    }
    let graph = Graph::nearest_neighbors(x, Symmetry::Average, k)?;
    let found = graph.component_count();
    if found <= pieces {
        return Ok((graph, Vec::new()));
    }
    let all = neighbors::bridges(x, &graph.pieces().labels);
    let taken = &all[..found - pieces];
    let bridge = |&(length, from, to): &neighbors::Pair| Bridge {
        from: from as usize,
        to: to as usize,
        length,
    };
    let bridges: Vec<Bridge> = taken.iter().map(bridge).collect();
    let ends = bridges.iter().map(|bridge| (bridge.from, bridge.to));
    let joined = match &graph.storage {
        Storage::AlongCurve(curve) => {
            Graph::along_curve(curve.with_edges(ends, WEIGHT), Tiny::Refuse)?
        }
        Storage::Dense(_) | Storage::Sparse(_) => unreachable!("neighbours stand along a curve"),
    };
    Ok((joined, bridges))
}
