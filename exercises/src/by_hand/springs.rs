//! Notebook 11: what springs hold, and one step of a random walk.

use super::places::{five, matrix, places};
use super::task::{Slip, Task};
use super::transform::{Heights, degrees, heights, products};
use fiedler::data::blog_moons;
use fiedler::ndarray::{Array1, Array2, array};

/// A graph and the chance to be at each vertex.
type Chances = (Array2<f64>, Array1<f64>);

/// Checks a function that adds what all springs hold.
pub fn potential_energy(mine: impl Fn(&Array2<f64>, &Array1<f64>) -> f64) {
    println!("{}", potential_energy_task().reply(|(s, f)| mine(s, f)));
}

/// Checks a function that gives the chances after one more step.
pub fn walk_step(mine: impl Fn(&Array2<f64>, &Array1<f64>) -> Array1<f64>) {
    println!("{}", walk_step_task().reply(|(s, p)| mine(s, p)));
}

/// fᵀLf.
fn energy((s, f): &Heights) -> f64 {
    let (squares, product) = products(s, f);
    squares - product
}

/// The sum over all edges, each once, of what `term` makes of its weight and the difference of its ends.
fn over_edges((s, f): &Heights, term: impl Fn(f64, f64) -> f64) -> f64 {
    let edges = s
        .indexed_iter()
        .filter(|((i, j), weight)| i < j && **weight > 0.0);
    edges
        .map(|((i, j), &weight)| term(weight, f[i] - f[j]))
        .sum()
}

pub(super) fn potential_energy_task() -> Task<Heights, f64> {
    Task {
        right: |springs| energy(springs) / 2.0,
        places: heights(),
        slips: vec![
            Slip {
                wrong: energy,
                hint: "Twice too much. Either a spring is met from both of its ends, or the ½ of a single spring is missing.",
            },
            Slip {
                wrong: |springs| 2.0 * energy(springs),
                hint: "Four times too much: a spring holds half of stiffness times square, and a loop over all i and j meets it twice.",
            },
            Slip {
                wrong: |springs| over_edges(springs, |weight, u| 0.5 * weight * u.abs()),
                hint: "The stretch stands squared.",
            },
            Slip {
                wrong: |springs| over_edges(springs, |weight, u| 0.5 * weight * u),
                hint: "The stretch stands squared; as it is, up and down cancel.",
            },
            Slip {
                wrong: |springs| over_edges(springs, |_, u| 0.5 * u * u),
                hint: "All springs count alike here. Multiply by the stiffness `s[[i, j]]`.",
            },
            Slip {
                wrong: |springs| over_edges(springs, |weight, u| 0.5 * (weight * u).powi(2)),
                hint: "The stiffness is squared too. Only the stretch is.",
            },
        ],
        hint: "For each pair i < j, half of s[[i, j]] times (f[i] − f[j])², added.",
    }
}

pub(super) fn walk_step_task() -> Task<Chances, Array1<f64>> {
    Task {
        right: |(s, p)| s.dot(&(p / &degrees(s))),
        places: places(
            (five().a, array![1.0, 0.0, 0.0, 0.0, 0.0]),
            {
                let p = Array1::from_shape_fn(200, |i| if i < 50 { 0.02 } else { 0.0 });
                (matrix(&blog_moons().x, 0.4), p)
            },
            |draw| {
                let s = draw.graph();
                let p = draw.chances(s.nrows());
                (s, p)
            },
        ),
        slips: vec![
            Slip {
                wrong: |(s, p)| s.dot(p) / degrees(s),
                hint: "You divided by the degree of where the walker arrives. It chooses at the vertex that it leaves.",
            },
            Slip {
                wrong: |(s, p)| s.dot(p),
                hint: "The chances no longer add up to 1. Divide by the degree of the vertex that the walker leaves.",
            },
            Slip {
                wrong: |(s, p)| {
                    let after = s.dot(p);
                    let sum = after.sum();
                    after / sum
                },
                hint: "They add up to 1, and yet each vertex shares out by itself: divide p[i] by its own degree first.",
            },
            Slip {
                wrong: |(s, p)| {
                    let ones = s.mapv(|weight| if weight > 0.0 { 1.0 } else { 0.0 });
                    ones.dot(&(p / &degrees(&ones)))
                },
                hint: "All edges are as likely here. A heavy one is taken more often: s[[i, j]] over the sum of its row.",
            },
            Slip {
                wrong: |(s, p)| (p + &s.dot(&(p / &degrees(s)))) / 2.0,
                hint: "That walker stays where it is half of the time.",
            },
        ],
        hint: "From i to j with the chance s[[i, j]]/d[i]: add p[i] * s[[i, j]] / d[i] to entry j, for all i.",
    }
}
