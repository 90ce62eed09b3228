//! From the relation "is a neighbour of", which has a direction, to rows of edges, which have none.
//!
//! # Definition
//! W lists for each point its k neighbours. Row i of the graph is what i lists and what lists i: the second is row
//! i of Wᵀ, found by counting sort. Each edge gets a weight by its length and by whether both list each other.
//!
//! # Must hold
//! The relation is that of [`neighbors::nearest`]: j lists i if and only if i is not beyond the last that j lists,
//! which is one comparison. A length is the same from both ends, to the last bit, so a weight is too.
//!
//! # Known value
//! For 0, 1 and 3 on a line and k = 1, 3 lists 1 alone in vain: the edges are 0–1, mutual, and 1–3, one way.
//!
//! [`neighbors::nearest`]: crate::neighbors::nearest

use crate::edges::{Sparse, Weight};
use crate::neighbors::{Neighbors, Within};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering::Relaxed};

/// Rows that one thread takes at a time.
const CHUNK: usize = 1024;

/// The edges of a neighbour relation: `weight` says what an edge weighs, given its length and whether each end is
/// a neighbour of the other; 0 is no edge.
pub(super) fn symmetric<W: Weight>(
    near: &Neighbors,
    weight: impl Fn(f64, bool) -> W + Sync,
) -> Sparse {
    let relation = Relation::new(near);
    let sizes = relation.sizes(&weight);
    let row = |place: usize, row: &mut Vec<(u32, W)>| {
        relation.each_edge(place, &weight, |at, weight| {
            row.push((near.order[at as usize], weight));
        });
    };
    compressed(&near.place, &sizes, row)
}

/// The edges, all of weight 1, between points within a radius of each other.
pub(super) fn joined(near: &Within) -> Sparse {
    let sizes: Vec<usize> = (0..near.order.len())
        .map(|place| near.of(place).len())
        .collect();
    compressed(&near.place, &sizes, |place, row| {
        let others = near.of(place).iter();
        row.extend(others.map(|&at| (near.order[at as usize], true)));
    })
}

/// The neighbours of each place, and the places that list it without being listed.
struct Relation<'a> {
    near: &'a Neighbors,
    /// Where the one-way entries of each place start.
    starts: Vec<usize>,
    /// Entries of the lists of neighbours, by the place that they point to.
    one_way: Vec<usize>,
}

impl<'a> Relation<'a> {
    fn new(near: &'a Neighbors) -> Self {
        let n = near.len();
        let counts: Vec<AtomicU32> = (0..n).map(|_| AtomicU32::new(0)).collect();
        each_one_way(near, |_, to| {
            counts[to].fetch_add(1, Relaxed);
        });
        let mut starts = vec![0; n + 1];
        for (place, count) in counts.iter().enumerate() {
            starts[place + 1] = starts[place] + count.load(Relaxed) as usize;
        }
        let one_way: Vec<AtomicUsize> = (0..starts[n]).map(|_| AtomicUsize::new(0)).collect();
        // In whatever order the threads come: each row is sorted at the end.
        each_one_way(near, |entry, to| {
            let slot = counts[to].fetch_sub(1, Relaxed) as usize - 1;
            one_way[starts[to] + slot].store(entry, Relaxed);
        });
        let one_way = one_way.into_iter().map(AtomicUsize::into_inner).collect();
        Self {
            near,
            starts,
            one_way,
        }
    }

    /// The number of edges at each place.
    fn sizes<W: Weight>(&self, weight: &(impl Fn(f64, bool) -> W + Sync)) -> Vec<usize> {
        let size = |place| {
            let mut size = 0;
            self.each_edge(place, weight, |_, _| size += 1);
            size
        };
        let places = (0..self.near.len()).into_par_iter();
        places.with_min_len(CHUNK).map(size).collect()
    }

    fn each_edge<W: Weight>(
        &self,
        place: usize,
        weight: &impl Fn(f64, bool) -> W,
        mut edge: impl FnMut(u32, W),
    ) {
        let k = self.near.k;
        let mut each = |at: u32, entry: usize, mutual: bool| {
            let weight = weight(self.near.distances[entry], mutual);
            if weight != W::default() {
                edge(at, weight);
            }
        };
        for entry in place * k..(place + 1) * k {
            let at = self.near.places[entry];
            each(at, entry, lists_back(self.near, place, entry));
        }
        for &entry in &self.one_way[self.starts[place]..self.starts[place + 1]] {
            each(index(entry / k), entry, false);
        }
    }
}

/// Calls `each` for the entries of all lists that are not returned, with the place that they point to.
fn each_one_way(near: &Neighbors, each: impl Fn(usize, usize) + Sync) {
    let places = (0..near.len()).into_par_iter().with_min_len(CHUNK);
    places.for_each(|place| {
        for entry in place * near.k..(place + 1) * near.k {
            if !lists_back(near, place, entry) {
                each(entry, near.places[entry] as usize);
            }
        }
    });
}

/// Whether the place that this entry points to lists the place whose entry it is.
fn lists_back(near: &Neighbors, place: usize, entry: usize) -> bool {
    let last = (near.places[entry] as usize + 1) * near.k - 1;
    let (distance, farthest) = (near.distances[entry], near.distances[last]);
    distance < farthest
        || (distance <= farthest && near.order[place] <= near.order[near.places[last] as usize])
}

/// Compresses rows that are known by place, of the sizes given; `row` writes one down, in any order.
fn compressed<W: Weight>(
    places: &[u32],
    sizes: &[usize],
    row: impl Fn(usize, &mut Vec<(u32, W)>) + Sync,
) -> Sparse {
    let n = places.len();
    let mut starts = Vec::with_capacity(n + 1);
    starts.push(0);
    let mut end = 0;
    for &place in places {
        end += sizes[place as usize];
        starts.push(end);
    }
    let mut columns = vec![0; end];
    let mut weights = vec![W::default(); end];
    let mut chunks = Vec::with_capacity(n.div_ceil(CHUNK));
    let (mut rest, mut rest_weights) = (&mut columns[..], &mut weights[..]);
    for first in (0..n).step_by(CHUNK) {
        let entries = starts[n.min(first + CHUNK)] - starts[first];
        let (columns, weights);
        (columns, rest) = rest.split_at_mut(entries);
        (weights, rest_weights) = rest_weights.split_at_mut(entries);
        chunks.push((&places[first..n.min(first + CHUNK)], columns, weights));
    }
    chunks
        .into_par_iter()
        .for_each(|(places, columns, weights)| {
            let mut entries = columns.iter_mut().zip(weights);
            let mut sorted = Vec::new();
            for &place in places {
                sorted.clear();
                row(place as usize, &mut sorted);
                sorted.sort_unstable_by_key(|&(column, _)| column);
                for (&(column, weight), entry) in sorted.iter().zip(&mut entries) {
                    (*entry.0, *entry.1) = (column, weight);
                }
            }
        });
    Sparse::new(starts, columns, W::stored(weights))
}

fn index(place: usize) -> u32 {
    u32::try_from(place).expect("at most 2^32 points")
}
