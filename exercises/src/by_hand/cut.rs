//! Notebook 3: the cut, the volumes, the normalised cut.

use super::places::{Split, splits};
use super::task::{Slip, Task};
use fiedler::ndarray::{Array1, Array2};

/// Checks a function that adds the weights of the edges between the clusters.
pub fn cut(mine: impl Fn(&Array2<f64>, &Array1<usize>) -> f64) {
    println!("{}", cut_task().reply(|(a, y)| mine(a, y)));
}

/// Checks a function that adds the degrees of each cluster.
pub fn vols(mine: impl Fn(&Array2<f64>, &Array1<usize>) -> (f64, f64)) {
    println!("{}", vols_task().reply(|(a, y)| mine(a, y)));
}

/// Checks a function that computes the normalised cut.
pub fn normcut(mine: impl Fn(&Array2<f64>, &Array1<usize>) -> f64) {
    println!("{}", normcut_task().reply(|(a, y)| mine(a, y)));
}

fn library_cut((a, y): &Split) -> f64 {
    fiedler::cut(a, y).expect("a split")
}

fn library_vols((a, y): &Split) -> (f64, f64) {
    fiedler::vols(a, y).expect("a split")
}

/// The sum over all ordered pairs of vertices of what `term` makes of their labels and the entry between them.
fn over_pairs((a, y): &Split, term: impl Fn(usize, usize, f64) -> f64) -> f64 {
    a.indexed_iter()
        .map(|((i, j), &weight)| term(y[i], y[j], weight))
        .sum()
}

/// How many vertices each cluster has.
fn sizes((_, y): &Split) -> (f64, f64) {
    let ones = y.sum() as f64;
    (y.len() as f64 - ones, ones)
}

pub(super) fn cut_task() -> Task<Split, f64> {
    Task {
        right: library_cut,
        places: splits(),
        slips: vec![
            Slip {
                wrong: |split| 2.0 * library_cut(split),
                hint: "You met each edge twice, once from either end. Ask for `y[i] == 0` and `y[j] == 1`, and it comes once.",
            },
            Slip {
                wrong: |split| {
                    over_pairs(
                        split,
                        |from, to, weight| if from == to { weight } else { 0.0 },
                    )
                },
                hint: "You added the edges within the clusters. The cut takes those whose ends have different labels.",
            },
            Slip {
                wrong: |split| {
                    over_pairs(
                        split,
                        |from, to, weight| if from == to { weight / 2.0 } else { 0.0 },
                    )
                },
                hint: "You added the edges within the clusters. The cut takes those whose ends have different labels.",
            },
            Slip {
                wrong: |split| over_pairs(split, |from, to, _| if from < to { 1.0 } else { 0.0 }),
                hint: "You counted pairs of vertices, joined or not. Add their entry `a[[i, j]]`, which is 0 where no edge is.",
            },
            Slip {
                wrong: |split| {
                    over_pairs(
                        split,
                        |from, to, weight| if from < to && weight > 0.0 { 1.0 } else { 0.0 },
                    )
                },
                hint: "You counted the edges. Here they have weights: add `a[[i, j]]`, not 1.",
            },
            Slip {
                // The post's own test, each edge once.
                wrong: |split| {
                    over_pairs(split, |from, to, weight| {
                        if from < to && (weight - 1.0).abs() < f64::EPSILON {
                            1.0
                        } else {
                            0.0
                        }
                    })
                },
                hint: "You ask for entries equal to 1. Here edges have other weights: add `a[[i, j]]`, whatever it is.",
            },
        ],
        hint: "Take all pairs i, j with `y[i] == 0` and `y[j] == 1`, and add the entries `a[[i, j]]`.",
    }
}

pub(super) fn vols_task() -> Task<Split, (f64, f64)> {
    Task {
        right: library_vols,
        places: splits(),
        slips: vec![
            Slip {
                wrong: sizes,
                hint: "You counted the vertices. A volume adds their degrees.",
            },
            Slip {
                wrong: |split| {
                    let within = |c| {
                        over_pairs(
                            split,
                            |from, to, weight| if from == c && to == c { weight } else { 0.0 },
                        )
                    };
                    (within(0), within(1))
                },
                hint: "You left out the edges that leave the cluster. A degree is the sum of the whole row.",
            },
            Slip {
                wrong: |split| {
                    let (vol0, vol1) = library_vols(split);
                    (vol1, vol0)
                },
                hint: "The two are the wrong way round: the volume of cluster 0 comes first.",
            },
            Slip {
                wrong: |split| {
                    let (vol0, vol1) = library_vols(split);
                    (vol0 / 2.0, vol1 / 2.0)
                },
                hint: "You halved it. An edge within a cluster counts for both of its ends.",
            },
        ],
        hint: "Sum the rows of A for the degrees: `a.sum_axis(Axis(1))`. Then add the degrees of each label.",
    }
}

pub(super) fn normcut_task() -> Task<Split, f64> {
    Task {
        right: |(a, y)| fiedler::normcut(a, y).expect("a split"),
        places: splits(),
        slips: vec![
            Slip {
                wrong: |split| {
                    let (vol0, vol1) = library_vols(split);
                    2.0 * library_cut(split) * (1.0 / vol0 + 1.0 / vol1)
                },
                hint: "It is twice too large: does your cut meet each edge twice?",
            },
            Slip {
                wrong: |split| {
                    let (vol0, vol1) = library_vols(split);
                    library_cut(split) / (vol0 + vol1)
                },
                hint: "You divided by the sum of the volumes. Divide by each, and add the two.",
            },
            Slip {
                wrong: |split| {
                    let (vol0, vol1) = library_vols(split);
                    library_cut(split) / vol0 + 1.0 / vol1
                },
                hint: "Only the first term has the cut in it. Put the sum in brackets: `cut * (1.0 / vol0 + 1.0 / vol1)`.",
            },
            Slip {
                wrong: |split| {
                    let (vol0, vol1) = library_vols(split);
                    library_cut(split) / vol0.min(vol1)
                },
                hint: "You took one of the two terms. The normalised cut adds both.",
            },
            Slip {
                wrong: |split| {
                    let (vol0, vol1) = library_vols(split);
                    library_cut(split) * (vol0 + vol1)
                },
                hint: "You multiplied by the volumes. It is one over each of them.",
            },
            Slip {
                wrong: |split| {
                    let (size0, size1) = sizes(split);
                    library_cut(split) * (1.0 / size0 + 1.0 / size1)
                },
                hint: "You divided by numbers of vertices. A volume adds degrees.",
            },
        ],
        hint: "It is the cut, times the sum of 1/vol(C₀) and 1/vol(C₁).",
    }
}
