//! An order of the vertices in which neighbours stand near each other.
//!
//! # Definition
//! Breadth first: a vertex, its neighbours, their neighbours, …, each component in turn. Two ends of an edge are then at
//! most two layers apart, and a product with L reads its vector from a window that moves on, instead of from
//! everywhere: that is worth more than any arithmetic saved.
//!
//! # Source
//! E. Cuthill & J. McKee, "Reducing the bandwidth of sparse symmetric matrices", ACM National Conference (1969).

use crate::edges::Edges;

/// The vertices breadth first, each component from its first vertex.
pub(super) fn breadth_first(edges: Edges<'_>) -> Vec<u32> {
    let n = edges.vertices();
    let mut seen = vec![false; n];
    let mut order = Vec::with_capacity(n);
    let index = |i: usize| u32::try_from(i).expect("at most 2^32 vertices");
    for start in 0..n {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut next = order.len();
        order.push(index(start));
        while next < order.len() {
            for (j, _) in edges.of(order[next] as usize) {
                if !seen[j] {
                    seen[j] = true;
                    order.push(index(j));
                }
            }
            next += 1;
        }
    }
    order
}
