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
//! [`neighbors::nearest`]: crate::engine::neighbors::nearest

use crate::engine::neighbors::{CHUNK, Neighbors, Within};
use crate::engine::order::short;
use crate::engine::sparse::{self, AlongCurve, Sparse, Weight, parts};
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering::Relaxed};

/// The edges of a neighbour relation: `weight` says what an edge weighs, if it is one, given its length and whether
/// each end is a neighbour of the other.
pub(super) fn symmetric<W: Weight>(
    near: Neighbors,
    weight: impl Fn(f64, bool) -> Option<W> + Sync,
) -> AlongCurve {
    let relation = Relation::new(&near);
    // Room for all that a place lists and all that list it.
    let room = relation.room();
    let mut columns = vec![0; room[near.len()]];
    let mut weights = vec![W::default(); columns.len()];
    let parts = parts(&room, CHUNK, &mut columns).into_par_iter();
    let parts = parts.zip(sparse::parts(&room, CHUNK, &mut weights));
    let rows = parts.enumerate();
    let ends: Vec<Vec<usize>> = rows
        .map(|(chunk, (columns, weights))| relation.edges(chunk * CHUNK, columns, weights, &weight))
        .collect();
    drop(relation);
    // The lists of neighbours take as much as the graph does: away with them first.
    let order = Arc::new(near.order);
    let filled: usize = ends.iter().filter_map(|ends| ends.last()).sum();
    let rows = if filled == columns.len() {
        Sparse::new(room, columns, W::stored(weights))
    } else {
        let chunks = ends.iter().zip(room.iter().step_by(CHUNK));
        let chunks = chunks.map(|(ends, &start)| {
            let filled = start..start + ends.last().copied().unwrap_or(0);
            Chunk {
                ends,
                places: &columns[filled.clone()],
                weights: &weights[filled],
            }
        });
        together(&chunks.collect::<Vec<_>>())
    };
    AlongCurve::new(order, rows)
}

/// The edges, all of weight 1, between points within a radius of each other.
pub(super) fn joined(near: Within) -> AlongCurve {
    let sizes = near.chunks.iter().map(|lists| lists.places.len());
    let ones = vec![(); sizes.max().unwrap_or(0)];
    let chunks = near.chunks.iter().map(|lists| Chunk {
        ends: &lists.ends,
        places: &lists.places,
        weights: &ones[..lists.places.len()],
    });
    let rows = together(&chunks.collect::<Vec<_>>());
    AlongCurve::new(Arc::new(near.order), rows)
}

/// The rows of [`CHUNK`] places, or of what is left of them.
struct Chunk<'a, W> {
    ends: &'a [usize],
    places: &'a [u32],
    weights: &'a [W],
}

/// The neighbours of each place, and the places that list it without being listed.
struct Relation<'a> {
    near: &'a Neighbors,
    /// Whether the place that an entry points to lists the place whose entry it is.
    mutual: Vec<bool>,
    /// Where the one-way entries of each place start.
    starts: Vec<usize>,
    /// Entries of the lists of neighbours, by the place that they point to.
    one_way: Vec<AtomicUsize>,
}

impl<'a> Relation<'a> {
    fn new(near: &'a Neighbors) -> Self {
        let (n, k) = (near.len(), near.k);
        let counts: Vec<AtomicU32> = (0..n).map(|_| AtomicU32::new(0)).collect();
        let mut mutual = vec![false; n * k];
        let rows = mutual.par_chunks_mut(k).enumerate().with_min_len(CHUNK);
        rows.for_each(|(place, mutual)| {
            for (entry, mutual) in (place * k..).zip(mutual) {
                *mutual = lists_back(near, place, entry);
                if !*mutual {
                    counts[near.places[entry] as usize].fetch_add(1, Relaxed);
                }
            }
        });
        let starts = sparse::starts(counts.iter().map(|count| count.load(Relaxed) as usize));
        let one_way: Vec<AtomicUsize> = (0..starts[n]).map(|_| AtomicUsize::new(0)).collect();
        // In whatever order the threads come: each row is sorted at the end.
        let rows = mutual.par_chunks(k).enumerate().with_min_len(CHUNK);
        rows.for_each(|(place, mutual)| {
            for (entry, _) in (place * k..).zip(mutual).filter(|(_, mutual)| !**mutual) {
                let to = near.places[entry] as usize;
                let slot = counts[to].fetch_sub(1, Relaxed) as usize - 1;
                one_way[starts[to] + slot].store(entry, Relaxed);
            }
        });
        Self {
            near,
            mutual,
            starts,
            one_way,
        }
    }

