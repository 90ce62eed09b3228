//! Where Lloyd's method starts: k-means++, several times, on a sample where the points are many.
//!
//! # Definition
//! k-means++ draws the first centre among all points, and each next one with a probability proportional to the squared
//! distance from the centres so far. The greedy variant draws a few candidates at a time and keeps the one that leaves
//! the smallest inertia.
//!
//! Of many points the starts see a sample of m. One half of it has a random point from each of m/2 equally long
//! stretches. A small cluster far away may have none of them; so the other half is drawn, with probabilities pᵢ
//! proportional to the squared distance from the k centres of one start on the first half. A point of the sample
//! stands for many: it has the weight 1 / (m/2 · (1/n + pᵢ)), one over the number of times it was to be expected. So a
//! sum over the sample is, on average, the sum over all points.
//!
//! # Source
//! D. Arthur & S. Vassilvitskii, "k-means++", SODA 2007, §2, and its conclusion for the greedy variant; O. Bachem,
//! M. Lucic & A. Krause, "Practical coreset constructions for machine learning", arXiv:1703.06476 (2017), for the
//! sample.

use super::lanes::{LANES, Lanes, Turned, nearest, squares};
use super::settle::{MAX_STEPS, Settled, settle};
use super::wide::Wide;
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};
use rayon::prelude::*;

/// Starts at most, of which the best one counts.
const STARTS: usize = 10;
/// Starts of few points: they take no time there, and of ten the best is too often not the best there is.
const STARTS_OF_FEW: usize = 50;
/// Starts of many and of few points after which one looks whether all came to the same, and makes no more then. A better one
/// that is reached from every third start is missed once in eight times, or once in twenty-five. Less will not do: where
/// eight of twelve come to the least so far, the best may still be one that few of fifty come to.
const FIRST: usize = 5;
const FIRST_OF_FEW: usize = 8;
/// Inertias so close are the same: labels that differ in one point differ by more.
const SAME: f64 = 1e-9;
/// Few points.
const FEW: usize = 1024;
/// Points of a sample. Of fewer, all are taken.
const SAMPLE: usize = 4096;
/// Points of a sample for each cluster, at least.
const SAMPLE_PER_CLUSTER: usize = 32;

/// Where Lloyd's steps lead from the best start: of all points where they are few, else of the sample, whose centres
/// are the start for all points.
pub(super) fn best_start(points: &Turned, k: usize, seed: u64) -> Settled {
    let mut rng = Xoshiro256Plus::seed_from_u64(seed);
    let size = SAMPLE.max(SAMPLE_PER_CLUSTER * k);
    if points.rows <= size {
        return best_of(points, None, k, &mut rng);
    }
    let wide = Wide::where_it_pays(points, k);
    let (sample, weights) = sample(points, wide.as_ref(), size / 2, k, &mut rng);
    let best = best_of(&sample, Some(&weights), k, &mut rng);
    match wide {
        Some(wide) => wide.settle(None, best.centers, MAX_STEPS),
        None => settle(points, None, best.centers),
    }
}

fn best_of(
    points: &Turned,
    weights: Option<&[f64]>,
    k: usize,
    rng: &mut Xoshiro256Plus,
) -> Settled {
    let wide = Wide::where_it_pays(points, k);
    let few = points.rows <= FEW;
    let (starts, first) = if few {
        (STARTS_OF_FEW, FIRST_OF_FEW)
    } else {
        (STARTS, FIRST)
    };
    let mut rngs = own(rng, starts);
    let later = rngs.split_off(first);
    let run = |rngs: Vec<Xoshiro256Plus>| -> Vec<Settled> {
        let starts = rngs.into_par_iter();
        let starts = starts.map(|mut rng| from(points, wide.as_ref(), weights, k, &mut rng));
        starts.collect()
    };
    let mut settled = run(rngs);
    let inertias = settled.iter().map(|start| start.inertia);
    let least = inertias.clone().fold(f64::INFINITY, f64::min);
    if !inertias
        .into_iter()
        .all(|inertia| inertia - least <= SAME * inertia)
    {
        settled.extend(run(later));
    }
    // Of several with the same inertia, the first.
    let best = settled
        .into_iter()
        .min_by(|one, other| one.inertia.total_cmp(&other.inertia));
    best.expect("five starts or more")
}

