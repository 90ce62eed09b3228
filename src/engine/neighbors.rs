//! The nearest neighbours of every point.
//!
//! # Definition
//! The neighbours of a point are the others by (distance, index): of two equally far, the smaller index first.
//!
//! # Must hold
//! Exact, to the last bit of every distance, whatever the search: in few columns a kd-tree ([`kd_tree`]), in many
//! products of matrices ([`blocked`]). The same for any number of threads.
//!
//! # Known value
//! Of 0, 1 and 3 on a line the nearest others are 1, 0 and 1, at the distances 1, 1 and 2.

/// An expression of a query of the right kind: the length of an array is known to the compiler, which unrolls.
macro_rules! with_query {
    ($columns:expr, $query:ident => $body:expr) => {
        with_query!($columns, $query => $body, 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)
    };
    ($columns:expr, $query:ident => $body:expr, $($known:literal)*) => {
        match $columns {
            $($known => { let $query = [0.0; $known]; $body })*
            columns => { let $query = vec![0.0; columns]; $body }
        }
    };
}

mod best;
mod blocked;
mod bridges;
pub(crate) mod curve;
mod kd_tree;
mod outside;
mod ruler;
mod search;

use crate::engine::order::Order;
use crate::engine::workers::by_a_worker;
use crate::error::Result;
use crate::guard;
#[cfg(any(test, feature = "approximate"))]
use crate::linalg::distance;
use best::Best;
pub(crate) use bridges::Pair;
use kd_tree::Tree;
#[cfg(any(test, feature = "approximate"))]
use ndarray::ArrayView1;
use ndarray::{Array1, Array2};
pub(crate) use outside::{Desk, Index, Spans};
use rayon::prelude::*;
use search::{Asker, Query};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Up to this many columns a kd-tree is faster than products of matrices. Measured on 10 Gaussian clouds that fill all
/// dimensions, by one thread: at 15 columns the tree takes about two thirds of their time for 5,000 and for 20,000
/// points. Where clouds overlap more its boxes spare less; data on a surface of fewer dimensions favour it.
const MOST_TREE_COLUMNS: usize = 15;
/// Points whose neighbours are searched one after the other, by one thread.
pub(crate) const CHUNK: usize = 256;

/// Of each point its nearest others, nearest first. The points stand in an order along a curve, on which those
/// close to each other are close in space.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Neighbors {
    /// Neighbours of each point.
    pub(crate) k: usize,
    pub(crate) order: Order,
    /// Place by place, the places of the k neighbours.
    pub(crate) places: Vec<u32>,
    /// Place by place, how far they are.
    pub(crate) distances: Vec<f64>,
}

impl Neighbors {
    /// The number of points.
    pub(crate) fn len(&self) -> usize {
        self.order.len()
    }

    /// The neighbours of point i as (index, distance), nearest first.
    #[cfg(test)]
    pub(crate) fn row(&self, i: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.order.place(i) * self.k..(self.order.place(i) + 1) * self.k;
        let index = |place: &u32| self.order.vertex(*place as usize);
        let indices = self.places[range.clone()].iter().map(index);
        indices.zip(self.distances[range].iter().copied())
    }

    /// The last neighbour of point i and its distance.
    pub(crate) fn last(&self, i: usize) -> (usize, f64) {
        let entry = (self.order.place(i) + 1) * self.k - 1;
        let index = self.order.vertex(self.places[entry] as usize);
        (index, self.distances[entry])
    }
}

/// The `k` nearest neighbours of every point: not the point itself; of two equally far, the smaller index first.
pub(crate) fn nearest(x: &Array2<f64>, k: usize) -> Result<Neighbors> {
    let x = &*guard::neighbors(x, k)?;
    Ok(by_a_worker(|| {
        if x.ncols() <= MOST_TREE_COLUMNS {
            nearest_by_tree(x, k)
        } else {
            blocked::nearest(x, k)
        }
    }))
}

/// [`nearest`] by a kd-tree.
fn nearest_by_tree(x: &Array2<f64>, k: usize) -> Neighbors {
    let tree = Tree::new(x);
    let mut places = vec![0; x.nrows() * k];
    let mut distances = vec![0.0; x.nrows() * k];
    with_query!(x.ncols(), query => fill(&query, x, &tree, k, &mut places, &mut distances));
    Neighbors {
        k,
        order: tree.order,
        places,
        distances,
    }
}

