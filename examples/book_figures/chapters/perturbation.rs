//! The chapter on perturbation.

use super::{Figures, Result};
use fiedler::Graph;
use fiedler::data::RandomState;
use fiedler::ndarray::{Array1, Array2, Axis};
use fiedler::perturbation::davis_kahan;
use fiedler::plot::{Figure, clusters, side_by_side};

/// Vertices of each of three complete graphs.
const SIZE: usize = 10;

pub fn figures() -> Result<Figures> {
    let panels = [rows(0.0)?, rows(0.02)?, rows(0.1)?, rows(0.5)?];
    Ok(vec![("perturbation_rows", side_by_side(&panels)?)])
}

/// Three cliques; every two vertices of different ones joined by a random weight of this size.
fn cliques(size: f64) -> fiedler::Result<Graph> {
    let mut rng = RandomState::new(4);
    let mut a = Array2::zeros((3 * SIZE, 3 * SIZE));
    for i in 0..3 * SIZE {
        for j in 0..i {
            let weight = if i / SIZE == j / SIZE {
                1.0
            } else {
                size * rng.normal(0.0, 1.0).abs()
            };
            (a[[i, j]], a[[j, i]]) = (weight, weight);
        }
    }
    Graph::from_matrix(a)
}

/// The rows of z₂ and z₃.
fn rows(size: f64) -> fiedler::Result<Figure> {
    let graph = cliques(size)?;
    let vectors = graph.smallest_eigenpairs(3)?.vectors;
    let truth = Array1::from_shape_fn(3 * SIZE, |i| i / SIZE);
    let sine = davis_kahan(&cliques(0.0)?, &graph, 3)?.angle_sine;
    Ok(clusters(&vectors.select(Axis(1), &[1, 2]), &truth)?
        .with_title(format!("weights near {size}: sin Θ = {sine:.3}"))
        .with_axes("z₂", "z₃"))
}
