//! Notebook 12: every threshold, and every split.

use super::inputs::graph_of;
use super::places::{Random, five, matrix, places};
use super::task::{Slip, Task};
use super::transform::{Heights, degrees};
use fiedler::data::blog_moons;
use fiedler::ndarray::{Array1, Array2, array};
use fiedler::{eigh_symmetric, exact, graph::known::cockroach, labelling};

/// Checks a function that gives the smallest normalised cut of all thresholds.
pub fn sweep(mine: impl Fn(&Array2<f64>, &Array1<f64>) -> f64) {
    println!("{}", sweep_task().reply(|(a, z)| mine(a, z)));
}

/// Checks a function that gives the smallest normalised cut of all splits.
pub fn exact_normcut(mine: impl Fn(&Array2<f64>) -> f64) {
    println!("{}", exact_normcut_task().reply(mine));
}

/// The cut of a split and its two volumes.
fn measured(a: &Array2<f64>, y: &Array1<usize>) -> (f64, f64, f64) {
    let across = |((i, j), &weight): ((usize, usize), &f64)| {
        if y[i] == 0 && y[j] == 1 { weight } else { 0.0 }
    };
    let vol1 = degrees(a).dot(&y.mapv(|label| label as f64));
    (a.indexed_iter().map(across).sum(), a.sum() - vol1, vol1)
}

fn normcut((cut, vol0, vol1): (f64, f64, f64)) -> f64 {
    cut / vol0 + cut / vol1
}

fn conductance((cut, vol0, vol1): (f64, f64, f64)) -> f64 {
    cut / vol0.min(vol1)
}

fn above(z: &Array1<f64>, threshold: f64) -> Array1<usize> {
    z.mapv(|entry| usize::from(entry > threshold))
}

/// The smallest `price` of these splits; one that leaves a side empty has none.
fn least(
    a: &Array2<f64>,
    splits: impl Iterator<Item = Array1<usize>>,
    price: impl Fn((f64, f64, f64)) -> f64,
) -> f64 {
    splits
        .map(|y| measured(a, &y))
        .filter(|(_, vol0, vol1)| *vol0 > 1e-9 && *vol1 > 1e-9)
        .map(price)
        .fold(f64::INFINITY, f64::min)
}

fn by_threshold(z: &Array1<f64>) -> impl Iterator<Item = Array1<usize>> {
    z.iter().map(|&threshold| above(z, threshold))
}

/// All splits of n vertices in two, each once: vertex n − 1 has the label 0.
fn all_splits(n: usize) -> impl Iterator<Item = Array1<usize>> {
    (1..1_usize << (n - 1)).map(move |bits| Array1::from_shape_fn(n, |i| bits >> i & 1))
}

fn sizes(y: &Array1<usize>) -> (usize, usize) {
    (y.len() - y.sum(), y.sum())
}

pub(super) fn sweep_task() -> Task<Heights, f64> {
    let moons = matrix(&blog_moons().x, 0.4);
    let pairs = eigh_symmetric(&moons).expect("a joined graph");
    let second = pairs.vectors.column(1).to_owned();
    Task {
        right: |(a, z)| {
            let found = labelling::sweep(&graph_of(a), z);
            found.expect("heights that differ").normcut
        },
        places: places(
            (five().a, array![3.0, -1.0, 1.0, -2.0, -4.0]),
            (moons, second),
            |draw| {
                let a = draw.graph();
                let z = draw.vector(a.nrows());
                (a, z)
            },
        ),
        slips: vec![
            Slip {
                wrong: |(a, z)| least(a, [above(z, 0.0)].into_iter(), normcut),
                hint: "That is the sign's, the threshold 0. Try every entry of z as a threshold.",
            },
            Slip {
                wrong: |(a, z)| least(a, by_threshold(z), |(cut, _, _)| cut),
                hint: "That is the smallest cut. The normalised cut decides: `normcut(a, &y)`.",
            },
            Slip {
                wrong: |(a, z)| least(a, by_threshold(z), conductance),
                hint: "That is the smallest conductance. The normalised cut adds both sides.",
            },
            Slip {
                wrong: |(a, z)| {
                    let splits = by_threshold(z).map(|y| measured(a, &y));
                    let prices = splits.map(normcut).filter(|price| price.is_finite());
                    prices.fold(0.0, f64::max)
                },
                hint: "That is the dearest threshold. Keep the smallest.",
            },
            Slip {
                wrong: |(a, z)| {
                    let (low, high) = z.iter().fold((f64::MAX, f64::MIN), |(low, high), &entry| {
                        (low.min(entry), high.max(entry))
                    });
                    least(a, [above(z, f64::midpoint(low, high))].into_iter(), normcut)
                },
                hint: "That is one threshold, in the middle. Try every entry of z.",
            },
            Slip {
                wrong: |(a, z)| {
                    let mut sorted = z.to_vec();
                    sorted.sort_by(f64::total_cmp);
                    let middle = f64::midpoint(sorted[(z.len() - 1) / 2], sorted[z.len() / 2]);
                    least(a, [above(z, middle)].into_iter(), normcut)
                },
                hint: "That is one threshold, the median. Try every entry of z.",
            },
        ],
        hint: "For each entry t of z: label 1 where z[i] > t, else 0. Where both labels occur, compute the normalised cut, and keep the smallest.",
    }
}

pub(super) fn exact_normcut_task() -> Task<Array2<f64>, f64> {
    let roach = cockroach(3).and_then(|roach| roach.matrix());
    let mut places = places(five().a, roach.expect("a small graph"), Random::graph);
    places[1].0 = "on the cockroach with k = 3".to_string();
    Task {
        right: |a| {
            exact::exact_normcut(&graph_of(a))
                .expect("a small graph")
                .normcut
        },
        places,
        slips: vec![
            Slip {
                wrong: |a| least(a, all_splits(a.nrows()), |(cut, _, _)| cut),
                hint: "That is the smallest cut. The normalised cut decides: `normcut(a, &y)`.",
            },
            Slip {
                wrong: |a| least(a, all_splits(a.nrows()), conductance),
                hint: "That is the smallest conductance. The normalised cut adds both sides.",
            },
            Slip {
                wrong: |a| {
                    let halves = all_splits(a.nrows()).filter(|y| {
                        let (zeros, ones) = sizes(y);
                        zeros.abs_diff(ones) <= 1
                    });
                    least(a, halves, normcut)
                },
                hint: "That is the best split in halves. Any sizes are allowed.",
            },
            Slip {
                wrong: |a| {
                    let alone = all_splits(a.nrows()).filter(|y| sizes(y).1 == 1);
                    least(a, alone, normcut)
                },
                hint: "Only single vertices are cut off. Each vertex may have either label: take the bits of a number as labels.",
            },
            Slip {
                wrong: |a| {
                    let n = a.nrows();
                    let rows = (1..n).map(|m| Array1::from_shape_fn(n, |i| usize::from(i < m)));
                    least(a, rows, normcut)
                },
                hint: "You cut the row of vertices at one place. Each vertex may have either label: take the bits of a number as labels.",
            },
        ],
        hint: "Count from 1 to 2^(n−1) − 1; bit i of the number, `bits >> i & 1`, is the label of vertex i. Keep the smallest normalised cut.",
    }
}