/// For each start a stretch of the same random numbers, far from the others'.
fn own(rng: &mut Xoshiro256Plus, starts: usize) -> Vec<Xoshiro256Plus> {
    let own = std::iter::repeat_with(|| {
        rng.jump();
        rng.clone()
    });
    own.take(starts).collect()
}

/// Where one start leads.
fn from(
    points: &Turned,
    wide: Option<&Wide>,
    weights: Option<&[f64]>,
    k: usize,
    rng: &mut Xoshiro256Plus,
) -> Settled {
    let start = plus_plus(points, wide, weights, k, rng);
    match wide {
        Some(wide) => wide.settle(weights, start, MAX_STEPS),
        None => settle(points, weights, start),
    }
}

/// k of the points, far from each other.
fn plus_plus(
    points: &Turned,
    wide: Option<&Wide>,
    weights: Option<&[f64]>,
    k: usize,
    rng: &mut Xoshiro256Plus,
) -> Vec<f64> {
    let n = points.rows;
    let weight = |row: usize| weights.map_or(1.0, |weights| weights[row]);
    let mut centers = Vec::with_capacity(k * points.columns);
    let first = draw(&running_sums((0..n).map(weight)), rng);
    centers.extend(points.row(first));
    let mut least = vec![[f64::INFINITY; LANES]; n.div_ceil(LANES)];
    // What fills up the last block has no share in any sum.
    least.as_flattened_mut()[n..].fill(0.0);
    keep_nearer(points, first, &mut least);
    // About 2 + ln k of them, as many as scikit-learn draws.
    let candidates = 2 + k.ilog(3);
    while centers.len() < k * points.columns {
        let shares = least.as_flattened()[..n].iter().enumerate();
        let sums = running_sums(shares.map(|(row, square)| weight(row) * square));
        let rows: Vec<usize> = (0..candidates).map(|_| draw(&sums, rng)).collect();
        let squares = wide.map(|wide| wide.squares_from(&rows));
        let inertia = |number: usize| match &squares {
            Some(squares) => {
                let pairs = least.as_flattened().iter().zip(squares.row(number));
                let nearer = pairs.map(|(least, square)| least.min(*square));
                let shares = nearer.enumerate();
                shares.map(|(row, square)| weight(row) * square).sum()
            }
            None => inertia_with(points, weights, rows[number], &least),
        };
        let tried = (0..rows.len()).map(|number| (inertia(number), number));
        let best = tried.min_by(|one, other| one.0.total_cmp(&other.0));
        let (_, number) = best.expect("two candidates or more");
        match &squares {
            Some(squares) => {
                let all = least.as_flattened_mut().iter_mut().zip(squares.row(number));
                all.for_each(|(least, &square)| *least = least.min(square));
            }
            None => keep_nearer(points, rows[number], &mut least),
        }
        centers.extend(points.row(rows[number]));
    }
    centers
}

/// The inertia, were this point one of the centres too.
fn inertia_with(points: &Turned, weights: Option<&[f64]>, center: usize, least: &[Lanes]) -> f64 {
    let center: Vec<f64> = points.row(center).collect();
    let blocks = points.lanes.chunks_exact(points.columns).zip(least);
    let mut sums = [0.0; LANES];
    for (eight, (block, least)) in blocks.enumerate() {
        let mut squares = squares(block, &center);
        for (square, &least) in squares.iter_mut().zip(least) {
            *square = if *square < least { *square } else { least };
        }
        if let Some(weights) = weights {
            let weights = &weights[eight * LANES..];
            let weighed = squares.iter_mut().zip(weights);
            weighed.for_each(|(square, weight)| *square *= weight);
        }
        let shares = sums.iter_mut().zip(squares);
        shares.for_each(|(sum, square)| *sum += square);
    }
    sums.iter().sum()
}

/// Squared distances from the nearest centre, once a point is one of the centres.
fn keep_nearer(points: &Turned, center: usize, least: &mut [Lanes]) {
    let center: Vec<f64> = points.row(center).collect();
    let blocks = points.lanes.chunks_exact(points.columns);
    for (block, least) in blocks.zip(least) {
        let squares = squares(block, &center);
        for (least, square) in least.iter_mut().zip(squares) {
            *least = least.min(square);
        }
    }
}

