//! Notebook 10: rows of length 1, and one step of power iteration.

use super::inputs::{affinity, symmetric_vectors, unit};
use super::places::{five, matrix, places};
use super::task::{Slip, Task};
use fiedler::data::blog_moons;
use fiedler::ndarray::{Array1, Array2, Axis, array};

/// A symmetric matrix and a vector.
type Vector = (Array2<f64>, Array1<f64>);

/// Checks a function that divides each row by its length.
pub fn unit_rows(mine: impl Fn(&Array2<f64>) -> Array2<f64>) {
    println!("{}", unit_rows_task().reply(mine));
}

/// Checks a function that multiplies a vector by N + I and makes it as long as 1 again.
pub fn power_step(mine: impl Fn(&Array2<f64>, &Array1<f64>) -> Array1<f64>) {
    println!("{}", power_step_task().reply(|(n, z)| mine(n, z)));
}

/// Each row divided by a number made of it.
fn divided(u: &Array2<f64>, by: impl Fn(&Array1<f64>) -> f64) -> Array2<f64> {
    u / &u
        .map_axis(Axis(1), |row| by(&row.to_owned()))
        .insert_axis(Axis(1))
}

pub(super) fn unit_rows_task() -> Task<Array2<f64>, Array2<f64>> {
    Task {
        right: |u| divided(u, |row| row.dot(row).sqrt()),
        places: places(
            symmetric_vectors(&five().a, 2),
            symmetric_vectors(&matrix(&blog_moons().x, 0.4), 2),
            |draw| draw.table(6, 3),
        ),
        slips: vec![
            Slip {
                wrong: |u| divided(u, |row| row.dot(row)),
                hint: "You divided by the squared length. Take its root.",
            },
            Slip {
                wrong: |u| divided(u, Array1::sum),
                hint: "You divided by the sum of the row. The length is the root of the sum of the squares.",
            },
            Slip {
                wrong: |u| divided(u, |row| row.mapv(f64::abs).sum()),
                hint: "You divided by the sum of the sizes. The length is the root of the sum of the squares.",
            },
            Slip {
                wrong: |u| u / &u.map_axis(Axis(0), |column| column.dot(&column).sqrt()),
                hint: "You divided the columns. Each row gets the length 1: one length for each vertex.",
            },
            Slip {
                wrong: |u| u / u.iter().map(|entry| entry * entry).sum::<f64>().sqrt(),
                hint: "You divided all rows by one number, the length of the whole table. Each has a length of its own.",
            },
        ],
        hint: "For each row, the root of the sum of its squares; divide the row by it.",
    }
}

pub(super) fn power_step_task() -> Task<Vector, Array1<f64>> {
    Task {
        right: |(n, z)| unit(n.dot(z) + z),
        places: places(
            (affinity(&five().a), array![1.0, 0.0, 0.0, 0.0, 0.0]),
            {
                let n = affinity(&matrix(&blog_moons().x, 0.4));
                let z = Array1::from_shape_fn(200, |i| if i % 3 == 0 { 1.0 } else { -0.5 });
                (n, unit(z))
            },
            |draw| {
                let n = affinity(&draw.graph());
                let z = draw.vector(n.nrows());
                (n, unit(z))
            },
        ),
        slips: vec![
            Slip {
                wrong: |(n, z)| n.dot(z) + z,
                hint: "The vector is not of length 1. Divide it by the root of the sum of its squares.",
            },
            Slip {
                wrong: |(n, z)| unit(n.dot(z)),
                hint: "You multiplied by N alone. By N + I it is N times z, plus z itself.",
            },
            Slip {
                wrong: |(n, z)| unit(n.dot(z) + 1.0),
                hint: "You added 1 to each entry. I times z is z: add z.",
            },
            Slip {
                wrong: |(n, z)| {
                    let product = n.dot(z) + z;
                    let square = product.dot(&product);
                    product / square
                },
                hint: "You divided by the squared length. Take its root.",
            },
            Slip {
                wrong: |(n, z)| {
                    let product = n.dot(z) + z;
                    let sum = product.sum();
                    product / sum
                },
                hint: "You divided by the sum of the entries. The length is the root of the sum of the squares.",
            },
        ],
        hint: "`n.dot(z)` is N times z. Add z, and divide by the length of what you have.",
    }
}
