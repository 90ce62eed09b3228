//! The order of Cuthill and McKee: layer by layer, so that what is joined stands close together.
//!
//! # Source
//! A. George & J. Liu, "Computer Solution of Large Sparse Positive Definite Systems" (1981), §4.3 (the order, and its
//! starting vertex).

use crate::engine::sparse::Sparse;

/// Rounds of looking for an end of the graph; two or three do.
const ROUNDS: usize = 8;

/// The vertices layer by layer, each component from one of its ends.
pub(super) fn layers(rows: &Sparse) -> Vec<u32> {
    let n = rows.starts.len() - 1;
    let mut seen = vec![false; n];
    let mut order = Vec::with_capacity(n);
    for first in (0..).take(n) {
        if seen[first as usize] {
            continue;
        }
        let begin = order.len();
        let (mut start, mut deepest) = (first, 0);
        for _ in 0..ROUNDS {
            let (depth, end) = walk(rows, start, &mut seen, &mut order);
            if depth <= deepest {
                break;
            }
            deepest = depth;
            start = end;
            for vertex in order.drain(begin..) {
                seen[vertex as usize] = false;
            }
        }
        if order.len() == begin {
            walk(rows, start, &mut seen, &mut order);
        }
    }
    order
}

/// Appends what can be reached from `start` to `order`, layer by layer, those with few neighbours first; the number of
/// layers beside the first, and the vertex of the last one with the fewest neighbours.
fn walk(rows: &Sparse, start: u32, seen: &mut [bool], order: &mut Vec<u32>) -> (usize, u32) {
    let neighbors = |vertex: u32| rows.range(vertex as usize);
    let (mut depth, mut layer) = (0, order.len());
    seen[start as usize] = true;
    order.push(start);
    let (mut next, mut end) = (layer, layer + 1);
    while next < order.len() {
        if next == end {
            depth += 1;
            layer = next;
            end = order.len();
        }
        let from = order.len();
        for &j in &rows.columns[neighbors(order[next])] {
            if !std::mem::replace(&mut seen[j as usize], true) {
                order.push(j);
            }
        }
        order[from..].sort_by_key(|&vertex| neighbors(vertex).len());
        next += 1;
    }
    let last = order[layer..]
        .iter()
        .min_by_key(|&&vertex| neighbors(vertex).len());
    (depth, *last.expect("a layer is not empty"))
}
