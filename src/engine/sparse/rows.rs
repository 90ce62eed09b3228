//! Where compressed rows start, and rows while they are made.
//!
//! # Known value
//! Rows of 2, 0 and 3 entries start at 0, 2 and 2, and end at 5.

use super::{Sparse, Weight};

/// Where rows of these lengths start, and where the last of them ends.
pub(crate) fn starts(lengths: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut end = 0;
    let ends = lengths.into_iter().map(|length| {
        end += length;
        end
    });
    std::iter::once(0).chain(ends).collect()
}

/// The same for so many rows whose entries come one by one, each with the number of its row.
pub(crate) fn starts_by_counting(
    rows: usize,
    entries: impl IntoIterator<Item = usize>,
) -> Vec<usize> {
    let mut lengths = vec![0; rows];
    for row in entries {
        lengths[row] += 1;
    }
    starts(lengths)
}

/// The same for rows in chunks, of each of which one knows where its rows end in it.
pub(crate) fn starts_of_chunks<'a>(chunks: impl IntoIterator<Item = &'a [usize]>) -> Vec<usize> {
    let mut starts = vec![0];
    for ends in chunks {
        let before = starts[starts.len() - 1];
        starts.extend(ends.iter().map(|end| before + end));
    }
    starts
}

/// Some rows, made one after the other.
pub(crate) struct Chunk<W> {
    /// Where each of them ends.
    pub(crate) ends: Vec<usize>,
    pub(crate) columns: Vec<u32>,
    pub(crate) values: Vec<W>,
}

impl<W> Default for Chunk<W> {
    fn default() -> Self {
        Self {
            ends: Vec::new(),
            columns: Vec::new(),
            values: Vec::new(),
        }
    }
}

impl<W> Chunk<W> {
    pub(crate) fn push(&mut self, column: u32, value: W) {
        self.columns.push(column);
        self.values.push(value);
    }

    /// Ends a row, and says how long it is.
    pub(crate) fn end_row(&mut self) -> usize {
        let before = self.ends.last().copied().unwrap_or(0);
        self.ends.push(self.columns.len());
        self.columns.len() - before
    }
}

impl<W: Copy> Chunk<W> {
    /// The entries of a row, by its number in the chunk.
    pub(crate) fn row(&self, row: usize) -> impl Iterator<Item = (usize, W)> + '_ {
        let range = row.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[row];
        let columns = self.columns[range.clone()].iter().map(|&j| j as usize);
        columns.zip(self.values[range].iter().copied())
    }
}

impl<W: Weight> Chunk<W> {
    /// All rows, where there is one chunk.
    pub(crate) fn into_sparse(self) -> Sparse {
        let starts = starts_of_chunks([&self.ends[..]]);
        Sparse::new(starts, self.columns, W::stored(self.values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_start_where_those_before_them_end() {
        let wanted = [0, 2, 2, 5];
        assert_eq!(starts([2, 0, 3]), wanted);
        assert_eq!(starts_by_counting(3, [2, 0, 2, 0, 2]), wanted);
        assert_eq!(starts_of_chunks([&[2, 2][..], &[], &[3]]), wanted);
        assert_eq!(starts([]), [0]);
    }

    #[test]
    fn a_chunk_is_read_row_by_row_and_becomes_rows() {
        let mut chunk = Chunk::default();
        chunk.push(1, 0.5);
        assert_eq!(chunk.end_row(), 1);
        assert_eq!(chunk.end_row(), 0);
        chunk.push(0, 2.0);
        chunk.push(1, 4.0);
        assert_eq!(chunk.end_row(), 2);
        let read = |row| chunk.row(row).collect::<Vec<_>>();
        assert_eq!((read(0), read(1)), (vec![(1, 0.5)], vec![]));
        assert_eq!(read(2), [(0, 2.0), (1, 4.0)]);
        let rows = chunk.into_sparse();
        assert_eq!(
            (rows.starts, rows.columns),
            (vec![0, 1, 1, 3], vec![1, 0, 1])
        );
    }
}
