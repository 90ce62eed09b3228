//! A graph from a sparse matrix, in whatever library it was made: three slices, or a list of entries.
//!
//! # Definition
//! A similarity matrix is symmetric: each edge stands in it twice, in row i and in row j, a loop once. Entries that are
//! stored and 0 are no edges.
//!
//! # Must hold
//! Symmetric up to rounding, as [`Graph::from_matrix`] has it: of two mirrored entries the one above the diagonal is
//! kept. No entry twice, none negative.
//!
//! # Known value
//! The rows (1), (0, 2) and (1) of ones are the edges 0–1 and 1–2.

use super::Graph;
use crate::error::{Error, Result};
use crate::guard;

/// An entry: its row, its column and its value.
type Entry = (usize, usize, f64);

impl Graph {
    /// The graph of a symmetric matrix in compressed rows: the columns and weights of row i stand at the places
    /// `starts[i]` to `starts[i + 1]`, in any order. SciPy calls them `indptr`, `indices` and `data`; compressed columns
    /// are the same, for a symmetric matrix.
    ///
    /// ```
    /// use fiedler::Graph;
    /// let path = Graph::from_csr(&[0, 1, 3, 4], &[1, 0, 2, 1], &[1.0; 4])?;
    /// assert_eq!(path, Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)])?);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// Time for sorting the entries, memory for twice as many.
    ///
    /// # Errors
    /// [`Error::Count`] where the slices do not belong together; as [`Graph::from_triplets`].
    pub fn from_csr(starts: &[usize], columns: &[usize], weights: &[f64]) -> Result<Self> {
        let refused = |name, found, wanted| {
            Err(Error::Count {
                name,
                found,
                wanted,
            })
        };
        let Some((first, _)) = starts.split_first() else {
            return Err(Error::NoPoints);
        };
        if *first != 0 {
            return refused("the start of row 0", *first, "0");
        }
        if weights.len() != columns.len() {
            return refused(
                "the number of weights",
                weights.len(),
                "that of the columns",
            );
        }
        if let Some(pair) = starts.windows(2).find(|pair| pair[0] > pair[1]) {
            return refused("the end of a row", pair[1], "at least its start");
        }
        let last = starts[starts.len() - 1];
        if last != columns.len() {
            return refused(
                "the last of the starts",
                last,
                "the number of columns given",
            );
        }
        let rows = starts.windows(2).enumerate();
        let entries = rows.flat_map(|(row, ends)| {
            (ends[0]..ends[1]).map(move |at| (row, columns[at], weights[at]))
        });
        Self::from_entries(starts.len() - 1, entries)
    }

    /// The graph of a symmetric matrix as a list of its entries (row, column, weight), each edge in both directions.
    /// [`Graph::from_edges`] takes each once.
    ///
    /// ```
    /// use fiedler::Graph;
    /// let pair = Graph::from_triplets(2, &[(0, 1, 0.5), (1, 0, 0.5)])?;
    /// assert_eq!(pair, Graph::from_edges(2, &[(0, 1, 0.5)])?);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Vertex`], [`Error::NotFinite`], [`Error::Negative`], [`Error::DuplicateEntry`], [`Error::NotSymmetric`]
    /// with the entry named; else as [`Graph::from_edges`].
    pub fn from_triplets(vertices: usize, entries: &[(usize, usize, f64)]) -> Result<Self> {
        Self::from_entries(vertices, entries.iter().copied())
    }

    /// The graph of the entries of a symmetric matrix.
    pub(super) fn from_entries(
        vertices: usize,
        entries: impl Iterator<Item = Entry>,
    ) -> Result<Self> {
        // Both halves as (smaller index, larger index, value); the diagonal is above it.
        let (mut above, mut below) = (Vec::new(), Vec::new());
        for (edge, (row, column, value)) in entries.enumerate() {
            checked(vertices, edge, (row, column, value))?;
            if value == 0.0 {
                continue;
            }
            if row <= column {
                above.push((row, column, value));
            } else {
                below.push((column, row, value));
            }
        }
        let place = |&(one, other, _): &Entry| (one, other);
        for half in [&mut above, &mut below] {
            half.sort_unstable_by_key(place);
        }
        let twice = |half: &[Entry]| {
            let mut pairs = half.windows(2);
            pairs
                .find(|pair| place(&pair[0]) == place(&pair[1]))
                .map(|pair| place(&pair[0]))
        };
        if let Some((row, column)) = twice(&above) {
            return Err(Error::DuplicateEntry { row, column });
        }
        if let Some((column, row)) = twice(&below) {
            return Err(Error::DuplicateEntry { row, column });
        }
        mirrored(&above, &below)?;
        Self::from_edges(vertices, &above)
    }
}

/// An entry that a similarity matrix can have.
fn checked(vertices: usize, edge: usize, (row, column, value): Entry) -> Result<()> {
    if let Some(vertex) = [row, column].into_iter().find(|&end| end >= vertices) {
        return Err(if vertices == 0 {
            Error::NoPoints
        } else {
            Error::Vertex {
                edge,
                vertex,
                vertices,
            }
        });
    }
    if !value.is_finite() {
        return Err(Error::NotFinite { row, column, value });
    }
    if value < 0.0 {
        return Err(Error::Negative { row, column, value });
    }
    Ok(())
}

/// Both halves, sorted, are the same but for rounding.
fn mirrored(above: &[Entry], below: &[Entry]) -> Result<()> {
    let mut below = below.iter().peekable();
    let alone = |row, column, value, mirrored| {
        Err(Error::NotSymmetric {
            row,
            column,
            value,
            mirrored,
        })
    };
    for &(row, column, value) in above.iter().filter(|(row, column, _)| row != column) {
        match below.peek() {
            // What comes first below has no counterpart above.
            Some(&&(one, other, mirrored)) if (one, other) < (row, column) => {
                return alone(other, one, mirrored, 0.0);
            }
            Some(&&(one, other, mirrored)) if (one, other) == (row, column) => {
                if !guard::mirrors(value, mirrored) {
                    return alone(row, column, value, mirrored);
                }
                below.next();
            }
            _ => return alone(row, column, value, 0.0),
        }
    }
    match below.next() {
        Some(&(one, other, mirrored)) => alone(other, one, mirrored, 0.0),
        None => Ok(()),
    }
}
