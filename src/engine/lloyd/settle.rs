//! From a start to where no label changes: Lloyd's two steps.
//!
//! # Definition
//! Each point goes to its nearest centre, of several to the first, and each centre to the mean of its points; a centre
//! without points stays. One pass over the points does the first step and adds up what the second one needs.
//!
//! Many points are worked on in pieces, side by side on all threads. Where a piece ends depends on the number of points
//! and clusters alone, and the sums of the pieces are added in their order: so nothing depends on the number of threads.
//!
//! # Source
//! S. P. Lloyd, "Least squares quantization in PCM", IEEE Trans. Inf. Theory 28 (1982), §II.

use super::lanes::{LANES, Turned, nearest};
use rayon::prelude::*;

/// Steps after which Lloyd's method is stopped; it needs a dozen.
pub(super) const MAX_STEPS: usize = 300;
/// Points of a piece at least: fewer take less time than to hand them over.
const LEAST: usize = 2048;
/// Pieces at most: enough for any number of threads.
const PIECES: usize = 256;

/// Where the steps came to rest: each label is that of the nearest centre.
pub(super) struct Settled {
    pub(super) labels: Vec<usize>,
    /// One after the other.
    pub(super) centers: Vec<f64>,
    pub(super) inertia: f64,
}

/// Lloyd's two steps from these centres. A point with a weight counts as that many points.
pub(super) fn settle(points: &Turned, weights: Option<&[f64]>, mut centers: Vec<f64>) -> Settled {
    let mut labels = vec![usize::MAX; points.rows];
    let mut found = pass(points, weights, &centers, &mut labels);
    for _ in 0..MAX_STEPS {
        found.move_to_means(&mut centers);
        found = pass(points, weights, &centers, &mut labels);
        if found.changed == 0 {
            break;
        }
    }
    Settled {
        labels,
        centers,
        inertia: found.inertia,
    }
}

/// What one pass over the points finds.
struct Pass {
    /// The sum of the points of each cluster, one after the other.
    sums: Vec<f64>,
    /// Their weight: their number, where each has the weight 1.
    weights: Vec<f64>,
    inertia: f64,
    /// How many labels are not what they were.
    changed: usize,
}

fn pass(points: &Turned, weights: Option<&[f64]>, centers: &[f64], labels: &mut [usize]) -> Pass {
    let (d, k) = (points.columns, centers.len() / points.columns);
    // Many more points than centres, so that the sums of all pieces are few beside the points.
    let rows = points.rows.div_ceil(PIECES).max(LEAST).max(4 * k);
    let rows = rows.next_multiple_of(LANES);
    let blocks = points.lanes.par_chunks(rows / LANES * d);
    let pieces = blocks.zip(labels.par_chunks_mut(rows)).enumerate();
    let found = pieces.map(|(number, (blocks, labels))| {
        let mut found = Pass::nothing(k, d);
        let eights = blocks.chunks_exact(d).zip(labels.chunks_mut(LANES));
        for (eight, (block, labels)) in eights.enumerate() {
            let (new, squares) = nearest(block, centers);
            let first = number * rows + eight * LANES;
            for (lane, label) in labels.iter_mut().enumerate() {
                let weight = weights.map_or(1.0, |weights| weights[first + lane]);
                found.changed += usize::from(*label != new[lane]);
                *label = new[lane];
                found.weights[*label] += weight;
                found.inertia += weight * squares[lane];
                let sum = found.sums[*label * d..][..d].iter_mut().zip(block);
                sum.for_each(|(sum, lanes)| *sum += weight * lanes[lane]);
            }
        }
        found
    });
    let found: Vec<Pass> = found.collect();
    found.into_iter().fold(Pass::nothing(k, d), Pass::plus)
}

impl Pass {
    fn nothing(k: usize, d: usize) -> Self {
        Self {
            sums: vec![0.0; k * d],
            weights: vec![0.0; k],
            inertia: 0.0,
            changed: 0,
        }
    }

