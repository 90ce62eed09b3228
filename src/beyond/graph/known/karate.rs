//! Zachary's karate club.

use crate::graph::Graph;
use ndarray::Array1;

/// Who of Zachary's karate club met outside it, row by row: the neighbours of a larger number.
const KARATE: [&[usize]; 34] = [
    &[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
    &[2, 3, 7, 13, 17, 19, 21, 30],
    &[3, 7, 8, 9, 13, 27, 28, 32],
    &[7, 12, 13],
    &[6, 10],
    &[6, 10, 16],
    &[16],
    &[],
    &[30, 32, 33],
    &[33],
    &[],
    &[],
    &[],
    &[33],
    &[32, 33],
    &[32, 33],
    &[],
    &[],
    &[32, 33],
    &[33],
    &[32, 33],
    &[],
    &[32, 33],
    &[25, 27, 29, 32, 33],
    &[25, 27, 31],
    &[31],
    &[29, 33],
    &[33],
    &[31, 33],
    &[32, 33],
    &[32, 33],
    &[32, 33],
    &[33],
    &[],
];

/// The members who stayed with the officers, vertex 33's side, when the club split.
const OFFICERS: [usize; 17] = [
    9, 14, 15, 18, 20, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33,
];

/// Zachary's karate club: 34 members, an edge of weight 1 for each of the 78 pairs who met outside the club, and
/// the club that each joined after the split: 0 with the instructor (vertex 0), 1 with the officers (vertex 33).
/// Counted from 0, where the paper counts from 1.
///
/// ```
/// let (club, factions) = fiedler::graph::known::karate_club();
/// assert_eq!(club.edge_count(), 78);
/// assert_eq!(club.cut(&factions)?, 11.0);
/// # Ok::<(), fiedler::Error>(())
/// ```
///
/// # Source
/// W. W. Zachary, "An information flow model for conflict and fission in small groups", Journal of
/// Anthropological Research 33 (1977), 452–473. Member 8 (the paper's 9) leaned to the officers and yet joined the
/// instructor's club.
///
/// # Panics
/// Never: the list of edges is a graph.
#[must_use]
pub fn karate_club() -> (Graph, Array1<usize>) {
    let rows = KARATE.iter().enumerate();
    let edges: Vec<_> = rows
        .flat_map(|(i, row)| row.iter().map(move |&j| (i, j, 1.0)))
        .collect();
    let mut factions = Array1::zeros(KARATE.len());
    for member in OFFICERS {
        factions[member] = 1;
    }
    let graph = Graph::from_edges(KARATE.len(), &edges).expect("the list above is a graph");
    (graph, factions)
}
