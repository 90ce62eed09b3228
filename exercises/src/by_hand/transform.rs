//! Notebook 4: the vector z of a split, and its Rayleigh quotient.

use super::places::{Five, Random, Split, five, matrix, places, splits};
use super::task::{Slip, Task};
use fiedler::data::{Data, blog_moons};
use fiedler::ndarray::{Array1, Array2, Axis, array};

/// A graph and a number for each vertex.
pub(super) type Heights = (Array2<f64>, Array1<f64>);

/// Checks a function that writes a split as a vector of two values.
pub fn transform(mine: impl Fn(&Array2<f64>, &Array1<usize>) -> Array1<f64>) {
    println!("{}", transform_task().reply(|(a, y)| mine(a, y)));
}

/// Checks a function that divides energy by mass.
pub fn rayleigh_quotient(mine: impl Fn(&Array2<f64>, &Array1<f64>) -> f64) {
    println!("{}", rayleigh_quotient_task().reply(|(a, z)| mine(a, z)));
}

/// Where vectors are tried: heights that are easy to reckon with, the z of the moons, and random ones.
pub(super) fn heights() -> Vec<(String, Heights)> {
    let Data { x, y } = blog_moons();
    let a = matrix(&x, 0.4);
    let z = fiedler::transform(&a, &y).expect("a split");
    let Five { a: small, .. } = five();
    places(
        (small, array![3.0, 1.0, 0.0, -1.0, -2.0]),
        (a, z),
        |draw: &mut Random| {
            let a = draw.graph();
            let z = draw.vector(a.nrows());
            (a, z)
        },
    )
}

/// The degrees of a graph.
pub(super) fn degrees(a: &Array2<f64>) -> Array1<f64> {
    a.sum_axis(Axis(1))
}

/// zᵀDz and zᵀAz.
pub(super) fn products(a: &Array2<f64>, z: &Array1<f64>) -> (f64, f64) {
    (z.dot(&(degrees(a) * z)), z.dot(&a.dot(z)))
}

/// A number for the vertices of each cluster, made of the two volumes.
fn leveled((a, y): &Split, levels: impl Fn(f64, f64) -> [f64; 2]) -> Array1<f64> {
    let (vol0, vol1) = fiedler::vols(a, y).expect("a split");
    let levels = levels(vol0, vol1);
    y.mapv(|label| levels[label])
}

pub(super) fn transform_task() -> Task<Split, Array1<f64>> {
    Task {
        right: |(a, y)| fiedler::transform(a, y).expect("a split"),
        places: splits(),
        slips: vec![
            Slip {
                wrong: |split| leveled(split, |vol0, vol1| [-1.0 / vol0, 1.0 / vol1]),
                hint: "The signs are the wrong way round: plus for label 0, minus for label 1.",
            },
            Slip {
                wrong: |split| leveled(split, |vol0, vol1| [1.0 / vol0, 1.0 / vol1]),
                hint: "Both clusters are above zero. Label 1 gets a minus.",
            },
            Slip {
                wrong: |split| leveled(split, |vol0, vol1| [vol0, -vol1]),
                hint: "Those are the volumes. Take one over each.",
            },
            Slip {
                wrong: |split| leveled(split, |vol0, vol1| [1.0 / vol1, -1.0 / vol0]),
                hint: "Each vertex has the volume of the other cluster. Take that of its own.",
            },
            Slip {
                wrong: |(_, y)| {
                    let ones = y.sum() as f64;
                    let levels = [1.0 / (y.len() as f64 - ones), -1.0 / ones];
                    y.mapv(|label| levels[label])
                },
                hint: "You divided by numbers of vertices. A volume adds degrees: `vols(a, y)`.",
            },
        ],
        hint: "1/vol(C₀) for each vertex with the label 0, and −1/vol(C₁) for each with the label 1.",
    }
}

pub(super) fn rayleigh_quotient_task() -> Task<Heights, f64> {
    Task {
        right: |(a, z)| fiedler::rayleigh_quotient(a, z).expect("a vector"),
        places: heights(),
        slips: vec![
            Slip {
                wrong: |(a, z)| {
                    let (mass, product) = products(a, z);
                    2.0 * (mass - product) / mass
                },
                hint: "The energy is twice too large: each edge stands in the matrix twice, so halve the double sum.",
            },
            Slip {
                wrong: |(a, z)| {
                    let (mass, product) = products(a, z);
                    0.5 * (mass - product) / mass
                },
                hint: "Half of what it should be: each pair counted once, and halved as well. Run over all i and j and halve, \
                       or over each pair once and do not.",
            },
            Slip {
                wrong: |(a, z)| {
                    let (mass, product) = products(a, z);
                    (mass - product) / z.dot(&degrees(a))
                },
                hint: "In the mass the zᵢ are squared: the sum of dᵢ zᵢ².",
            },
            Slip {
                wrong: |(a, z)| {
                    let (mass, product) = products(a, z);
                    (mass - product) / z.dot(z)
                },
                hint: "In the mass each square is weighed with its degree.",
            },
            Slip {
                wrong: |(a, z)| {
                    let (mass, product) = products(a, z);
                    mass - product
                },
                hint: "That is the energy. Divide it by the mass.",
            },
            Slip {
                wrong: |(a, z)| {
                    let (mass, product) = products(a, z);
                    mass / (mass - product)
                },
                hint: "Upside down: energy over mass.",
            },
            Slip {
                wrong: |(a, z)| {
                    let (mass, product) = products(a, z);
                    (mass + product) / mass
                },
                hint: "A sign: it is D − A, and zᵢ − zⱼ.",
            },
        ],
        hint: "Energy: half the sum of a[[i, j]] (zᵢ − zⱼ)² over all i and j. Mass: the sum of dᵢ zᵢ².",
    }
}
