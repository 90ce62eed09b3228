//! Matrices in compressed rows, and what coarsening does with them.

use super::parallel::{of_width, on_rows};

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
        range.map(|entry| (self.columns[entry] as usize, self.values[entry]))
    }

    /// The number of rows.
    pub(super) fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// Rows that were made in chunks: for each the ends of its rows, their columns and values.
    pub(super) fn from_chunks(chunks: Vec<(Vec<usize>, Vec<u32>, Vec<f64>)>) -> Self {
        let (mut starts, mut columns, mut values) = (vec![0], Vec::new(), Vec::new());
        for (ends, some_columns, some_values) in chunks {
            let before = columns.len();
            starts.extend(ends.iter().map(|end| before + end));
            columns.extend(some_columns);
            values.extend(some_values);
        }
        Self {
            starts,
            columns,
            values,
        }
    }

    /// The transpose, of a matrix of so many columns.
    pub(super) fn transposed(&self, columns: usize) -> Self {
        let mut starts = vec![0; columns + 1];
        for &column in &self.columns {
            starts[column as usize + 1] += 1;
        }
        for c in 0..columns {
            starts[c + 1] += starts[c];
        }
        let mut next = starts.clone();
        let mut indices = vec![0; self.columns.len()];
        let mut values = vec![0.0; self.columns.len()];
        for i in 0..self.count() {
            for (column, value) in self.row(i) {
                let at = next[column];
                next[column] += 1;
                indices[at] = u32::try_from(i).expect("at most 2^32 vertices");
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
                            let x = &x[j * b + from..][..B];
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
            self.list
                .push(u32::try_from(column).expect("at most 2^32 vertices"));
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
