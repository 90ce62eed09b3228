//! The chapter that puts all together.

use super::{Figures, Result};
use fiedler::ndarray::{Array1, Array2};
use fiedler::plot::{Figure, heat_map, lines};
use fiedler::{
    Graph, agreement, data, fiedler_vector, labels_by_sign, normcut, similarity_matrix,
    spectral_clustering,
};

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("clustering_range", working_range()?),
        ("clustering_bulls_eye", costs_of_the_bulls_eye()?),
        ("clustering_overtaken", the_rings_are_overtaken()?),
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

/// Points in each of the two rings.
const RING: usize = 12;

/// Two rings joined by rungs: the eigenvalue whose vector parts the rings, that of the wave once around, and what half and
/// half of both rings cost, over the strength of the rungs.
fn the_rings_are_overtaken() -> fiedler::Result<Figure> {
    let strengths: Vec<f64> = (1..=20).map(|i| f64::from(i) * 0.03).collect();
    let halves = Array1::from_shape_fn(2 * RING, |i| usize::from(i % RING >= RING / 2));
    let (mut rings, mut wave, mut half) = (vec![], vec![], vec![]);
    for &t in &strengths {
        let graph = two_rings(t)?;
        let pairs = graph.smallest_eigenpairs(8)?;
        let vectors = pairs.vectors.columns();
        let alike = |i: usize| {
            // All that parts the rings has opposite entries at the two ends of a rung, a wave in step has equal ones.
            let z = vectors.clone().into_iter().nth(i).expect("eight vectors");
            (0..RING).all(|j| (z[j] - z[RING + j]).abs() < 1e-9)
        };
        let rounded = |value: f64| Some((value * 1e4).round() / 1e4);
        let first = |in_step: bool| (1..8).find(|&i| alike(i) == in_step);
        rings.push(first(false).and_then(|i| rounded(pairs.values[i])));
        wave.push(first(true).and_then(|i| rounded(pairs.values[i])));
        half.push(rounded(graph.normcut(&halves)?));
    }
    Ok(lines(&[
        ("λ of the rings", &strengths[..], &rings[..]),
        ("Ncut of halves", &strengths[..], &half[..]),
        ("λ of the wave, twice", &strengths[..], &wave[..]),
    ])?
    .with_title("Two rings of 12: which vector comes second")
    .with_axes("strength of the rungs", "eigenvalue, or Ncut"))
}

/// Edges of weight 1 around each ring, and a rung of weight t from every vertex to its partner.
fn two_rings(t: f64) -> fiedler::Result<Graph> {
    let around = |first: usize| (0..RING).map(move |j| (first + j, first + (j + 1) % RING, 1.0));
    let rungs = (0..RING).map(|j| (j, RING + j, t));
    let edges: Vec<_> = around(0).chain(around(RING)).chain(rungs).collect();
    Graph::from_edges(2 * RING, &edges)
}
