//! The chapter on the random walk.

use super::{Figures, Result};
use fiedler::Graph;
use fiedler::data;
use fiedler::ndarray::Axis;
use fiedler::plot::{Figure, lines};
use fiedler::walk::{commute_distances, commute_limit};

/// Points of each curve, at even shares.
const STEPS: usize = 24;

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("walk_mixing", mixing()?),
        ("walk_commute", quotients()?),
    ])
}

/// The steps of the lazy walk that are drawn, and those between two points.
const LAST: usize = 1500;
const EVERY: usize = 30;

/// How far a lazy walk on the moons is from its stationary distribution at worst, and the bounds of it.
fn mixing() -> fiedler::Result<Figure> {
    let graph = Graph::epsilon(&data::blog_moons().x, 0.4)?;
    let pairs = graph.smallest_eigenpairs(graph.vertex_count())?;
    let tau = pairs.values.mapv(|value| (1.0 - value / 2.0).max(0.0));
    let pi = graph.degrees() / graph.volume();
    let least = pi.fold(1.0, |least: f64, &pi| least.min(pi));
    let times: Vec<f64> = (0..=LAST).step_by(EVERY).map(|t| t as f64).collect();
    let farthest = |&t: &f64| {
        let faded = &pairs.vectors * &tau.mapv(|tau| tau.powf(t));
        let off = faded.dot(&pairs.vectors.t()) * graph.degrees() - &pi;
        let sums = off.mapv(f64::abs).sum_axis(Axis(1));
        Some(sums.fold(0.0, |most: f64, &sum| most.max(sum / 2.0)))
    };
    let found: Curve = times.iter().map(farthest).collect();
    let low: Curve = times.iter().map(|t| Some(tau[1].powf(*t) / 2.0)).collect();
    let bound = |t: f64| tau[1].powf(t) / (2.0 * least.sqrt());
    let late: Vec<f64> = times.iter().copied().filter(|t| bound(*t) <= 1.0).collect();
    let high: Curve = late.iter().map(|t| Some(bound(*t))).collect();
    Ok(lines(&[
        ("upper bound", &late[..], &high[..]),
        ("r(t)", &times[..], &found[..]),
        ("lower bound", &times[..], &low[..]),
    ])?
    .with_title("A lazy walker on the moons forgets its start")
    .with_axes("steps t", "distance from π, at worst"))
}

/// All commute distances over what the two degrees alone say, smallest first: within a moon and between moons.
fn quotients() -> fiedler::Result<Figure> {
    let (few, many) = (sorted_quotients(100)?, sorted_quotients(400)?);
    let shares: Vec<f64> = (0..=STEPS).map(|step| step as f64 / STEPS as f64).collect();
    Ok(lines(&[
        ("100 points, between", &shares[..], &few.1[..]),
        ("100 points, within", &shares[..], &few.0[..]),
        ("400 points, between", &shares[..], &many.1[..]),
        ("400 points, within", &shares[..], &many.0[..]),
    ])?
    .with_title("Commute distance over what the degrees say")
    .with_axes("share of the pairs", "quotient"))
}

type Curve = Vec<Option<f64>>;

/// The quotients within a moon and between moons, each sorted and read at even shares.
fn sorted_quotients(n: usize) -> fiedler::Result<(Curve, Curve)> {
    let moons = data::moons(n, 0.05, 0)?;
    let graph = Graph::gaussian(&moons.x, 0.3)?;
    let (c, limit) = (commute_distances(&graph)?, commute_limit(&graph)?);
    let (mut within, mut between) = (Vec::new(), Vec::new());
    for i in 0..n {
        for j in 0..i {
            let quotient = c[[i, j]] / limit[[i, j]];
            if moons.y[i] == moons.y[j] {
                within.push(quotient);
            } else {
                between.push(quotient);
            }
        }
    }
    let read = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        let last = values.len() - 1;
        (0..=STEPS)
            .map(|step| Some(values[step * last / STEPS]))
            .collect()
    };
    Ok((read(within), read(between)))
}
