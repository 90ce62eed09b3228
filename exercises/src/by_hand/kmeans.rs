//! Notebook 1: the two half-steps of k-means, and Lloyd's loop of them.

use super::places::{Random, five, places};
use super::task::{Slip, Task};
use fiedler::data::{Data, blog_moons};
use fiedler::ndarray::{Array1, Array2, Axis, array, s};

/// Points and centres.
type Centred = (Array2<f64>, Array2<f64>);
/// Points, their labels, and how many clusters there are.
type Labelled = (Array2<f64>, Array1<usize>, usize);

/// Checks a function that gives each point the number of its nearest centre.
pub fn assign(mine: impl Fn(&Array2<f64>, &Array2<f64>) -> Array1<usize>) {
    println!("{}", assign_task().reply(|(x, centers)| mine(x, centers)));
}

/// Checks a function that gives each cluster the mean of its points.
pub fn update(mine: impl Fn(&Array2<f64>, &Array1<usize>, usize) -> Array2<f64>) {
    println!(
        "{}",
        update_task().reply(|(x, labels, k)| mine(x, labels, *k))
    );
}

/// Checks a function that does both in turn until the centres stay.
pub fn lloyd(mine: impl Fn(&Array2<f64>, &Array2<f64>) -> Array2<f64>) {
    println!(
        "{}",
        lloyd_task().reply(|(x, centers)| sorted(&mine(x, centers)))
    );
}

fn nearest((x, centers): &Centred, far: impl Fn(f64, f64) -> f64) -> Array1<usize> {
    let one = |i: usize| {
        let distance = |j: usize| far(x[[i, 0]] - centers[[j, 0]], x[[i, 1]] - centers[[j, 1]]);
        let order = (0..centers.nrows()).min_by(|&j, &k| distance(j).total_cmp(&distance(k)));
        order.unwrap_or_default()
    };
    (0..x.nrows()).map(one).collect()
}

/// The sums of the points of each cluster, and how many there are.
fn sums((x, labels, k): &Labelled) -> (Array2<f64>, Array1<f64>) {
    let (mut sums, mut counts) = (Array2::zeros((*k, x.ncols())), Array1::zeros(*k));
    for (point, &label) in x.outer_iter().zip(labels) {
        let mut sum = sums.row_mut(label);
        sum += &point;
        counts[label] += 1.0;
    }
    (sums, counts)
}

fn means(labelled: &Labelled) -> Array2<f64> {
    let (sums, counts) = sums(labelled);
    sums / counts.insert_axis(Axis(1))
}

/// One round: labels, then their means.
fn round(x: &Array2<f64>, centers: &Array2<f64>) -> Array2<f64> {
    let labels = nearest(&(x.clone(), centers.clone()), f64::hypot);
    means(&(x.clone(), labels, centers.nrows()))
}

/// The rows from left to right: which cluster is called 0 does not count.
fn sorted(centers: &Array2<f64>) -> Array2<f64> {
    let mut order: Vec<usize> = (0..centers.nrows()).collect();
    order.sort_by(|&i, &j| centers[[i, 0]].total_cmp(&centers[[j, 0]]));
    centers.select(Axis(0), &order)
}

/// Points around two or three places, six around each, and a centre near each place.
fn clouds(draw: &mut Random) -> Centred {
    let k = 2 + draw.below(2);
    let x = Array2::from_shape_fn((6 * k, 2), |(i, _)| draw.unit() + 1.2 * (i / 6) as f64);
    let own: Vec<usize> = (0..k).map(|cloud| 6 * cloud + draw.below(6)).collect();
    let start = x.select(Axis(0), &own);
    (x, start)
}

/// Two centres on no point of the five, and not equally far from any.
fn start() -> Array2<f64> {
    array![[0.125, 0.0], [0.5, 0.5]]
}

fn centred() -> Vec<(String, Centred)> {
    let moons = blog_moons().x;
    let first = moons.slice(s![..2, ..]).to_owned();
    places((five().x, start()), (moons, first), clouds)
}

fn labelled() -> Vec<(String, Labelled)> {
    let Data { x, y } = blog_moons();
    places((five().x, five().y, 2), (x, y, 2), |draw| {
        let (x, _) = clouds(draw);
        let labels = Array1::from_shape_fn(x.nrows(), |i| if i < 3 { i } else { draw.below(3) });
        (x, labels, 3)
    })
}

pub(super) fn assign_task() -> Task<Centred, Array1<usize>> {
    Task {
        right: |centred| nearest(centred, f64::hypot),
        places: centred(),
        slips: vec![
            Slip {
                wrong: |centred| nearest(centred, |x, y| -x.hypot(y)),
                hint: "Each point went to the farthest centre. Is the comparison the right way round?",
            },
            Slip {
                wrong: |centred| nearest(centred, |x, _| x.abs()),
                hint: "You compared the first coordinate alone. The distance takes both.",
            },
            Slip {
                wrong: |centred| nearest(centred, |x, y| x + y),
                hint: "You added differences with their signs, which can cancel. Square each before you add.",
            },
            Slip {
                wrong: |(x, centers)| {
                    nearest(
                        &(x.clone(), centers.slice(s![..2, ..]).to_owned()),
                        f64::hypot,
                    )
                },
                hint: "You looked at two centres only. There may be more: go through all `centers.nrows()` of them.",
            },
            Slip {
                wrong: |(x, _)| Array1::zeros(x.nrows()),
                hint: "Every point went to centre 0. Do you look at the other centres, and keep the number of the nearest?",
            },
        ],
        hint: "For each point, compute the squared distance to each centre, and keep the number of the smallest.",
    }
}

pub(super) fn update_task() -> Task<Labelled, Array2<f64>> {
    Task {
        right: means,
        places: labelled(),
        slips: vec![
            Slip {
                wrong: |labelled| sums(labelled).0,
                hint: "Those are the sums. Divide each by the number of its points.",
            },
            Slip {
                wrong: |labelled| sums(labelled).0 / labelled.0.nrows() as f64,
                hint: "You divided by the number of all points. Divide each sum by the points of its own cluster.",
            },
            Slip {
                wrong: |labelled| sums(labelled).0 / labelled.2 as f64,
                hint: "You divided by the number of clusters. Divide each sum by the points of its own cluster.",
            },
        ],
        hint: "Add the rows of each label, and divide by their number: row j of the answer is the mean of the points with the label j.",
    }
}

pub(super) fn lloyd_task() -> Task<Centred, Array2<f64>> {
    Task {
        right: |(x, start)| {
            sorted(
                &fiedler::lloyd(x, start)
                    .expect("points and centres")
                    .centers,
            )
        },
        places: centred(),
        slips: vec![
            Slip {
                wrong: |(_, start)| sorted(start),
                hint: "The centres are still those of the start. Put what `my_update` returns in their place.",
            },
            Slip {
                wrong: |(x, start)| sorted(&round(x, start)),
                hint: "That is one round. Repeat it until the centres no longer move; a hundred rounds do.",
            },
        ],
        hint: "In turn: labels from the centres by `my_assign`, centres from the labels by `my_update`.",
    }
}
