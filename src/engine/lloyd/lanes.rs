//! Points eight at a time, side by side.
//!
//! # Definition
//! The terms of one sum are added one after the other, and each waits for the one before. The sums of eight points do
//! not wait for each other: the processor adds several of them at once. So the matrix is turned, block by block: lane l
//! of entry j of a block is coordinate j of its point l. The last block is filled up with zeros.
//!
//! # Known value
//! The points (1, 2), (3, 4) are one block: (1, 3, 0, …), (2, 4, 0, …).

use ndarray::{Array1, Array2, Axis};
use rayon::prelude::*;

/// Points side by side.
pub(super) const LANES: usize = 8;

/// One number of each of eight points.
pub(super) type Lanes = [f64; LANES];

/// The rows of a matrix, turned.
pub(super) struct Turned {
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Block after block.
    pub(super) lanes: Vec<Lanes>,
}

impl Turned {
    /// The rows of x, seen from `origin`.
    pub(super) fn new(x: &Array2<f64>, origin: &Array1<f64>) -> Self {
        let mut turned = Self::zeros(x.nrows(), x.ncols());
        let eights: Vec<_> = x.axis_chunks_iter(Axis(0), LANES).collect();
        let blocks = turned.lanes.par_chunks_exact_mut(x.ncols());
        blocks.zip(eights).for_each(|(block, eight)| {
            for ((entry, column), start) in block.iter_mut().zip(eight.columns()).zip(origin) {
                let lanes = entry.iter_mut().zip(column);
                lanes.for_each(|(lane, &value)| *lane = value - start);
            }
        });
        turned
    }

    /// Some of the rows.
    pub(super) fn select(&self, rows: &[usize]) -> Self {
        let mut turned = Self::zeros(rows.len(), self.columns);
        let blocks = turned.lanes.chunks_exact_mut(self.columns);
        for (block, eight) in blocks.zip(rows.chunks(LANES)) {
            for (lane, &row) in eight.iter().enumerate() {
                let entries = block.iter_mut().zip(self.row(row));
                entries.for_each(|(lanes, entry)| lanes[lane] = entry);
            }
        }
        turned
    }

    /// One row.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = f64> + '_ {
        let block = &self.lanes[row / LANES * self.columns..][..self.columns];
        block.iter().map(move |lanes| lanes[row % LANES])
    }

    fn zeros(rows: usize, columns: usize) -> Self {
        let lanes = vec![[0.0; LANES]; rows.div_ceil(LANES) * columns];
        Self {
            rows,
            columns,
            lanes,
        }
    }
}

/// The squared distance of each point of a block from a centre.
#[inline]
pub(super) fn squares(block: &[Lanes], center: &[f64]) -> Lanes {
    let mut squares = [0.0; LANES];
    for (lanes, &c) in block.iter().zip(center) {
        for (square, &x) in squares.iter_mut().zip(lanes) {
            *square += (x - c) * (x - c);
        }
    }
    squares
}

/// The nearest centre of each point of a block, of several the first, and the squared distance. The centres stand one
/// after the other.
#[inline]
pub(super) fn nearest(block: &[Lanes], centers: &[f64]) -> ([usize; LANES], Lanes) {
    let (mut labels, mut least) = ([0; LANES], [f64::INFINITY; LANES]);
    for (label, center) in centers.chunks_exact(block.len()).enumerate() {
        let squares = squares(block, center);
        for lane in 0..LANES {
            if squares[lane] < least[lane] {
                (labels[lane], least[lane]) = (label, squares[lane]);
            }
        }
    }
    (labels, least)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn two_points_are_one_block_filled_up_with_zeros() {
        let turned = Turned::new(&array![[1., 2.], [3., 4.]], &array![0., 0.]);
        let zeros = |first: [f64; 2]| [first[0], first[1], 0., 0., 0., 0., 0., 0.];
        assert_eq!(turned.lanes, [zeros([1., 3.]), zeros([2., 4.])]);
    }

    #[test]
    fn every_point_comes_back_whatever_their_number_and_their_order_in_memory() {
        for rows in [1, 7, 8, 9, 5000] {
            let x = Array2::from_shape_fn((rows, 3), |(i, j)| (3 * i + j) as f64);
            let mut by_columns = Array2::zeros((3, rows)).reversed_axes();
            by_columns.assign(&x);
            for x in [&x, &by_columns] {
                let turned = Turned::new(x, &array![0., 1., 2.]);
                let all: Vec<usize> = (0..rows).collect();
                for turned in [&turned, &turned.select(&all)] {
                    for i in 0..rows {
                        let wanted = (0..3).map(|j| x[[i, j]] - j as f64);
                        assert!(turned.row(i).eq(wanted), "row {i} of {rows}");
                    }
                }
            }
        }
    }

    #[test]
    fn of_centres_at_the_same_distance_the_first_one_counts() {
        let turned = Turned::new(&array![[1., 0.], [0., 1.], [0., 0.]], &array![0., 0.]);
        let (labels, squares) = nearest(&turned.lanes, &[1., 0., 0., 1., 1., 0.]);
        assert_eq!(
            (&labels[..3], &squares[..3]),
            (&[0, 1, 0][..], &[0., 0., 1.][..])
        );
    }
}
