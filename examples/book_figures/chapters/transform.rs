//! The chapter on the z vector.

use super::{Figures, Result};
use fiedler::data;
use fiedler::ndarray::{Array1, Array2, array};
use fiedler::plot::{Figure, against_index, lines};
use fiedler::{rayleigh_quotient, similarity_matrix, transform};

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("transform_shift", quotient_by_shift()?),
        ("transform_z", z_of_the_moons()?),
    ])
}

/// The quotient of the labels ±1 with a constant added, for two splits of the seven vertices.
fn quotient_by_shift() -> fiedler::Result<Figure> {
    let a = seven();
    let shifts: Vec<f64> = (-28..=12).map(|step| f64::from(step) * 0.05).collect();
    let curve = |y: &Array1<f64>| -> fiedler::Result<Vec<Option<f64>>> {
        let of = |t: &f64| rayleigh_quotient(&a, &(y + *t)).map(Some);
        shifts.iter().map(of).collect()
    };
    let triangles = curve(&array![1., 1., 1., -1., -1., -1., -1.])?;
    let alone = curve(&array![1., 1., 1., 1., 1., 1., -1.])?;
    let figure = lines(&[
        ("the two triangles", &shifts[..], &triangles[..]),
        ("vertex 7 alone", &shifts[..], &alone[..]),
    ])?;
    Ok(figure
        .with_title("The quotient of the labels ±1 moved by t")
        .with_axes("t", "quotient"))
}

/// Two triangles, joined by two edges, and a vertex that hangs on one of them.
fn seven() -> Array2<f64> {
    array![
        [0., 1., 1., 0., 0., 0., 0.],
        [1., 0., 1., 1., 0., 0., 0.],
        [1., 1., 0., 0., 1., 0., 0.],
        [0., 1., 0., 0., 1., 1., 0.],
        [0., 0., 1., 1., 0., 1., 0.],
        [0., 0., 0., 1., 1., 0., 1.],
        [0., 0., 0., 0., 0., 1., 0.]
    ]
}

/// What the post prints as 200 numbers.
fn z_of_the_moons() -> fiedler::Result<Figure> {
    let moons = data::blog_moons();
    let a = similarity_matrix(&moons.x, 0.4)?;
    Ok(against_index(&transform(&a, &moons.y)?, &moons.y)?
        .with_title("z of the true moons")
        .with_axes("point", "entry of z"))
}
