//! The chapter on the similarity graph.

use super::{Figures, Result};
use fiedler::data::RandomState;
use fiedler::ndarray::{Array1, Array2};
use fiedler::plot::{Figure, graph, matrix_sorted, side_by_side};
use fiedler::{Graph, graph::Symmetry};

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("similarity_uneven", four_graphs()?),
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

/// Edges of weight 1 or ½.
fn four_graphs() -> fiedler::Result<Figure> {
    let (x, y) = uneven();
    let panel = |title: &str, built: &Graph| -> fiedler::Result<Figure> {
        Ok(graph(&x, built, Some(&y))?.with_title(title))
    };
    side_by_side(&[
        panel("ε = 0.25", &Graph::epsilon(&x, 0.25)?)?,
        panel("ε = 1.26", &Graph::epsilon(&x, 1.26)?)?,
        panel(
            "7 nearest neighbours",
            &Graph::nearest_neighbors(&x, Symmetry::Average, 7)?,
        )?,
        panel(
            "mutual 7 nearest neighbours",
            &Graph::mutual_nearest_neighbors(&x, 7)?,
        )?,
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
