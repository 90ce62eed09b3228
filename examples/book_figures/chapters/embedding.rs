//! The chapter on more than two clusters.

use super::{Figures, Result};
use fiedler::data::RandomState;
use fiedler::ndarray::{Array1, Array2, Axis};
use fiedler::plot::{Figure, clusters, side_by_side};
use fiedler::{
    Graph,
    embedding::{Laplacian, eigenpairs, ng_jordan_weiss},
    labelling::discretize,
};
use std::f64::consts::TAU;

/// Three rings around one centre: their radii, and how many points each has.
const RINGS: [(f64, usize); 3] = [(0.3, 40), (0.65, 85), (1.0, 130)];

pub fn figures() -> Result<Figures> {
    let (x, y) = rings();
    let graph = Graph::gaussian(&x, 0.06)?;
    Ok(vec![
        ("embedding_rings", rings_and_rows(&x, &y, &graph)?),
        ("embedding_rotation", before_and_after(&y, &graph)?),
    ])
}

fn rings() -> (Array2<f64>, Array1<usize>) {
    let mut rng = RandomState::new(5);
    let (mut places, mut labels) = (Vec::new(), Vec::new());
    for (ring, (radius, count)) in RINGS.into_iter().enumerate() {
        for i in 0..count {
            let angle = TAU * i as f64 / count as f64;
            let radius = radius + rng.normal(0.0, 0.05);
            places.push([radius * angle.cos(), radius * angle.sin()]);
            labels.push(ring);
        }
    }
    (places.into(), labels.into())
}

/// The points, and their rows.
fn rings_and_rows(x: &Array2<f64>, y: &Array1<usize>, graph: &Graph) -> fiedler::Result<Figure> {
    let z = graph.smallest_eigenpairs(3)?.vectors;
    side_by_side(&[
        clusters(x, y)?.with_title("255 points on three rings"),
        clusters(&z.select(Axis(1), &[1, 2]), y)?
            .with_title("their rows")
            .with_axes("z₂", "z₃"),
    ])
}

/// Unit rows as they come, and turned onto the axes.
fn before_and_after(y: &Array1<usize>, graph: &Graph) -> fiedler::Result<Figure> {
    let rows = ng_jordan_weiss(graph, 3)?;
    let w = eigenpairs(graph, Laplacian::Symmetric, 3)?.vectors;
    let turned = rows.dot(&discretize(&w, 0)?.rotation);
    let panel = |rows: &Array2<f64>, title: &str| {
        Ok(clusters(&rows.select(Axis(1), &[1, 2]), y)?
            .with_title(title)
            .with_axes("second column", "third column"))
    };
    side_by_side(&[panel(&rows, "unit rows")?, panel(&turned, "turned")?])
}
