//! Notebook 9: the width that the distances suggest.

use super::places::{five, places};
use super::task::{Slip, Task};
use fiedler::data::blog_moons;
use fiedler::ndarray::Array2;

/// Points and which neighbour counts.
type Points = (Array2<f64>, usize);

/// Checks a function that gives the mean distance to the `k`-th nearest neighbour.
pub fn mean_neighbor_distance(mine: impl Fn(&Array2<f64>, usize) -> f64) {
    println!(
        "{}",
        mean_neighbor_distance_task().reply(|(x, k)| mine(x, *k))
    );
}

fn library(x: &Array2<f64>, k: usize) -> f64 {
    fiedler::parameters::mean_neighbor_distance(x, k).expect("points of this module")
}

/// For each point the squared distances to all points, the smallest first: to itself, to the nearest, and so on.
fn squares(x: &Array2<f64>) -> Vec<Vec<f64>> {
    let of_point = |i| {
        let to = |j| {
            let difference = &x.row(i) - &x.row(j);
            difference.dot(&difference)
        };
        let mut all: Vec<f64> = (0..x.nrows()).map(to).collect();
        all.sort_by(f64::total_cmp);
        all
    };
    (0..x.nrows()).map(of_point).collect()
}

/// The mean over all points of what `of` makes of their sorted squared distances.
fn mean_of((x, _): &Points, of: impl Fn(&[f64]) -> f64) -> f64 {
    let sum: f64 = squares(x).iter().map(|all| of(all)).sum();
    sum / x.nrows() as f64
}

pub(super) fn mean_neighbor_distance_task() -> Task<Points, f64> {
    Task {
        right: |(x, k)| library(x, *k),
        places: places((five().x, 2), (blog_moons().x, 7), |draw| {
            let k = 2 + draw.below(4);
            (draw.cloud(10), k)
        }),
        slips: vec![
            Slip {
                wrong: |points| mean_of(points, |all| all[points.1 - 1].sqrt()),
                hint: "One neighbour too near: among all sorted distances the first is that of the point to itself.",
            },
            Slip {
                wrong: |points| mean_of(points, |all| all[points.1 + 1].sqrt()),
                hint: "One neighbour too far. Count from 0: without the point itself, the k-th has the number k − 1.",
            },
            Slip {
                wrong: |points| {
                    let of_nearest = |all: &[f64]| all[1..=points.1].iter().map(|u| u.sqrt()).sum();
                    mean_of(points, of_nearest) / points.1 as f64
                },
                hint: "You took the mean over all k neighbours. Only the distance to the k-th counts.",
            },
            Slip {
                wrong: |points| mean_of(points, |all| all[points.1]),
                hint: "Those are squared distances: take the root before you add.",
            },
            Slip {
                wrong: |(x, k)| library(x, *k) * x.nrows() as f64,
                hint: "That is the sum over the points. Divide it by their number.",
            },
            Slip {
                wrong: |(x, k)| {
                    let far = squares(x).into_iter().map(|all| all[*k].sqrt());
                    far.fold(0.0, f64::max)
                },
                hint: "That is the largest of the distances. Take their mean.",
            },
        ],
        hint: "For each point, sort its distances to all points, and take the one with the number k; the point itself has the number 0. Then the mean.",
    }
}