/// Place by place, so that what one point has just looked at is at hand for the next.
fn fill<Q: Query>(
    query: &Q,
    x: &Array2<f64>,
    tree: &Tree,
    k: usize,
    places: &mut [u32],
    distances: &mut [f64],
) {
    let chunks = places.par_chunks_mut(CHUNK * k);
    let chunks = chunks.zip(distances.par_chunks_mut(CHUNK * k));
    chunks.enumerate().for_each(|(chunk, (places, distances))| {
        let (mut query, mut waiting) = (query.clone(), Vec::new());
        let rows = places.chunks_mut(k).zip(distances.chunks_mut(k));
        for (own, (places, distances)) in (chunk * CHUNK..).zip(rows) {
            tree.copy(own, query.as_mut());
            let mut best = Best::new(places, distances);
            let asker = Asker::inside(tree, x, own);
            tree.nearest(&query, &asker, &mut best, &mut waiting);
        }
    });
}

/// The bridges between groups of points, 0 to the number of groups, as (length, smaller index, larger index): those of a
/// minimum spanning tree over the groups, shortest first. A few searches for each point that is not in the largest group.
pub(crate) fn bridges(x: &Array2<f64>, groups: &Array1<usize>) -> Vec<Pair> {
    by_a_worker(|| {
        let tree = Tree::new(x);
        with_query!(x.ncols(), query => bridges::spanning(&query, x, &tree, groups))
    })
}

/// Of each point the others within a radius.
#[derive(Debug)]
pub(crate) struct Within {
    pub(crate) order: Order,
    /// The places of those near each place, [`CHUNK`] by [`CHUNK`].
    pub(crate) chunks: Vec<Lists>,
}

/// Ascending lists of places, one after the other.
#[derive(Debug)]
pub(crate) struct Lists {
    /// Where each of them ends.
    pub(crate) ends: Vec<usize>,
    pub(crate) places: Vec<u32>,
}

#[cfg(test)]
impl Lists {
    fn range(&self, list: usize) -> std::ops::Range<usize> {
        let start = list.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[list]
    }
}

/// For every point the others within `radius`; `None` where there are more than `at_most` in all.
pub(crate) fn within(x: &Array2<f64>, radius: f64, at_most: usize) -> Option<Within> {
    let tree = Tree::new(x);
    let chunks = with_query!(x.ncols(), query => collect(&query, x, &tree, radius, at_most))?;
    Some(Within {
        order: tree.order,
        chunks,
    })
}

fn collect<Q: Query>(
    query: &Q,
    x: &Array2<f64>,
    tree: &Tree,
    radius: f64,
    at_most: usize,
) -> Option<Vec<Lists>> {
    let n = tree.order.len();
    let total = AtomicUsize::new(0);
    let chunk = |start: usize| {
        let (mut query, mut waiting) = (query.clone(), Vec::new());
        let (mut ends, mut places) = (Vec::with_capacity(CHUNK), Vec::new());
        for own in start..n.min(start + CHUNK) {
            let before = places.len();
            tree.copy(own, query.as_mut());
            let push = |place, _| places.push(place);
            let asker = Asker::inside(tree, x, own);
            tree.each_within(&query, &asker, radius, &mut waiting, push);
            ends.push(places.len());
            // Whoever notices stops everybody: the lists must not eat the memory first.
            let found = places.len() - before;
            if total.fetch_add(found, Ordering::Relaxed) + found > at_most {
                return None;
            }
        }
        places.shrink_to_fit();
        Some(Lists { ends, places })
    };
    (0..n).into_par_iter().step_by(CHUNK).map(chunk).collect()
}

/// The `k` points nearest to `point`, without the one of index `but`.
#[cfg(any(test, feature = "approximate"))]
pub(crate) fn nearest_to(
    x: &Array2<f64>,
    point: ArrayView1<'_, f64>,
    k: usize,
    but: Option<usize>,
) -> Vec<(usize, f64)> {
    let others = (0..x.nrows()).filter(|&j| Some(j) != but);
    let mut all: Vec<(usize, f64)> = others.map(|j| (j, distance(point, x.row(j)))).collect();
    let nearer = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0));
    if k < all.len() {
        all.select_nth_unstable_by(k, nearer);
        all.truncate(k);
    }
    all.sort_unstable_by(nearer);
    all
}

#[cfg(test)]
mod tests;
