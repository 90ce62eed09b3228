//! Notebook 8: a symmetric matrix out of one-way neighbours, and the Gaussian's weights.

use super::places::{five, places};
use super::task::{Slip, Task};
use fiedler::data::blog_moons;
use fiedler::ndarray::Array2;
use fiedler::{Graph, parameters::mean_neighbor_distance};
use std::ops::Range;

/// Points and how many neighbours of each.
type Counted = (Array2<f64>, usize);

/// Points and the width of the Gaussian.
type Points = (Array2<f64>, f64);

/// Checks a function that takes the mean of the two ways between each pair.
pub fn average(mine: impl Fn(&Array2<f64>) -> Array2<f64>) {
    println!("{}", average_task().reply(mine));
}

/// Checks a function that puts a 1 in row i for each of the `k` nearest neighbours of point i.
pub fn nearest_neighbors(mine: impl Fn(&Array2<f64>, usize) -> Array2<f64>) {
    println!("{}", nearest_neighbors_task().reply(|(x, k)| mine(x, *k)));
}

/// Checks a function that gives each pair of points its Gaussian weight.
pub fn gaussian(mine: impl Fn(&Array2<f64>, f64) -> Array2<f64>) {
    println!("{}", gaussian_task().reply(|(x, sigma)| mine(x, *sigma)));
}

/// A 1 in row i for each point that stands in these places when all are sorted by their distance from point i: itself
/// first, and of two that are equally far the one that comes first.
fn ranked(x: &Array2<f64>, places: Range<usize>) -> Array2<f64> {
    let n = x.nrows();
    let mut w = Array2::zeros((n, n));
    for i in 0..n {
        let square = |j: usize| {
            let difference = &x.row(i) - &x.row(j);
            difference.dot(&difference)
        };
        let mut all: Vec<usize> = (0..n).collect();
        all.sort_by(|&j, &l| square(j).total_cmp(&square(l)));
        for &j in &all[places.clone()] {
            w[[i, j]] = 1.0;
        }
    }
    w
}

fn one_way(x: &Array2<f64>, k: usize) -> Array2<f64> {
    ranked(x, 1..k + 1)
}

pub(super) fn nearest_neighbors_task() -> Task<Counted, Array2<f64>> {
    Task {
        right: |(x, k)| one_way(x, *k),
        places: places((five().x, 2), (blog_moons().x, 10), |draw| {
            let k = 1 + draw.below(4);
            (draw.cloud(8), k)
        }),
        slips: vec![
            Slip {
                wrong: |(x, k)| ranked(x, 0..*k),
                hint: "Each point is its own first neighbour there. Sort the others only, or skip the first.",
            },
            Slip {
                wrong: |(x, k)| ranked(x, 0..*k + 1),
                hint: "There are ones on the diagonal: no point is its own neighbour.",
            },
            Slip {
                wrong: |(x, k)| ranked(x, x.nrows() - k..x.nrows()),
                hint: "Those are the farthest. Sort from the smallest distance up.",
            },
            Slip {
                wrong: |(x, k)| one_way(x, *k).t().to_owned(),
                hint: "Rows and columns changed places: row i holds the neighbours of point i.",
            },
            Slip {
                wrong: |(x, k)| {
                    let w = one_way(x, *k);
                    combined(&w, f64::max)
                },
                hint: "You set both entries of each pair. Here the relation goes one way: only w[[i, j]].",
            },
        ],
        hint: "For each i sort all other j by their distance from i, and put a 1 at w[[i, j]] for the first k of them.",
    }
}

/// A matrix of two others, entry by entry.
fn combined(w: &Array2<f64>, entry: impl Fn(f64, f64) -> f64) -> Array2<f64> {
    Array2::from_shape_fn(w.dim(), |(i, j)| entry(w[[i, j]], w[[j, i]]))
}

