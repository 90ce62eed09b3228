//! Matrices in compressed rows, and what coarsening does with them.

use super::block::at;
use super::parallel::{of_width, on_rows, together};
use crate::engine::order::short;
use crate::engine::sparse::{Chunk, starts_by_counting, starts_of_chunks};

/// A matrix in compressed rows.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    pub(super) starts: Vec<usize>,
    pub(super) columns: Vec<u32>,
    pub(super) values: Vec<f64>,
}

impl Rows {
    /// The entries of row i: (column, value).
    pub(super) fn row(&self, i: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.starts[i]..self.starts[i + 1];
        let columns = self.columns[range.clone()].iter().map(|&j| j as usize);
        columns.zip(self.values[range].iter().copied())
    }

    /// The number of rows.
    pub(super) fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// Rows that were made in chunks, in one piece.
    pub(super) fn from_chunks(chunks: &[Chunk<f64>]) -> Self {
        let columns: Vec<&[u32]> = chunks.iter().map(|chunk| &chunk.columns[..]).collect();
        let values: Vec<&[f64]> = chunks.iter().map(|chunk| &chunk.values[..]).collect();
        Self {
            starts: starts_of_chunks(chunks.iter().map(|chunk| &chunk.ends[..])),
            columns: together(&columns),
            values: together(&values),
        }
    }

    /// The transpose, of a matrix of so many columns.
    pub(super) fn transposed(&self, columns: usize) -> Self {
        let entries = self.columns.iter().map(|&column| column as usize);
        let starts = starts_by_counting(columns, entries);
        let mut next = starts.clone();
        let mut indices = vec![0; self.columns.len()];
        let mut values = vec![0.0; self.columns.len()];
        for i in 0..self.count() {
            for (column, value) in self.row(i) {
                let at = next[column];
                next[column] += 1;
                indices[at] = short(i);
                values[at] = value;
            }
        }
        Self {
            starts,
            columns: indices,
            values,
        }
    }

    /// y ← y + Mx (or y ← Mx where `fresh`), for the b columns of x.
    pub(super) fn times(&self, x: &[f64], y: &mut [f64], b: usize, fresh: bool) {
        on_rows(y, b, self.columns.len() * b, |rows, y| {
            for from in (0..b).step_by(8) {
                of_width!((b - from).min(8), B => {
                    for (i, y) in rows.clone().zip(y.chunks_exact_mut(b)) {
                        let y = &mut y[from..][..B];
                        let mut sums = [0.0; B];
                        if !fresh {
                            sums.copy_from_slice(y);
                        }
                        for (j, value) in self.row(i) {
                            let x: &[f64; B] = at(x, j * b + from);
                            for c in 0..B {
                                sums[c] += value * x[c];
                            }
                        }
                        y.copy_from_slice(&sums);
                    }
                });
            }
        });
    }
}

/// Adds up sparse rows: a place for each column, and the list of those in use.
pub(super) struct Sums {
    /// The sum, and whether it is in use.
    at: Vec<(f64, bool)>,
    list: Vec<u32>,
}

impl Sums {
    pub(super) fn new(columns: usize) -> Self {
        Self {
            at: vec![(0.0, false); columns],
            list: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, column: usize, value: f64) {
        let (sum, used) = &mut self.at[column];
        *sum += value;
        if !*used {
            *used = true;
            self.list.push(short(column));
        }
    }

    /// The sums, those that came first first; leaves nothing behind.
    pub(super) fn drain(&mut self, mut each: impl FnMut(u32, f64)) {
        for column in self.list.drain(..) {
            let (sum, _) = std::mem::take(&mut self.at[column as usize]);
            each(column, sum);
        }
    }

    /// The sums by column, ascending.
    pub(super) fn drain_ascending(&mut self, each: impl FnMut(u32, f64)) {
        self.list.sort_unstable();
        self.drain(each);
    }
}
