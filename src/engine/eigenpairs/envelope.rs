//! A graph taken apart one vertex after another: Cholesky's method for the Laplacian of a long and thin graph.
//!
//! # Definition
//! Lx = b asks for the voltages x in a network of conductances wᵢⱼ into which the currents b flow. A vertex k is
//! *eliminated*: its current goes on to its neighbours in shares, and each two of them are joined as strongly as they
//! were by way of k. With d = Σⱼ wₖⱼ over the neighbours that are left,
//!
//! ```text
//! uₖⱼ = wₖⱼ / d              the shares
//! bⱼ  ← bⱼ + uₖⱼ bₖ          the current goes on
//! wᵢⱼ ← wᵢⱼ + uₖᵢ wₖⱼ        the star of k becomes a mesh
//! ```
//!
//! What is left is a network again, with one vertex less and the same voltages. The last vertex of each component has
//! no neighbour left; its voltage is 0. Then all go back in turn: xₖ = bₖ/d + Σⱼ uₖⱼxⱼ, the mean of the neighbours and
//! what flows in. In matrices this is LDLᵀ.
//!
//! With a leak sₖ to the ground at each vertex the matrix is L + diag(s), and d takes it in: d = sₖ + Σⱼ wₖⱼ. The leak is
//! shared out like the current. For s = −σm, which is L − σM, the vertices with d < 0 are as many as there are
//! eigenvalues of Lz = λMz below σ (Sylvester's law of inertia): a proof that none was missed.
//!
//! New edges arise between k's later neighbours only. With the vertices layer by layer, those stand close together: all
//! of it stays within an *envelope* beside the diagonal, from each vertex to the last one that is joined to it or to one
//! before it. Its squared widths are the work.
//!
//! # Must hold
//! No negative weights. Without leaks only positive numbers are added, never subtracted, so that each is known to its
//! last digits, also where they are of very different size.
//!
//! # Known value
//! A star whose arms 1, …, 4 conduct 1 each, without its centre, is a mesh of conductances ¼.
//!
//! # Source
//! A. George & J. Liu, "Computer Solution of Large Sparse Positive Definite Systems" (1981), §4.2 (envelope), §4.3
//! (order, and its starting vertex); A. Rosen, "A new network theorem", J. Inst. Electr. Eng. 62 (1924), 916–918 (star
//! and mesh); B. N. Parlett, "The Symmetric Eigenvalue Problem" (1998), §3.3 (counting eigenvalues).

#[cfg(test)]
mod tests;

use crate::engine::order::Order;
use crate::engine::sparse::{Sparse, starts};
use ndarray::Array1;

/// Rounds of looking for an end of the graph; two or three do.
const ROUNDS: usize = 8;

/// A sum that is so much smaller than its terms says little: what is divided by it would drown all the rest.
const CANCELLED: f64 = 1e-9;

/// An order of the vertices, and how far each row reaches in it.
pub(crate) struct Envelope {
    /// The vertices, layer by layer from an end of each component.
    pub(crate) order: Order,
    /// Row k reaches from k + 1 to `last[k]`.
    last: Vec<usize>,
}

/// The network after its last vertex is gone: shares and conductances of each.
pub(super) struct Eliminated {
    /// uₖⱼ for the places j behind k, row after row.
    shares: Vec<f64>,
    /// Where the row of each place begins.
    starts: Vec<usize>,
    /// What was left of the conductances of each place; 0 for the last of a component.
    sums: Vec<f64>,
}

impl Envelope {
    pub(crate) fn new(rows: &Sparse) -> Self {
        let order = Order::new(layers(rows));
        let mut last: Vec<usize> = Vec::with_capacity(order.len());
        for (k, &vertex) in order.vertices().iter().enumerate() {
            let before = last.last().map_or(k, |&last| last.max(k));
            let own = rows.row(vertex as usize);
            last.push(own.fold(before, |most, (j, _)| most.max(order.place(j))));
        }
        Self { order, last }
    }

    /// The multiplications of the elimination.
    pub(super) fn work(&self) -> usize {
        self.widths().map(|width| width * (width + 1) / 2).sum()
    }

    /// The places beside the diagonal.
    pub(crate) fn entries(&self) -> usize {
        self.widths().sum()
    }

