//! One thread and two, stage by stage, in one run, and what the difference says of more: `cargo bench --bench threads`.
//!
//! The share s of a stage that stays on one thread is found from both times, T₂ = T₁(s + (1 − s)/2), and with it Amdahl's
//! law gives T₁/Tₚ for p threads. That is as far as the machine's memory goes along: beside it stands what one thread and
//! two read from memory a second. A stage that moves more bytes than that stops there, however many cores there are.

use fiedler::estimator::Stage;
use fiedler::{GraphRule, SpectralClustering, data::moons};
use rayon::ThreadPool;
use rayon::prelude::*;
use std::hint::black_box;
use std::time::Instant;

/// Turns of one thread, then two.
const TURNS: usize = 3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let n = std::env::args()
        .skip(1)
        .find_map(|word| word.parse().ok())
        .unwrap_or(1_000_000);
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pools = [pool(1)?, pool(2)?];
    let rates = pools.each_ref().map(read_rate);
    println!(
        "Read from memory: {:.1} GB/s by one thread, {:.1} by two.\n",
        rates[0], rates[1]
    );
    let x = moons(n, 0.06, 0)?.x;
    let estimator = SpectralClustering::new().graph(GraphRule::nearest_neighbors(10));
    let mut seconds: [Vec<Vec<(Stage, f64)>>; 2] = Default::default();
    for _ in 0..TURNS {
        for (pool, seconds) in pools.iter().zip(&mut seconds) {
            seconds.push(pool.install(|| estimator.fit(&x))?.report.seconds);
        }
    }
    println!("{n} points, median of {TURNS} turns.\n");
    println!("| stage | one thread, s | two, s | ratio | serial share | 4 | 8 | 16 |");
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    let stages: Vec<Stage> = seconds[0][0].iter().map(|&(stage, _)| stage).collect();
    let medians: Vec<[f64; 2]> = (0..stages.len())
        .map(|i| {
            seconds
                .each_ref()
                .map(|turns| median(turns.iter().map(|turn| turn[i].1)))
        })
        .collect();
    for (stage, &times) in stages.iter().zip(&medians) {
        row(stage.name(), times);
    }
    let whole = |threads: usize| medians.iter().map(|times| times[threads]).sum();
    row("the whole", [whole(0), whole(1)]);
    Ok(())
}

fn row(name: &str, [one, two]: [f64; 2]) {
    let serial = (2.0 * two / one - 1.0).clamp(0.0, 1.0);
    let by = |threads: f64| 1.0 / (serial + (1.0 - serial) / threads);
    println!(
        "| {name} | {one:.3} | {two:.3} | {:.2} | {serial:.2} | {:.1} | {:.1} | {:.1} |",
        one / two,
        by(4.0),
        by(8.0),
        by(16.0)
    );
}

/// Thousand million bytes a second, read from an array that no cache holds.
fn read_rate(pool: &ThreadPool) -> f64 {
    let numbers = vec![1.0_f64; 1 << 26];
    let once = || {
        let start = Instant::now();
        let parts = numbers.par_chunks(1 << 16);
        black_box(pool.install(|| parts.map(sum).sum::<f64>()));
        8e-9 * numbers.len() as f64 / start.elapsed().as_secs_f64()
    };
    median((0..7).map(|_| once()))
}

/// In eight sums side by side, so that memory is waited for and no addition.
fn sum(numbers: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    for eight in numbers.chunks_exact(8) {
        for (sum, number) in sums.iter_mut().zip(eight) {
            *sum += number;
        }
    }
    sums.iter().sum()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
