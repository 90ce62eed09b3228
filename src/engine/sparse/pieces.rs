//! The connected components of a graph, and an order of its vertices in which neighbours stand near each other, in one
//! walk.
//!
//! # Definition
//! Breadth first: a vertex, its neighbours, their neighbours, …, each component from its first vertex on. Two ends of an
//! edge are then at most two layers apart, so that a product with the matrix, its rows in this order, reads its vector
//! from a window that moves on instead of from everywhere. On large graphs that is worth more than any arithmetic saved.
//! A graph that was made from points has an order already: see [`super::along_curve`].
//!
//! # Source
//! E. Cuthill & J. McKee, "Reducing the bandwidth of sparse symmetric matrices", Proc. 24th National Conference of the
//! ACM (1969), 157–172.

use super::Edges;
use crate::engine::order::{Order, short};
use ndarray::Array1;
use std::sync::Arc;

/// What one walk through a graph finds.
#[derive(Debug, Clone)]
pub(crate) struct Pieces {
    /// The component of each vertex, numbered in order of first appearance.
    pub(crate) labels: Array1<usize>,
    /// The number of components.
    pub(crate) count: usize,
    /// The vertices in the order of the walk, or along the curve.
    pub(crate) order: Arc<Order>,
}

impl Pieces {
    pub(crate) fn new(edges: Edges<'_>) -> Self {
        let n = edges.vertices();
        let unseen = usize::MAX;
        let mut labels = Array1::from_elem(n, unseen);
        let mut order = Vec::with_capacity(n);
        let mut count = 0;
        for start in 0..n {
            if labels[start] != unseen {
                continue;
            }
            let mut next = order.len();
            labels[start] = count;
            order.push(short(start));
            while next < order.len() {
                edges.each_edge(order[next] as usize, |j, _| {
                    if labels[j] == unseen {
                        labels[j] = count;
                        order.push(short(j));
                    }
                });
                next += 1;
            }
            count += 1;
        }
        Self {
            labels,
            count,
            order: Arc::new(Order::new(order)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::sparse::Sparse;

    #[test]
    fn the_walk_goes_through_each_component_layer_by_layer() {
        // The path 0–2–4–1 beside the edge 3–5.
        let edge = |j: usize| (j, 1.0);
        let rows = vec![
            vec![edge(2)],
            vec![edge(4)],
            vec![edge(0), edge(4)],
            vec![edge(5)],
            vec![edge(2), edge(1)],
            vec![edge(3)],
        ];
        let pieces = Pieces::new(Edges::Sparse(&Sparse::from_rows(rows)));
        assert_eq!(pieces.order.vertices(), [0, 2, 4, 1, 3, 5]);
        assert_eq!(pieces.labels.to_vec(), [0, 0, 0, 1, 0, 1]);
        assert_eq!(pieces.count, 2);
    }
}
