//! Where Lloyd's method starts: k-means++, ten times, on a sample where the points are many.
//!
//! # Definition
//! k-means++ draws the first centre among all points, and each next one with a probability proportional to the squared
//! distance from the centres so far. The greedy variant draws a few candidates at a time and keeps the one that leaves
//! the smallest inertia.
//!
//! Of many points the starts see a sample of m. One half of it has a point from each of m/2 equally long stretches. A
//! small cluster far away may have none of them; so the other half is drawn, with probabilities pᵢ proportional to the
//! squared distance from the k centres of one start on the first half. A point of the sample stands for many: it has
//! the weight 1 / (m/2 · (1/n + pᵢ)), one over the number of times it was to be expected. So a sum over the sample is,
//! on average, the sum over all points.
//!
//! # Source
//! D. Arthur & S. Vassilvitskii, "k-means++", SODA 2007, §2, and §7 for the greedy variant; O. Bachem, M. Lucic &
//! A. Krause, "Practical coreset constructions for machine learning", arXiv:1703.06476 (2017), for the sample.

use super::lanes::{LANES, Lanes, Turned, best, one_of_each_stretch};
use super::settle::{Settled, closeness, move_single_points, settle};
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};
use rayon::prelude::*;

/// Starts, of which the best one counts.
const STARTS: usize = 10;
/// Points of a sample. Of fewer, all are taken.
const SAMPLE: usize = 4096;
/// Points of a sample for each cluster, at least.
const SAMPLE_PER_CLUSTER: usize = 32;
/// Below so many coordinates times clusters, ten starts take less time than waking another thread.
const ALONE: usize = 20_000;

/// The k centres of the best start, at rest on the sample.
pub(super) fn best_start(points: &Turned, k: usize, seed: u64) -> Vec<f64> {
    let mut rng = Xoshiro256Plus::seed_from_u64(seed);
    let size = SAMPLE.max(SAMPLE_PER_CLUSTER * k);
    if points.rows <= size {
        let best = best_of_ten(points, None, k, &mut rng);
        return best.map_or_else(Vec::new, |best| move_single_points(points, best));
    }
    let (sample, weights) = sample(points, size / 2, k, &mut rng);
    let best = best_of_ten(&sample, Some(&weights), k, &mut rng);
    best.map_or_else(Vec::new, |best| best.centers)
}

fn best_of_ten(
    points: &Turned,
    weights: Option<&[f64]>,
    k: usize,
    rng: &mut Xoshiro256Plus,
) -> Option<Settled> {
    let numbers: Vec<Xoshiro256Plus> = (0..STARTS)
        .map(|_| {
            // To another stretch of the same random numbers, far away.
            rng.jump();
            rng.clone()
        })
        .collect();
    let small = points.rows * points.columns * k < ALONE;
    let settled: Vec<Settled> = numbers
        .into_par_iter()
        .with_min_len(if small { STARTS } else { 1 })
        .map(|mut rng| settle(points, weights, plus_plus(points, weights, k, &mut rng)))
        .collect();
    let better = |best: Settled, other: Settled| {
        if other.inertia < best.inertia {
            other
        } else {
            best
        }
    };
    settled.into_iter().reduce(better)
}

/// k of the points, far from each other.
fn plus_plus(
    points: &Turned,
    weights: Option<&[f64]>,
    k: usize,
    rng: &mut Xoshiro256Plus,
) -> Vec<f64> {
    let weight = |row: usize| weights.map_or(1.0, |weights| weights[row]);
    let mut centers = Vec::with_capacity(k * points.columns);
    let first = draw(&running_sums((0..points.rows).map(weight)), rng);
    centers.extend(points.row(first));
    let mut squares = vec![[f64::INFINITY; LANES]; points.rows.div_ceil(LANES)];
    keep_nearer(points, first, &mut squares);
    // About 2 + ln k of them, as many as scikit-learn draws.
    let candidates = 2 + k.ilog(3);
    while centers.len() < k * points.columns {
        let share = |(row, square): (usize, &f64)| weight(row) * square;
        let all = squares.as_flattened()[..points.rows].iter();
        let sums = running_sums(all.enumerate().map(share));
        let (mut best, mut left) = (first, f64::INFINITY);
        let mut best_squares = Vec::new();
        for _ in 0..candidates {
            let row = draw(&sums, rng);
            let mut nearer = squares.clone();
            keep_nearer(points, row, &mut nearer);
            let all = nearer.as_flattened()[..points.rows].iter();
            let inertia: f64 = all.enumerate().map(share).sum();
            if inertia < left {
                (best, left, best_squares) = (row, inertia, nearer);
            }
        }
        centers.extend(points.row(best));
        squares = best_squares;
    }
    centers
}

/// Squared distances from the nearest centre, once a point is one of the centres.
fn keep_nearer(points: &Turned, center: usize, squares: &mut [Lanes]) {
    let center: Vec<f64> = points.row(center).collect();
    for (block, squares) in points.blocks().zip(squares) {
        for (square, closeness) in squares.iter_mut().zip(closeness(block, &center)) {
            *square = square.min(-closeness);
        }
    }
}

/// 2 · `half` of many points, and their weights.
fn sample(points: &Turned, half: usize, k: usize, rng: &mut Xoshiro256Plus) -> (Turned, Vec<f64>) {
    let n = points.rows;
    let mut rows = one_of_each_stretch(n, half, |length| below(length, rng));
    let centers = plus_plus(&points.select(&rows), None, k, rng);
    let squares = squares(points, &centers);
    let sums = running_sums(squares[..n].iter().copied());
    rows.extend((0..half).map(|_| draw(&sums, rng)));
    // Where all points are centres, every sum is 0, and any weight does.
    let total = sums[n - 1].max(f64::MIN_POSITIVE);
    let weight = |&row: &usize| 1.0 / (half as f64 * (1.0 / n as f64 + squares[row] / total));
    let weights = rows.iter().map(weight).collect();
    (points.select(&rows), weights)
}

/// The squared distance of each point from the nearest centre.
fn squares(points: &Turned, centers: &[f64]) -> Vec<f64> {
    let d = points.columns;
    let mut squares = vec![[0.0; LANES]; points.lanes.len() / d];
    let blocks = points.lanes.par_chunks_exact(d).zip(&mut squares);
    blocks
        .with_min_len(ALONE / LANES)
        .for_each(|(block, squares)| {
            *squares = best(block, centers, closeness)
                .1
                .map(|closeness| -closeness);
        });
    squares.into_flattened()
}

fn running_sums(terms: impl Iterator<Item = f64>) -> Vec<f64> {
    let sums = terms.scan(0.0, |sum, term| {
        *sum += term;
        Some(*sum)
    });
    sums.collect()
}

/// A place, with a probability proportional to its term; the last one where all terms are 0.
fn draw(sums: &[f64], rng: &mut Xoshiro256Plus) -> usize {
    let last = sums.len() - 1;
    let mark = uniform(rng) * sums[last];
    sums.partition_point(|&sum| sum <= mark).min(last)
}

/// A number in [0, 1), from 53 random bits.
fn uniform(rng: &mut Xoshiro256Plus) -> f64 {
    (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A whole number below another.
fn below(end: usize, rng: &mut Xoshiro256Plus) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and below a usize"
    )]
    let number = (uniform(rng) * end as f64) as usize;
    number
}
