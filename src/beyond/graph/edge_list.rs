//! From a list of edges to compressed rows.
//!
//! # Definition
//! Each edge stands in the rows of both its ends, a loop in one: a counting sort puts it there, and each row is sorted.
//!
//! # Must hold
//! Each undirected edge once. In a sorted row the same neighbour twice stands side by side, so a repeated edge is found
//! without a list of those seen; of all that is wrong the first edge in the list is named.
//!
//! # Known value
//! The edges 0–1 and 2–1 make the rows (1), (0, 2) and (1).

use crate::engine::neighbors::CHUNK;
use crate::engine::order::short;
use crate::engine::sparse::{Sparse, Weight, parts, starts_by_counting};
use crate::error::{Error, Result};
use rayon::prelude::*;

/// An edge: its ends and its weight.
type Edge = (usize, usize, f64);

/// The rows of a graph of fewer than 2³² vertices.
pub(super) fn compressed(vertices: usize, edges: &[Edge]) -> Result<Sparse> {
    let mut all = edges.iter().enumerate();
    let wrong = all.find_map(|(edge, ends)| wrong(vertices, edge, ends).map(|why| (edge, why)));
    let edges = &edges[..wrong.as_ref().map_or(edges.len(), |(edge, _)| *edge)];
    let (starts, entries) = sorted(vertices, edges);
    if let Some(edge) = first_repeated(&starts, &entries) {
        let (from, to, _) = edges[edge];
        return Err(Error::DuplicateEdge { edge, from, to });
    }
    if let Some((_, why)) = wrong {
        return Err(why);
    }
    let weights = entries.par_iter().map(|&(_, edge)| edges[edge].2).collect();
    let columns = entries.into_iter().map(|(neighbor, _)| neighbor).collect();
    Ok(Sparse::new(starts, columns, f64::stored(weights)))
}

/// What is wrong with an edge by itself.
fn wrong(vertices: usize, edge: usize, &(from, to, weight): &Edge) -> Option<Error> {
    if let Some(vertex) = [from, to].into_iter().find(|&end| end >= vertices) {
        return Some(Error::Vertex {
            edge,
            vertex,
            vertices,
        });
    }
    let weighs = weight > 0.0 && weight.is_finite();
    (!weighs).then_some(Error::Weight { edge, weight })
}

/// The rows as (neighbour, number of the edge), and where they start.
fn sorted(vertices: usize, edges: &[Edge]) -> (Vec<usize>, Vec<(u32, usize)>) {
    let both = |&(from, to, _): &Edge| {
        let back = (from != to).then_some((to, from));
        std::iter::once((from, to)).chain(back)
    };
    let ends = edges.iter().flat_map(both);
    let starts = starts_by_counting(vertices, ends.map(|(from, _)| from));
    let mut entries = vec![(0, 0); starts[vertices]];
    let mut next = starts.clone();
    for (edge, ends) in edges.iter().enumerate() {
        for (from, to) in both(ends) {
            entries[next[from]] = (short(to), edge);
            next[from] += 1;
        }
    }
    let chunks = parts(&starts, CHUNK, &mut entries)
        .into_par_iter()
        .enumerate();
    chunks.for_each(|(chunk, part)| {
        let rows = &starts[chunk * CHUNK..=vertices.min((chunk + 1) * CHUNK)];
        for row in rows.windows(2) {
            part[row[0] - rows[0]..row[1] - rows[0]].sort_unstable();
        }
    });
    (starts, entries)
}

/// The first edge that was there before.
fn first_repeated(starts: &[usize], entries: &[(u32, usize)]) -> Option<usize> {
    let repeated = |row: &[usize]| {
        let pairs = entries[row[0]..row[1]].windows(2);
        let same = pairs.filter(|pair| pair[0].0 == pair[1].0);
        same.map(|pair| pair[1].1).min()
    };
    starts.par_windows(2).filter_map(repeated).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_value() {
        let rows = compressed(3, &[(0, 1, 1.0), (2, 1, 1.0)]).unwrap();
        assert_eq!(rows.starts, [0, 1, 3, 4]);
        assert_eq!(rows.columns, [1, 0, 2, 1]);
    }

    #[test]
    fn of_all_that_is_wrong_the_first_edge_is_named() {
        let refused = |edges: &[Edge]| compressed(4, edges).unwrap_err().to_string();
        let of = |error: Error| error.to_string();
        let (one, again) = ((0, 1, 1.0), (1, 0, 2.0));
        let (edge, from, to) = (2, 1, 0);
        let duplicate = of(Error::DuplicateEdge { edge, from, to });
        assert_eq!(refused(&[one, (2, 3, 1.0), again, (0, 4, 1.0)]), duplicate);
        assert_eq!(refused(&[one, (3, 2, 1.0), again, (2, 3, 1.0)]), duplicate);
        let (edge, weight) = (1, -1.0);
        let negative = of(Error::Weight { edge, weight });
        assert_eq!(refused(&[one, (2, 3, -1.0), again]), negative);
        let (edge, from, to) = (1, 2, 2);
        let twice = of(Error::DuplicateEdge { edge, from, to });
        assert_eq!(refused(&[(2, 2, 1.0), (2, 2, 1.0)]), twice);
    }
}