    /// Where the row of each place starts if every pair is an edge.
    fn room(&self) -> Vec<usize> {
        let starts = self.starts.iter().enumerate();
        starts
            .map(|(place, start)| place * self.near.k + start)
            .collect()
    }

    /// Writes the rows of the places from `first` on, each sorted, one after the other, and says where they end.
    fn edges<W: Weight>(
        &self,
        first: usize,
        columns: &mut [u32],
        weights: &mut [W],
        weight: &impl Fn(f64, bool) -> Option<W>,
    ) -> Vec<usize> {
        let (near, k) = (self.near, self.near.k);
        let end = near.len().min(first + CHUNK);
        let mut slots = columns.iter_mut().zip(weights);
        let (mut ends, mut written) = (Vec::with_capacity(end - first), 0);
        let mut row = Vec::new();
        for place in first..end {
            let listed = (place * k..(place + 1) * k)
                .map(|entry| (near.places[entry], entry, self.mutual[entry]));
            let listing = self.one_way[self.starts[place]..self.starts[place + 1]].iter();
            let listing = listing.map(|entry| entry.load(Relaxed));
            let listing = listing.map(|entry| (short(entry / k), entry, false));
            for (other, entry, mutual) in listed.chain(listing) {
                if let Some(weight) = weight(near.distances[entry], mutual) {
                    row.push((other, weight));
                }
            }
            row.sort_unstable_by_key(|&(place, _)| place);
            written += row.len();
            ends.push(written);
            for ((place, weight), slot) in row.drain(..).zip(&mut slots) {
                (*slot.0, *slot.1) = (place, weight);
            }
        }
        ends
    }
}

/// Whether the place that this entry points to lists the place whose entry it is.
fn lists_back(near: &Neighbors, place: usize, entry: usize) -> bool {
    let last = (near.places[entry] as usize + 1) * near.k - 1;
    let (distance, farthest) = (near.distances[entry], near.distances[last]);
    distance < farthest
        || (distance <= farthest
            && near.order.vertex(place) <= near.order.vertex(near.places[last] as usize))
}

