//! The chapter on the eigenvectors.

use super::{Figures, Result};
use fiedler::ndarray::{Array1, Array2, Axis};
use fiedler::plot::{Figure, Series, against_index, heat_map, heights, lines, side_by_side};
use fiedler::{
    agreement, data, degrees, eigh_generalized, fiedler_vector, labels_by_sign, orth_obj,
    similarity_matrix,
};

/// How much of the third eigenvector is mixed in, as an angle.
const DEGREES: [i32; 13] = [-90, -75, -60, -45, -30, -15, 0, 15, 30, 45, 60, 75, 90];
/// The top row's multiple of d, in tenths of the length of the rest; each row below has two tenths less.
const HIGHEST: i32 = 20;

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("eigen_heights", vector_as_colours()?),
        ("eigen_sorted", sorted_entries()?),
        ("eigen_landscape", landscape()?),
        ("eigen_one_valley", one_valley()?),
    ])
}

/// The Fiedler vector as a colour at each point.
fn vector_as_colours() -> fiedler::Result<Figure> {
    let moons = data::blog_moons();
    let z = fiedler_vector(&similarity_matrix(&moons.x, 0.4)?)?.vector;
    Ok(heights(&moons.x, &z)?.with_title("The second eigenvector, as a colour at each point"))
}

/// The entries of the Fiedler vector, the largest first.
fn sorted_entries() -> fiedler::Result<Figure> {
    let moons = data::blog_moons();
    let a = similarity_matrix(&moons.x, 0.4)?;
    let z = fiedler_vector(&a)?.vector;
    let mut order: Vec<usize> = (0..z.len()).collect();
    order.sort_by(|&i, &j| z[j].total_cmp(&z[i]));
    let figure = against_index(&z.select(Axis(0), &order), &moons.y.select(Axis(0), &order))?;
    Ok(figure
        .with_title("The second eigenvector, its entries in order")
        .with_axes("rank, the largest entry first", "entry of z"))
}

/// The objective, and what the signs say, over the same plane of vectors.
fn landscape() -> fiedler::Result<Figure> {
    let moons = data::blog_moons();
    let a = similarity_matrix(&moons.x, 0.4)?;
    let d = degrees(&a)?;
    let pairs = eigh_generalized(&a)?;
    let (second, third) = (pairs.vectors.column(1), pairs.vectors.column(2));
    let multiples: Vec<f64> = (0..=HIGHEST)
        .map(|row| f64::from(HIGHEST - 2 * row) / 10.0)
        .collect();
    let at = |row: usize, column: usize| -> Array1<f64> {
        let (sin, cos) = f64::from(DEGREES[column]).to_radians().sin_cos();
        let mixed = &second * cos + &third * sin;
        let longest = (mixed.dot(&mixed) / d.dot(&d)).sqrt();
        &mixed + &(&d * (multiples[row] * longest))
    };
    let size = (multiples.len(), DEGREES.len());
    let mut values = Array2::from_elem(size, None);
    let mut wrongs = Array2::from_elem(size, None);
    for row in 0..size.0 {
        for column in 0..size.1 {
            let z = at(row, column);
            // Rounded: the last digits differ from machine to machine.
            let rounded = |value: f64| Some((value * 1e4).round() / 1e4);
            values[[row, column]] = rounded(orth_obj(&a, &z)?);
            let right = agreement(&labels_by_sign(&z)?, &moons.y)?;
            wrongs[[row, column]] = rounded(1.0 - right);
        }
    }
    let rows: Vec<String> = multiples.iter().map(|m| format!("{m}")).collect();
    let columns: Vec<String> = DEGREES.iter().map(|t| format!("{t}°")).collect();
    let axes = ("angle from z₂ towards z₃", "d added, in lengths of z");
    side_by_side(&[
        heat_map("orth_obj", &rows, &columns, &values)?
            .with_title("What the optimiser sees: orth_obj")
            .with_axes(axes.0, axes.1),
        heat_map("share wrong", &rows, &columns, &wrongs)?
            .with_title("What the signs say: share wrong")
            .with_axes(axes.0, axes.1),
    ])
}

/// The objective on the way from other eigenvectors to the second.
fn one_valley() -> fiedler::Result<Figure> {
    let moons = data::blog_moons();
    let a = similarity_matrix(&moons.x, 0.4)?;
    let pairs = eigh_generalized(&a)?;
    let second = pairs.vectors.column(1);
    let angles: Vec<f64> = (0..=36).map(|i| f64::from(i) * 5.0).collect();
    let mut curves = Vec::new();
    for k in [3, 10, 100, 200] {
        let other = pairs.vectors.column(k - 1);
        let mut curve = Vec::new();
        for angle in &angles {
            let (sin, cos) = angle.to_radians().sin_cos();
            let z = &other * cos + &second * sin;
            curve.push(Some((orth_obj(&a, &z)? * 1e4).round() / 1e4));
        }
        curves.push((format!("from z_{k}"), curve));
    }
    let series: Vec<Series<'_, &str>> = curves
        .iter()
        .map(|(name, curve)| (name.as_str(), &angles[..], &curve[..]))
        .collect();
    Ok(lines(&series)?
        .with_title("From any eigenvector, down to the second")
        .with_axes("angle from the start towards z₂ in degrees", "orth_obj"))
}