    /// How many places each row reaches beyond the diagonal.
    fn widths(&self) -> impl Iterator<Item = usize> + '_ {
        self.last.iter().enumerate().map(|(k, last)| last - k)
    }

    /// How many eigenvalues of Lz = λMz lie below σ: as many as vertices of L − σM have a negative sum. `None` where
    /// one is 0 but for rounding: the elimination cannot go on.
    pub(crate) fn below(&self, rows: &Sparse, masses: &Array1<f64>, sigma: f64) -> Option<usize> {
        let leaks = masses.iter().map(|mass| -sigma * mass).collect();
        let sums = self.eliminate(rows, leaks)?.sums;
        Some(sums.iter().filter(|&&sum| sum < 0.0).count())
    }

    /// Eliminates all vertices in their order. `leaks` are what the rows add up to: 0 for L itself. `None` where the terms
    /// of a sum cancel before the end, or vanish by underflow.
    pub(super) fn eliminate(&self, rows: &Sparse, mut leaks: Vec<f64>) -> Option<Eliminated> {
        let n = self.order.len();
        let starts = starts(self.widths());
        let mut shares = vec![0.0; starts[n]];
        for (k, &vertex) in self.order.vertices().iter().enumerate() {
            rows.each(vertex as usize, |j, weight| {
                let j = self.order.place(j);
                if j > k {
                    shares[starts[k] + j - k - 1] = weight;
                }
            });
        }
        for k in 0..n {
            let (row, later) = shares[starts[k]..].split_at_mut(starts[k + 1] - starts[k]);
            let sum = row.iter().sum::<f64>() + leaks[k];
            let size = row.iter().map(|weight| weight.abs()).sum::<f64>() + leaks[k].abs();
            if sum.abs() <= CANCELLED * size && !row.is_empty() {
                return None;
            }
            if sum == 0.0 {
                continue;
            }
            for weight in &mut *row {
                *weight /= sum;
            }
            for (t, (&share, start)) in row.iter().zip(&starts[k + 1..]).enumerate() {
                if share != 0.0 {
                    let mesh = &mut later[start - starts[k + 1]..];
                    add(mesh, share * sum, &row[t + 1..]);
                }
            }
            let leak = std::mem::replace(&mut leaks[k], sum);
            if leak != 0.0 {
                add(&mut leaks[k + 1..], leak, row);
            }
        }
        Some(Eliminated {
            shares,
            starts,
            sums: leaks,
        })
    }
}

impl Eliminated {
    /// Solves (L + diag(s))x = b in place, s the leaks, the currents b in the order of the elimination. Those of a component
    /// without leaks must add up to 0; the last of its voltages is 0.
    pub(super) fn solve(&self, x: &mut [f64]) {
        let shares = |k: usize| &self.shares[self.starts[k]..self.starts[k + 1]];
        for k in 0..x.len() {
            let current = x[k];
            add(&mut x[k + 1..], current, shares(k));
        }
        for k in (0..x.len()).rev() {
            let sum = self.sums[k];
            x[k] = if sum == 0.0 {
                0.0
            } else {
                x[k] / sum + dot(shares(k), &x[k + 1..])
            };
        }
    }
}

/// Adds a multiple of a list to the first entries of another. A function of its own, whose loop has the registers for
/// itself.
#[inline(never)]
fn add(to: &mut [f64], factor: f64, list: &[f64]) {
    for (to, entry) in to[..list.len()].iter_mut().zip(list) {
        *to += factor * entry;
    }
}

/// The sum of the products of a list with the first entries of another, in two parts that do not wait for each other.
#[inline(never)]
fn dot(list: &[f64], with: &[f64]) -> f64 {
    let (pairs, rest) = list.as_chunks::<2>();
    let (with_pairs, with_rest) = with[..list.len()].as_chunks::<2>();
    let mut sums = [0.0; 2];
    for (with, pair) in with_pairs.iter().zip(pairs) {
        sums[0] += with[0] * pair[0];
        sums[1] += with[1] * pair[1];
    }
    let rest = with_rest.iter().zip(rest).map(|(with, entry)| with * entry);
    sums.into_iter().chain(rest).sum()
}

/// The vertices layer by layer, each component from one of its ends.
fn layers(rows: &Sparse) -> Vec<u32> {
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