/// 2 · `half` of many points, and their weights.
fn sample(
    points: &Turned,
    wide: Option<&Wide>,
    half: usize,
    k: usize,
    rng: &mut Xoshiro256Plus,
) -> (Turned, Vec<f64>) {
    let n = points.rows;
    let start = |stretch: usize| stretch * (n / half) + stretch * (n % half) / half;
    let mut rows: Vec<usize> = (0..half)
        .map(|stretch| start(stretch) + below(start(stretch + 1) - start(stretch), rng))
        .collect();
    let first = points.select(&rows);
    let wide_first = Wide::where_it_pays(&first, k);
    let centers = plus_plus(&first, wide_first.as_ref(), None, k, rng);
    let least: Vec<f64> = if let Some(wide) = wide {
        wide.least(centers)
    } else {
        let blocks = points.lanes.par_chunks_exact(points.columns);
        let least: Vec<Lanes> = blocks.map(|block| nearest(block, &centers).1).collect();
        least.as_flattened()[..n].to_vec()
    };
    let sums = running_sums(least.iter().copied());
    rows.extend((0..half).map(|_| draw(&sums, rng)));
    // Where all points are centres, every sum is 0, and any weight does.
    let total = sums[n - 1].max(f64::MIN_POSITIVE);
    let weight = |&row: &usize| 1.0 / (half as f64 * (1.0 / n as f64 + least[row] / total));
    let weights = rows.iter().map(weight).collect();
    (points.select(&rows), weights)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::RandomState;
    use ndarray::{Array1, Array2};

    #[test]
    fn the_weights_of_a_sample_stand_for_all_points() {
        let mut normal = RandomState::new(0);
        let x = Array2::from_shape_simple_fn((20_000, 2), || normal.standard_normal());
        let points = Turned::new(&x, &Array1::zeros(2));
        let mut rng = Xoshiro256Plus::seed_from_u64(0);
        let (sample, weights) = sample(&points, None, 2048, 3, &mut rng);
        let sum = |of: fn(Vec<f64>) -> f64| -> f64 {
            let rows = weights.iter().enumerate();
            rows.map(|(row, weight)| weight * of(sample.row(row).collect()))
                .sum()
        };
        // The number of points and their squared lengths, 2 on average: both with a standard deviation of about 2 %.
        assert!((sum(|_| 1.0) / 20_000.0 - 1.0).abs() < 0.1);
        assert!((sum(|row| row.iter().map(|e| e * e).sum()) / 40_000.0 - 1.0).abs() < 0.1);
    }

    #[test]
    fn no_start_that_is_left_out_would_have_been_better() {
        for seed in 0..6 {
            for (n, k, d, spread) in [
                (300, 3, 3, 0.15),
                (600, 5, 5, 0.25),
                (1000, 10, 10, 0.25),
                (1000, 10, 4, 0.15),
                (800, 20, 20, 0.25),
            ] {
                let mut rng = RandomState::new(seed);
                let places = Array2::from_shape_simple_fn((k, d), || rng.standard_normal());
                let x = Array2::from_shape_fn((n, d), |(i, j)| {
                    places[[i % k, j]] + spread * rng.standard_normal()
                });
                let points = Turned::new(&x, &Array1::zeros(d));
                let rng = || Xoshiro256Plus::seed_from_u64(seed);
                let all = own(&mut rng(), STARTS_OF_FEW).into_par_iter();
                let all = all.map(|mut rng| from(&points, None, None, k, &mut rng).inertia);
                let least = all.reduce(|| f64::INFINITY, f64::min);
                let found = best_of(&points, None, k, &mut rng()).inertia;
                assert!(found <= least * (1.0 + 1e-6), "{n} {k} {d} {seed}");
            }
        }
    }

    #[test]
    fn what_is_drawn_has_a_share_and_where_all_are_0_it_is_the_last() {
        let mut rng = Xoshiro256Plus::seed_from_u64(0);
        let sums = running_sums([0.0, 2.0, 0.0, 1.0, 0.0].into_iter());
        let drawn: Vec<usize> = (0..300).map(|_| draw(&sums, &mut rng)).collect();
        assert!(drawn.iter().all(|&place| place == 1 || place == 3));
        // Two in three: 200 with a standard deviation of 8.
        let ones = drawn.iter().filter(|&&place| place == 1).count();
        assert!((160..240).contains(&ones), "{ones}");
        assert_eq!(draw(&[0.0, 0.0], &mut rng), 1);
    }
}
