//! The chapter on the similarity graph.

use super::{Figures, Result};
use fiedler::data::{self, RandomState};
use fiedler::ndarray::{Array1, Array2};
use fiedler::plot::{Figure, graph, matrix, matrix_sorted, side_by_side};
use fiedler::{Graph, similarity_matrix};

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("similarity_matrix", matrix_of_the_moons()?),
        ("similarity_epsilons", four_epsilons()?),
        ("similarity_noisy", noisy_moons()?),
        ("similarity_weights", four_matrices()?),
    ])
}

/// A dense group of 40 points and one four times as wide: the same points as in `tests/book/similarity.rs`.
fn uneven() -> (Array2<f64>, Array1<usize>) {
    let mut rng = RandomState::new(0);
    let mut x = Array2::zeros((80, 2));
    for (i, mut point) in x.outer_iter_mut().enumerate() {
        let (middle, spread) = if i < 40 { (0.0, 0.25) } else { (2.5, 1.0) };
        point[0] = rng.normal(middle, spread);
        point[1] = rng.normal(0.0, spread);
    }
    (x, Array1::from_shape_fn(80, |i| usize::from(i >= 40)))
}

/// The post's graph of the moons for four ε.
fn four_epsilons() -> fiedler::Result<Figure> {
    let moons = data::blog_moons();
    let panel = |epsilon: f64| -> fiedler::Result<Figure> {
        let built = Graph::epsilon(&moons.x, epsilon)?;
        Ok(graph(&moons.x, &built, Some(&moons.y))?.with_title(format!("ε = {epsilon}")))
    };
    side_by_side(&[panel(0.2)?, panel(0.4)?, panel(0.6)?, panel(1.0)?])
}

/// A thousand noisier points: just before the first edge joins the moons, and when all hang together.
fn noisy_moons() -> fiedler::Result<Figure> {
    let moons = data::moons(1000, 0.1, 0)?;
    let panel = |epsilon: f64| -> fiedler::Result<Figure> {
        let built = Graph::epsilon(&moons.x, epsilon)?;
        let pieces = match built.component_count() {
            1 => "one piece".to_string(),
            pieces => format!("{pieces} pieces"),
        };
        let title = format!("ε = {epsilon}: {pieces}");
        Ok(graph(&moons.x, &built, Some(&moons.y))?.with_title(title))
    };
    side_by_side(&[panel(0.01166)?, panel(0.165)?])
}

/// The post's A, in the order of its points and sorted by moon.
fn matrix_of_the_moons() -> fiedler::Result<Figure> {
    let moons = data::blog_moons();
    let a = similarity_matrix(&moons.x, 0.4)?;
    side_by_side(&[
        matrix(&a)?.with_title("as the points come"),
        matrix_sorted(&a, &moons.y)?.with_title("sorted by moon"),
    ])
}

/// Every pair weighted.
fn four_matrices() -> fiedler::Result<Figure> {
    let (x, y) = uneven();
    let panel = |title: &str, built: &Graph| -> fiedler::Result<Figure> {
        Ok(matrix_sorted(&built.matrix()?, &y)?.with_title(title))
    };
    side_by_side(&[
        panel("Gaussian, σ = 0.25", &Graph::gaussian(&x, 0.25)?)?,
        panel("Gaussian, σ = 0.5", &Graph::gaussian(&x, 0.5)?)?,
        panel("Gaussian, σ = 1", &Graph::gaussian(&x, 1.0)?)?,
        panel("local scaling", &Graph::local_scaling(&x, 7)?)?,
    ])
}
