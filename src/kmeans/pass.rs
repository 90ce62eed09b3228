//! One pass over all rows: the label of each, and what the next step needs to know of each cluster.
//!
//! # Definition
//! A table has a row for each cluster: its centre, or its axis. A row of the matrix gets the label of the table's row
//! that has the highest score with it, and is added to the sum of that cluster. So the rows are read once a step.

use super::lanes::{LANES, Lanes, Turned, best, rows_of_a_piece};
use rayon::prelude::*;

/// What one pass finds.
pub(crate) struct Pass {
    /// The sum of the rows of each cluster, one after the other.
    pub(crate) sums: Vec<f64>,
    /// Their weight: their number, where each has the weight 1.
    pub(crate) weights: Vec<f64>,
    /// The sum of all scores.
    pub(crate) score: f64,
    /// How many labels are not what they were.
    pub(crate) changed: usize,
}

/// Labels all rows of x. A row with a weight counts as that many rows.
pub(crate) fn pass(
    x: &Turned,
    weights: Option<&[f64]>,
    table: &[f64],
    score: impl Fn(&[Lanes], &[f64]) -> Lanes + Sync,
    labels: &mut [usize],
) -> Pass {
    let (d, k) = (x.columns, table.len() / x.columns);
    // So long that the sums of all pieces are no longer than a part of x, however many clusters there are.
    let rows = rows_of_a_piece(x.rows).max(4 * k).next_multiple_of(LANES);
    let one_piece = |(number, (lanes, labels)): (usize, (&[Lanes], &mut [usize]))| {
        let mut found = Pass::nothing(k, d);
        let blocks = lanes.chunks_exact(d).zip(labels.chunks_mut(LANES));
        for (place, (block, labels)) in blocks.enumerate() {
            let (new, scores) = best(block, table, &score);
            let first = number * rows + place * LANES;
            for (lane, label) in labels.iter_mut().enumerate() {
                found.changed += usize::from(*label != new[lane]);
                *label = new[lane];
                let weight = weights.map_or(1.0, |weights| weights[first + lane]);
                found.weights[new[lane]] += weight;
                found.score += weight * scores[lane];
                let sum = &mut found.sums[new[lane] * d..][..d];
                for (sum, lanes) in sum.iter_mut().zip(block) {
                    *sum += weight * lanes[lane];
                }
            }
        }
        found
    };
    let pieces = x.lanes.par_chunks(rows / LANES * d);
    let pieces = pieces.zip(labels.par_chunks_mut(rows)).enumerate();
    let found: Vec<Pass> = pieces.map(one_piece).collect();
    let mut all = Pass::nothing(k, d);
    for piece in &found {
        all.add(piece);
    }
    all
}

impl Pass {
    fn nothing(k: usize, d: usize) -> Self {
        Self {
            sums: vec![0.0; k * d],
            weights: vec![0.0; k],
            score: 0.0,
            changed: 0,
        }
    }

    fn add(&mut self, other: &Self) {
        let sums = self.sums.iter_mut().zip(&other.sums);
        let weights = self.weights.iter_mut().zip(&other.weights);
        sums.chain(weights).for_each(|(sum, more)| *sum += more);
        self.score += other.score;
        self.changed += other.changed;
    }
}