    fn plus(mut self, other: Self) -> Self {
        let sums = self.sums.iter_mut().zip(other.sums);
        let weights = self.weights.iter_mut().zip(other.weights);
        sums.chain(weights).for_each(|(sum, more)| *sum += more);
        self.inertia += other.inertia;
        self.changed += other.changed;
        self
    }

    /// Each centre to the mean of its points. A cluster without points keeps its centre.
    fn move_to_means(&self, centers: &mut [f64]) {
        let d = centers.len() / self.weights.len();
        let clusters = centers.chunks_exact_mut(d).zip(self.sums.chunks_exact(d));
        for ((center, sum), &weight) in clusters.zip(&self.weights) {
            if weight > 0.0 {
                let entries = center.iter_mut().zip(sum);
                entries.for_each(|(entry, sum)| *entry = sum / weight);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::RandomState;
    use ndarray::{Array1, Array2, Axis};

    fn turned(x: &Array2<f64>) -> Turned {
        Turned::new(x, &Array1::zeros(x.ncols()))
    }

    /// The two steps as the definition has them, one label after the other.
    fn plainly(x: &Array2<f64>, mut centers: Array2<f64>) -> (Array1<usize>, Array2<f64>) {
        let mut labels = Array1::from_elem(x.nrows(), usize::MAX);
        loop {
            let before = labels.clone();
            for (label, point) in labels.iter_mut().zip(x.outer_iter()) {
                let offsets = &centers - &point;
                let squares = (&offsets * &offsets).sum_axis(Axis(1));
                let smallest = squares.iter().copied().fold(f64::INFINITY, f64::min);
                let first = squares.iter().position(|&square| square <= smallest);
                *label = first.expect("a centre");
            }
            if labels == before {
                return (labels, centers);
            }
            for (label, mut center) in centers.outer_iter_mut().enumerate() {
                let own: Vec<usize> = (0..x.nrows()).filter(|&i| labels[i] == label).collect();
                if let Some(mean) = x.select(Axis(0), &own).mean_axis(Axis(0)) {
                    center.assign(&mean);
                }
            }
        }
    }

    #[test]
    fn the_passes_are_lloyds_two_steps() {
        let mut rng = RandomState::new(0);
        // 5000 points are three pieces.
        for (n, d, k) in [(1, 1, 1), (9, 2, 3), (200, 1, 4), (500, 9, 5), (5000, 3, 4)] {
            let x = Array2::from_shape_simple_fn((n, d), || rng.standard_normal());
            let start: Vec<f64> = x.iter().copied().take(k * d).collect();
            let found = settle(&turned(&x), None, start.clone());
            let start = Array2::from_shape_vec((k, d), start).expect("k points");
            let (labels, centers) = plainly(&x, start);
            assert_eq!(found.labels, labels.to_vec());
            // Sums of at most n numbers below 5.
            let rounding = 5.0 * n as f64 * f64::EPSILON;
            for (found, wanted) in found.centers.iter().zip(&centers) {
                assert!((found - wanted).abs() <= rounding, "{found} {wanted}");
            }
        }
    }

    #[test]
    fn a_point_of_weight_three_counts_as_three_points() {
        let mut rng = RandomState::new(1);
        let x = Array2::from_shape_simple_fn((40, 2), || rng.standard_normal());
        let weights: Vec<f64> = (0..40).map(|i| f64::from(1 + i % 3)).collect();
        let rows: Vec<usize> = (0..40).flat_map(|i| vec![i; 1 + i % 3]).collect();
        let start: Vec<f64> = x.iter().copied().take(6).collect();
        let by_weight = settle(&turned(&x), Some(&weights), start.clone());
        let by_number = settle(&turned(&x.select(Axis(0), &rows)), None, start);
        // 80 squares, one rounding each.
        let rounding = 80.0 * f64::EPSILON * by_number.inertia;
        assert!((by_weight.inertia - by_number.inertia).abs() <= rounding);
        for (place, &row) in rows.iter().enumerate() {
            assert_eq!(by_number.labels[place], by_weight.labels[row]);
        }
    }
}