pub(super) fn average_task() -> Task<Array2<f64>, Array2<f64>> {
    Task {
        right: |w| combined(w, f64::midpoint),
        places: places(
            one_way(&five().x, 1),
            one_way(&blog_moons().x, 10),
            |draw| one_way(&draw.cloud(8), 3),
        ),
        slips: vec![
            Slip {
                wrong: |w| combined(w, |there, back| there + back),
                hint: "The two ways are added. Halve the sum, so that a mutual edge weighs 1.",
            },
            Slip {
                wrong: |w| combined(w, f64::max),
                hint: "That is the graph `either`, in which a one-way edge weighs 1. Here it weighs one half.",
            },
            Slip {
                wrong: |w| combined(w, f64::min),
                hint: "That is the mutual graph, which drops the one-way edges. Here they weigh one half.",
            },
            Slip {
                wrong: Array2::clone,
                hint: "That is w, one way only. What does `w.t()` hold?",
            },
            Slip {
                wrong: |w| w.t().to_owned(),
                hint: "That is w the other way. It takes both ways, and half of their sum.",
            },
            Slip {
                wrong: |w| (w + &w.dot(w)) / 2.0,
                hint: "`w.dot(w)` follows two edges in a row. The other way is the transpose, `w.t()`.",
            },
        ],
        hint: "a[[i, j]] is half the sum of w[[i, j]] and w[[j, i]]; for whole matrices, of `w` and `&w.t()`.",
    }
}

/// A matrix whose entries off the diagonal `weight` makes of the squared distance.
fn weighed(x: &Array2<f64>, weight: impl Fn(f64) -> f64) -> Array2<f64> {
    Array2::from_shape_fn((x.nrows(), x.nrows()), |(i, j)| {
        let difference = &x.row(i) - &x.row(j);
        if i == j {
            0.0
        } else {
            weight(difference.dot(&difference))
        }
    })
}

pub(super) fn gaussian_task() -> Task<Points, Array2<f64>> {
    let moons = blog_moons().x;
    let width = mean_neighbor_distance(&moons, 7).expect("the moons");
    Task {
        right: |(x, sigma)| {
            let graph = Graph::gaussian(x, *sigma).expect("points of this module");
            graph.matrix().expect("a small graph")
        },
        places: places((five().x, 0.5), (moons, width), |draw| {
            (draw.cloud(9), 0.4 + 0.4 * draw.unit())
        }),
        slips: vec![
            Slip {
                wrong: |(x, sigma)| {
                    weighed(x, |square| (-square / (2.0 * sigma * sigma)).exp())
                        + Array2::<f64>::eye(x.nrows())
                },
                hint: "The diagonal holds ones. No vertex is joined to itself: leave out i = j.",
            },
            Slip {
                wrong: |(x, sigma)| weighed(x, |square| (-square / (sigma * sigma)).exp()),
                hint: "A factor 2 is missing: the exponent is divided by 2σ².",
            },
            Slip {
                wrong: |(x, sigma)| weighed(x, |square| (-square / 2.0 * sigma * sigma).exp()),
                hint: "σ² multiplies, and should divide: write `/ (2.0 * sigma * sigma)` with the brackets.",
            },
            Slip {
                wrong: |(x, sigma)| weighed(x, |square| (-square / (2.0 * sigma)).exp()),
                hint: "σ stands squared below the line.",
            },
            Slip {
                wrong: |(x, sigma)| {
                    weighed(x, |square| (-square.sqrt() / (2.0 * sigma * sigma)).exp())
                },
                hint: "You took the distance. The exponent has its square.",
            },
            Slip {
                wrong: |(x, sigma)| weighed(x, |square| (square / (2.0 * sigma * sigma)).exp()),
                hint: "The farther, the larger: a minus is missing in the exponent.",
            },
        ],
        hint: "For each pair i ≠ j, the exponential of minus the squared distance over 2σ²; 0 on the diagonal.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fiedler::graph::Symmetry;

    #[test]
    fn the_average_of_both_ways_is_the_librarys() {
        for (place, (x, k)) in nearest_neighbors_task().places {
            let graph = Graph::nearest_neighbors(&x, Symmetry::Average, k).expect("points");
            let average = combined(&one_way(&x, k), f64::midpoint);
            assert_eq!(average, graph.matrix().expect("a small graph"), "{place}");
        }
    }
}
