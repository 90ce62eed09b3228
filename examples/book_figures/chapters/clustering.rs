//! The chapter that puts all together.

use super::{Figures, Result};
use fiedler::ndarray::Array2;
use fiedler::plot::{Figure, heat_map, lines};
use fiedler::{
    agreement, data, fiedler_vector, labels_by_sign, normcut, similarity_matrix,
    spectral_clustering,
};

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("clustering_range", working_range()?),
        ("clustering_bulls_eye", costs_of_the_bulls_eye()?),
    ])
}

/// The share that is right on moons of 200 points, over the noise and ε.
fn working_range() -> fiedler::Result<Figure> {
    let noises: Vec<f64> = (0..=10).map(|i| f64::from(i) * 0.03).collect();
    let epsilons: Vec<f64> = (1..=18).map(|i| f64::from(i) * 0.05 + 0.05).collect();
    let mut rights = Array2::from_elem((noises.len(), epsilons.len()), None);
    for (row, &noise) in noises.iter().enumerate() {
        let moons = data::moons(200, noise, 0)?;
        for (column, &epsilon) in epsilons.iter().enumerate() {
            // Refused: too many pieces, or points without a neighbour.
            if let Ok(labels) = spectral_clustering(&moons.x, epsilon) {
                rights[[row, column]] = Some(agreement(&labels, &moons.y)?);
            }
        }
    }
    let name = |value: &f64| format!("{value:.2}");
    let rows: Vec<String> = noises.iter().map(name).collect();
    let columns: Vec<String> = epsilons.iter().map(name).collect();
    Ok(heat_map("share right", &rows, &columns, &rights)?
        .with_title("Where the method works: 200 points on two moons")
        .with_axes("ε", "noise"))
}

/// What the split that was found costs on the bull's-eye, what the truth costs, and the bound below both.
fn costs_of_the_bulls_eye() -> fiedler::Result<Figure> {
    let circles = data::circles(1000, 0.05, 0.4, 0)?;
    let epsilons: Vec<f64> = (7..=20).map(|i| f64::from(i) * 0.05).collect();
    let (mut truth, mut found, mut bound) = (vec![], vec![], vec![]);
    for &epsilon in &epsilons {
        let a = similarity_matrix(&circles.x, epsilon)?;
        let second = fiedler_vector(&a)?;
        let labels = labels_by_sign(&second.vector)?;
        let rounded = |value: f64| Some((value * 1e4).round() / 1e4);
        truth.push(rounded(normcut(&a, &circles.y)?));
        found.push(rounded(normcut(&a, &labels)?));
        bound.push(rounded(second.value));
    }
    Ok(lines(&[
        ("Ncut of the circles", &epsilons[..], &truth[..]),
        ("Ncut of what was found", &epsilons[..], &found[..]),
        ("λ₂", &epsilons[..], &bound[..]),
    ])?
    .with_title("The bull's-eye: what each split costs")
    .with_axes("ε", "normalised cut"))
}
