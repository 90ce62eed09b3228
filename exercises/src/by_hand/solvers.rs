//! Notebook 14: a step of Lanczos, and a count of eigenvalues without any eigenvector.

use super::inputs::{affinity, graph_of, krylov, unit, without};
use super::places::{five, matrix, places};
use super::task::{Slip, Task};
use super::transform::degrees;
use fiedler::data::blog_moons;
use fiedler::ndarray::{Array1, Array2, Axis, array};
use fiedler::solvers::eigenvalues_below;

/// A symmetric matrix and vectors at right angles, one a column.
type Basis = (Array2<f64>, Array2<f64>);

/// A graph and a number.
type Shift = (Array2<f64>, f64);

/// Checks a function that gives the next vector of Lanczos's method.
pub fn lanczos_step(mine: impl Fn(&Array2<f64>, &Array2<f64>) -> Array1<f64>) {
    println!("{}", lanczos_step_task().reply(|(n, basis)| mine(n, basis)));
}

/// Checks a function that counts the negative eigenvalues of a symmetric matrix.
pub fn negative_eigenvalues(mine: impl Fn(&Array2<f64>) -> f64) {
    println!(
        "{}",
        negative_eigenvalues_task().reply(|shift| mine(&shifted(shift)))
    );
}

/// N times the last vector of the basis.
fn product((n, basis): &Basis) -> Array1<f64> {
    n.dot(&basis.column(basis.ncols() - 1))
}

/// The last vector of the basis as a basis of its own.
fn last(basis: &Array2<f64>) -> Array2<f64> {
    basis.select(Axis(1), &[basis.ncols() - 1])
}

/// D − A − σD.
fn shifted((a, sigma): &Shift) -> Array2<f64> {
    Array2::from_diag(&(degrees(a) * (1.0 - sigma))) - a
}

/// The pivots of elimination.
fn pivots(mut m: Array2<f64>) -> Array1<f64> {
    for k in 0..m.nrows() {
        for i in k + 1..m.nrows() {
            let factor = m[[i, k]] / m[[k, k]];
            for j in k..m.nrows() {
                m[[i, j]] -= factor * m[[k, j]];
            }
        }
    }
    m.diag().to_owned()
}

fn how_many(numbers: &Array1<f64>, wanted: impl Fn(f64) -> bool) -> f64 {
    numbers.iter().filter(|&&number| wanted(number)).count() as f64
}

pub(super) fn lanczos_step_task() -> Task<Basis, Array1<f64>> {
    let small = affinity(&five().a);
    let large = affinity(&matrix(&blog_moons().x, 0.4));
    let start = Array1::from_shape_fn(200, |i| if i % 3 == 0 { 1.0 } else { -0.5 });
    let of_small = krylov(&small, &array![1.0, 2.0, 0.0, 0.0, -1.0], 2);
    let of_large = krylov(&large, &start, 3);
    Task {
        right: |one| unit(without(without(product(one), &one.1), &one.1)),
        places: places((small, of_small), (large, of_large), |draw| {
            let n = affinity(&draw.graph());
            let count = 2 + draw.below(2);
            let basis = krylov(&n, &draw.vector(n.nrows()), count);
            (n, basis)
        }),
        slips: vec![
            Slip {
                wrong: |one| unit(product(one)),
                hint: "It is not at right angles to the vectors before it. Subtract its part along each.",
            },
            Slip {
                wrong: |one| without(product(one), &one.1),
                hint: "The direction is right, and the length is not 1. Divide by it.",
            },
            Slip {
                wrong: product,
                hint: "That is N times the last vector. Subtract its part along each vector of the basis, and divide by the length.",
            },
            Slip {
                wrong: |one| unit(without(product(one), &last(&one.1))),
                hint: "You took out the part along the last vector only. Go through all columns of the basis.",
            },
            Slip {
                wrong: |one| {
                    let first = one.0.dot(&one.1.column(0));
                    unit(without(without(first, &one.1), &one.1))
                },
                hint: "You multiplied the first vector. What is new comes from the last: column `basis.ncols() - 1`.",
            },
            Slip {
                wrong: |one| {
                    let all = one.1.columns().into_iter();
                    unit(all.fold(product(one), |rest, column| &rest - &column))
                },
                hint: "You subtracted the vectors themselves. Subtract from w its part along each, v times v·w.",
            },
        ],
        hint: "w = N times the last column. For each column v of the basis subtract v times v·w from w. Then divide w by its length.",
    }
}

pub(super) fn negative_eigenvalues_task() -> Task<Shift, f64> {
    Task {
        right: |(a, sigma)| {
            let below = eigenvalues_below(&graph_of(a), *sigma);
            below.expect("a small graph") as f64
        },
        places: places(
            (five().a, 0.9),
            (matrix(&blog_moons().x, 0.4), 0.1),
            |draw| (draw.graph(), 0.3 + draw.unit()),
        ),
        slips: vec![
            Slip {
                wrong: |shift| how_many(&shifted(shift).diag().to_owned(), |entry| entry < 0.0),
                hint: "You counted on the diagonal as it was given. Eliminate first: the pivots tell.",
            },
            Slip {
                wrong: |shift| how_many(&pivots(shifted(shift)), |pivot| pivot > 0.0),
                hint: "Those are the positive pivots. Count the negative ones.",
            },
            Slip {
                wrong: |shift| {
                    let all: Array1<f64> = shifted(shift).iter().copied().collect();
                    how_many(&all, |entry| entry < 0.0)
                },
                hint: "You counted negative entries of the whole matrix. Eliminate, and look at the pivots only.",
            },
            Slip {
                wrong: |shift| f64::from(u8::from(pivots(shifted(shift)).product() < 0.0)),
                hint: "That says whether their number is odd: the sign of the determinant. Count the pivots below zero.",
            },
        ],
        hint: "For each k in turn: look whether m[[k, k]] is below 0, then subtract m[[i, k]]/m[[k, k]] times row k from each row i below it.",
    }
}
