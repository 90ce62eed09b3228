//! New points on old ones, beside the fit, in one run: `cargo bench --bench predict`.
//!
//! As many new points as there are old ones, drawn by another seed. The first call builds the search tree of the old
//! points and looks up their neighbours; the median is of the calls after it.

use fiedler::data::moons;
use fiedler::{GraphRule, SpectralClustering};
use std::time::Instant;

fn main() -> fiedler::Result<()> {
    println!("| points | graph | fit, s | first predict, s | predict, s | predict / fit |");
    println!("|---:|---|---:|---:|---:|---:|");
    let default = SpectralClustering::new();
    let rules = [
        ("default", default),
        (
            "10 nearest",
            default.graph(GraphRule::nearest_neighbors(10)),
        ),
        ("within 0.1", default.graph(GraphRule::Epsilon(0.1))),
        ("Gaussian, 0.1", default.graph(GraphRule::gaussian(0.1))),
    ];
    for (name, estimator) in rules {
        for n in [2000, 20_000, 1_000_000] {
            let large = matches!((name, n), ("default" | "10 nearest", _) | (_, 2000));
            if large || (name, n) == ("within 0.1", 20_000) {
                row(n, name, &estimator)?;
            }
        }
    }
    Ok(())
}

fn row(n: usize, name: &str, estimator: &SpectralClustering) -> fiedler::Result<()> {
    let (old, new) = (moons(n, 0.06, 1)?.x, moons(n, 0.06, 2)?.x);
    let start = Instant::now();
    let clustering = estimator
        .isolated(fiedler::Isolated::NearestCluster)
        .fit(&old)?;
    let fit = start.elapsed().as_secs_f64();
    let mut seconds = Vec::new();
    for _ in 0..6 {
        let start = Instant::now();
        clustering.predict(&new)?;
        seconds.push(start.elapsed().as_secs_f64());
    }
    let first = seconds.remove(0);
    seconds.sort_by(f64::total_cmp);
    let median = seconds[seconds.len() / 2];
    println!(
        "| {n} | {name} | {fit:.3} | {first:.3} | {median:.3} | {:.2} |",
        median / fit
    );
    Ok(())
}