/// All rows in one piece.
fn together<W: Weight>(chunks: &[Chunk<'_, W>]) -> Sparse {
    let starts = sparse::starts_of_chunks(chunks.iter().map(|chunk| chunk.ends));
    let entries = starts[starts.len() - 1];
    let mut columns = vec![0; entries];
    let mut weights = vec![W::default(); entries];
    let parts = parts(&starts, CHUNK, &mut columns).into_par_iter();
    let parts = parts.zip(sparse::parts(&starts, CHUNK, &mut weights));
    parts.zip(chunks).for_each(|((columns, weights), chunk)| {
        columns.copy_from_slice(chunk.places);
        weights.copy_from_slice(chunk.weights);
    });
    Sparse::new(starts, columns, W::stored(weights))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use crate::engine::neighbors;
    use crate::engine::sparse::Weights;
    use ndarray::{Array2, array};

    /// All entries (i, j, weight) by a loop over all pairs: the oracle.
    fn through_all_pairs(near: &Neighbors, weight: impl Fn(f64, bool) -> f64) -> Array2<f64> {
        let n = near.len();
        let list = |i: usize, j: usize| near.row(i).find(|&(other, _)| other == j);
        Array2::from_shape_fn((n, n), |(i, j)| match (list(i, j), list(j, i)) {
            (None, None) => 0.0,
            (Some((_, r)), None) | (None, Some((_, r))) => weight(r, false),
            (Some((_, r)), Some(_)) => weight(r, true),
        })
    }

    fn matrix(rows: &AlongCurve) -> Array2<f64> {
        crate::engine::sparse::Edges::AlongCurve(rows).matrix()
    }

    #[test]
    fn known_value() {
        let near = neighbors::nearest(&array![[0.0], [1.0], [3.0]], 1).unwrap();
        let rows = symmetric(near, |_, mutual| Some(if mutual { 1.0_f32 } else { 0.5 }));
        let rows = rows.by_vertex().clone();
        assert_eq!(
            (rows.starts, rows.columns),
            (vec![0, 1, 3, 4], vec![1, 0, 2, 1])
        );
        assert_eq!(rows.weights, Weights::Single(vec![1.0, 1.0, 0.5, 0.5]));
    }

    #[test]
    fn the_rows_are_those_of_a_loop_over_all_pairs() {
        let moons = data::moons(700, 0.1, 5).unwrap().x;
        // On a grid whether i is among the last that j lists is a question of the index.
        let grid = Array2::from_shape_fn((400, 2), |(i, j)| [i / 20, i % 20][j] as f64 * 0.1);
        // One point is a neighbour of all others.
        let star = Array2::from_shape_fn((300, 2), |(i, j)| {
            let angle = i as f64;
            if i == 7 {
                0.0
            } else {
                [angle.cos(), angle.sin()][j]
            }
        });
        for x in [moons, grid, star] {
            for k in [1, 4, 10, 60] {
                let near = neighbors::nearest(&x, k).unwrap();
                let mutual = |_: f64, mutual: bool| f64::from(u8::from(mutual));
                let wanted = through_all_pairs(&near, mutual);
                let rows = symmetric(near.clone(), |_, mutual| mutual.then_some(()));
                assert_eq!(matrix(&rows), wanted);
                let length = |r: f64, mutual: bool| (-r).exp() * if mutual { 1.0 } else { 0.5 };
                let wanted = through_all_pairs(&near, length);
                let rows = symmetric(near, |r, mutual| Some(length(r, mutual)));
                assert_eq!(matrix(&rows), wanted);
                assert_eq!(wanted, wanted.t(), "to the last bit");
            }
        }
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let x = data::moons(3000, 0.1, 4).unwrap().x;
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let pool = pool.build().unwrap();
            pool.install(|| {
                let near = neighbors::nearest(&x, 10).unwrap();
                let rows = symmetric(near, |r, mutual| Some(if mutual { r } else { -r }));
                rows.by_vertex().clone()
            })
        };
        let one = on(1);
        assert_eq!(on(2), one);
        assert_eq!(on(4), one);
    }

    #[test]
    fn rows_without_edges_are_empty_wherever_they_stand() {
        // More rows than a thread takes at a time, and in the middle a chunk of empty ones.
        let n = 3 * CHUNK + 1;
        let x = Array2::from_shape_fn((n, 1), |(i, _)| {
            let far = (CHUNK..2 * CHUNK).contains(&i);
            i as f64 * if far { 1000.0 } else { 1.0 }
        });
        let rows = joined(neighbors::within(&x, 1.0, usize::MAX).unwrap());
        let rows = rows.by_vertex();
        assert_eq!(rows.starts.len(), n + 1);
        assert_eq!(rows.starts[CHUNK], 2 * (CHUNK - 1));
        assert_eq!(rows.starts[2 * CHUNK], 2 * (CHUNK - 1));
        assert_eq!(*rows.starts.last().unwrap(), rows.columns.len());
        assert_eq!(rows.columns.len(), 2 * (CHUNK - 1) + 2 * CHUNK);
        assert_eq!(rows.weights, Weights::One);
    }
}
