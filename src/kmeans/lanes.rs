//! Rows of a matrix eight at a time, side by side.
//!
//! # Definition
//! The terms of one sum are added one after the other, and each waits for the one before. The sums of eight rows do not
//! wait for each other: the processor adds two or more of them at once. So a matrix is turned, block by block: lane l
//! of entry j of a block is entry j of its row l. The last block is filled up with zeros.
//!
//! Long tables are worked on in pieces, side by side on all threads. Where a piece ends depends on the number of rows
//! alone, and what the pieces find is put together in their order. So no result depends on the number of threads.
//!
//! # Known value
//! The rows (1, 2), (3, 4) are one block: (1, 3, 0, …), (2, 4, 0, …).

use ndarray::{Array2, s};
use rayon::prelude::*;

/// Rows side by side.
pub(crate) const LANES: usize = 8;

/// One number of each of eight rows.
pub(crate) type Lanes = [f64; LANES];

/// Pieces at most: enough for any number of threads, and few enough that what each finds is small beside the table.
const PIECES: usize = 256;
/// Rows of a piece at least: fewer take less time than to hand them over.
const LEAST_ROWS: usize = 2048;

/// A matrix, turned.
#[derive(Clone)]
pub(crate) struct Turned {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    /// Block after block.
    pub(crate) lanes: Vec<Lanes>,
}

impl Turned {
    /// The rows of x, each entry changed by `change`, which is given the column too.
    pub(crate) fn new(x: &Array2<f64>, change: impl Fn(usize, f64) -> f64 + Sync) -> Self {
        let (rows, columns) = x.dim();
        let mut lanes = vec![[0.0; LANES]; rows.div_ceil(LANES) * columns];
        let piece = rows_of_a_piece(rows);
        let turn = |(number, lanes): (usize, &mut [Lanes])| {
            for (block, entries) in lanes.chunks_exact_mut(columns).enumerate() {
                let first = number * piece + block * LANES;
                let last = (first + LANES).min(rows);
                let eight = x.slice(s![first..last, ..]);
                for (j, (entry, column)) in entries.iter_mut().zip(eight.columns()).enumerate() {
                    for (lane, &value) in entry.iter_mut().zip(column) {
                        *lane = change(j, value);
                    }
                }
            }
        };
        let pieces = lanes.par_chunks_mut(piece / LANES * columns);
        pieces.enumerate().for_each(turn);
        Self {
            rows,
            columns,
            lanes,
        }
    }

    /// Some of the rows.
    pub(crate) fn select(&self, rows: &[usize]) -> Self {
        let mut lanes = vec![[0.0; LANES]; rows.len().div_ceil(LANES) * self.columns];
        let blocks = lanes.chunks_exact_mut(self.columns);
        for (some, block) in rows.chunks(LANES).zip(blocks) {
            for (lane, &row) in some.iter().enumerate() {
                let entries = block.iter_mut().zip(self.row(row));
                entries.for_each(|(lanes, entry)| lanes[lane] = entry);
            }
        }
        Self {
            rows: rows.len(),
            columns: self.columns,
            lanes,
        }
    }

    /// One row.
    pub(crate) fn row(&self, row: usize) -> impl Iterator<Item = f64> + '_ {
        let block = &self.lanes[row / LANES * self.columns..][..self.columns];
        block.iter().map(move |lanes| lanes[row % LANES])
    }

    /// The blocks.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = &[Lanes]> {
        self.lanes.chunks_exact(self.columns)
    }
}

/// Rows of a piece, a multiple of eight.
pub(crate) fn rows_of_a_piece(rows: usize) -> usize {
    let rows = rows.div_ceil(PIECES).max(LEAST_ROWS);
    rows.next_multiple_of(LANES)
}

/// Σⱼ term(xⱼ, yⱼ) for each row x of a block.
#[inline]
pub(crate) fn sums(block: &[Lanes], y: &[f64], term: impl Fn(f64, f64) -> f64) -> Lanes {
    let mut sums = [0.0; LANES];
    for (lanes, &y) in block.iter().zip(y) {
        for (sum, &x) in sums.iter_mut().zip(lanes) {
            *sum += term(x, y);
        }
    }
    sums
}

/// For each row of a block the number of the row of `table` with the highest score, of several the first, and that
/// score. The rows of `table` stand one after the other.
#[inline]
pub(crate) fn best(
    block: &[Lanes],
    table: &[f64],
    score: impl Fn(&[Lanes], &[f64]) -> Lanes,
) -> ([usize; LANES], Lanes) {
    let (mut numbers, mut best) = ([0; LANES], [f64::NEG_INFINITY; LANES]);
    for (number, row) in table.chunks_exact(block.len()).enumerate() {
        let scores = score(block, row);
        for lane in 0..LANES {
            if scores[lane] > best[lane] {
                (numbers[lane], best[lane]) = (number, scores[lane]);
            }
        }
    }
    (numbers, best)
}

/// One row of each of `count` equally long stretches, as far into it as `below` draws.
pub(crate) fn one_of_each_stretch(
    rows: usize,
    count: usize,
    mut below: impl FnMut(usize) -> usize,
) -> Vec<usize> {
    let start = |stretch: usize| stretch * (rows / count) + stretch * (rows % count) / count;
    let stretches = (0..count).map(|stretch| (start(stretch), start(stretch + 1)));
    stretches
        .map(|(start, end)| start + below(end - start))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn two_rows_are_one_block_filled_up_with_zeros() {
        let turned = Turned::new(&array![[1., 2.], [3., 4.]], |_, entry| entry);
        let zeros = |first: [f64; 2]| [first[0], first[1], 0., 0., 0., 0., 0., 0.];
        assert_eq!(turned.lanes, [zeros([1., 3.]), zeros([2., 4.])]);
    }

    #[test]
    fn every_row_comes_back_whatever_the_number_of_rows() {
        for rows in [1, 7, 8, 9, 5000] {
            let x = Array2::from_shape_fn((rows, 3), |(i, j)| (3 * i + j) as f64);
            for x in [
                x.clone(),
                x.reversed_axes()
                    .as_standard_layout()
                    .reversed_axes()
                    .to_owned(),
            ] {
                let turned = Turned::new(&x, |column, entry| entry + column as f64);
                let all: Vec<usize> = (0..rows).collect();
                for turned in [&turned, &turned.select(&all)] {
                    for i in 0..rows {
                        let wanted = (0..3).map(|j| x[[i, j]] + j as f64);
                        assert!(turned.row(i).eq(wanted), "row {i} of {rows}");
                    }
                }
            }
        }
    }

    #[test]
    fn of_equal_scores_the_first_one_counts() {
        let turned = Turned::new(&array![[1., 0.], [0., 1.], [1., 1.]], |_, entry| entry);
        let table = [1., 0., 0., 1., 1., 0.];
        let (numbers, scores) = best(&turned.lanes, &table, |x, y| sums(x, y, |x, y| x * y));
        assert_eq!(numbers[..3], [0, 1, 0]);
        assert_eq!(scores[..3], [1., 1., 1.]);
    }

    #[test]
    fn stretches_follow_each_other_from_the_first_row_to_the_last() {
        for rows in [4, 5, 10, 1003] {
            let firsts = one_of_each_stretch(rows, 4, |_| 0);
            let lasts = one_of_each_stretch(rows, 4, |length| length - 1);
            assert_eq!((firsts[0], lasts[3]), (0, rows - 1));
            for stretch in 1..4 {
                assert_eq!(firsts[stretch], lasts[stretch - 1] + 1);
            }
        }
    }
}
