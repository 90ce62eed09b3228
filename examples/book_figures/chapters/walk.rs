//! The chapter on the random walk.

use super::{Figures, Result};
use fiedler::Graph;
use fiedler::data;
use fiedler::plot::{Figure, lines};
use fiedler::walk::{commute_distances, commute_limit};

/// Points of each curve, at even shares.
const STEPS: usize = 24;

pub fn figures() -> Result<Figures> {
    Ok(vec![("walk_commute", quotients()?)])
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
