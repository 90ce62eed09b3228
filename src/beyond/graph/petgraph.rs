//! A graph from one of the crate `petgraph`; the feature `petgraph`.

use super::Graph;
use crate::error::Result;
use petgraph::Undirected;
use petgraph::visit::{EdgeRef, GraphProp, IntoEdgeReferences, IntoNodeIdentifiers, NodeIndexable};

impl Graph {
    /// The graph of an undirected graph of petgraph, and its vertices in our order, which is petgraph's. `weight` says
    /// what an edge weighs; where edges have no weight, `|_| 1.0`. Needs the feature `petgraph`.
    ///
    /// ```
    /// use fiedler::Graph;
    /// use petgraph::graph::UnGraph;
    /// let mut roads = UnGraph::<&str, f64>::new_undirected();
    /// let (ulm, bonn) = (roads.add_node("Ulm"), roads.add_node("Bonn"));
    /// roads.add_edge(bonn, ulm, 2.0);
    /// let (graph, order) = Graph::from_petgraph(&roads, |&weight| weight)?;
    /// assert_eq!(graph, Graph::from_edges(2, &[(0, 1, 2.0)])?);
    /// assert_eq!(roads[order[1]], "Bonn");
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Graph::from_edges`]; parallel edges are [`crate::Error::DuplicateEdge`].
    pub fn from_petgraph<G>(
        graph: G,
        weight: impl Fn(&G::EdgeWeight) -> f64,
    ) -> Result<(Self, Vec<G::NodeId>)>
    where
        G: GraphProp<EdgeType = Undirected>
            + IntoNodeIdentifiers
            + IntoEdgeReferences
            + NodeIndexable,
    {
        let order: Vec<G::NodeId> = graph.node_identifiers().collect();
        // Where vertices were removed, petgraph's own numbers have gaps.
        let mut numbers = vec![0; graph.node_bound()];
        for (number, &vertex) in order.iter().enumerate() {
            numbers[graph.to_index(vertex)] = number;
        }
        let number = |vertex| numbers[graph.to_index(vertex)];
        let edges = graph.edge_references();
        let edges = edges.map(|edge| {
            (
                number(edge.source()),
                number(edge.target()),
                weight(edge.weight()),
            )
        });
        let edges: Vec<(usize, usize, f64)> = edges.collect();
        Ok((Self::from_edges(order.len(), &edges)?, order))
    }
}
