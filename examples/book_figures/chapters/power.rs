//! The chapter on computing eigenvectors.

use super::{Figures, Result};
use fiedler::ndarray::Axis;
use fiedler::plot::{Figure, lines, matrix, side_by_side};
use fiedler::solvers::elimination_order;
use fiedler::{Graph, GraphRule, data, power::power_iteration};

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("power_residuals", residuals()?),
        ("power_envelope", envelope()?),
    ])
}

/// The matrix of a graph on two moons, as numbered and layer by layer.
fn envelope() -> fiedler::Result<Figure> {
    let graph = GraphRule::nearest_neighbors(10).build(&data::moons(300, 0.08, 0)?.x)?;
    let a = graph.matrix()?.mapv(f64::ceil);
    let order = elimination_order(&graph)?.to_vec();
    let sorted = a.select(Axis(0), &order).select(Axis(1), &order);
    side_by_side(&[
        matrix(&a)?.with_title("as numbered"),
        matrix(&sorted)?.with_title("layer by layer"),
    ])
}

/// The residual of power iteration on the post's moons, second vector, and the slope that the theory gives.
fn residuals() -> fiedler::Result<Figure> {
    let graph = Graph::epsilon(&data::blog_moons().x, 0.4)?;
    let values = graph.smallest_eigenpairs(3)?.values;
    let found = power_iteration(&graph, 2, 1e-9, 20_000)?.finished()?;
    let history = &found.history[1];
    let factor = (2.0 - values[2]) / (2.0 - values[1]);
    let steps: Vec<usize> = (0..history.len()).step_by(50).collect();
    let x: Vec<f64> = steps.iter().map(|&step| step as f64).collect();
    let measured: Vec<_> = steps
        .iter()
        .map(|&step| Some(history[step].log10()))
        .collect();
    let last = steps[steps.len() - 1];
    let predicted: Vec<_> = steps
        .iter()
        .map(|&step| Some(history[last].log10() - (last - step) as f64 * factor.log10()))
        .collect();
    Ok(lines(&[
        ("measured", &x[..], &measured[..]),
        ("a factor of 0.98665 a step", &x[..], &predicted[..]),
    ])?
    .with_title("Power iteration on the moons")
    .with_axes("step", "log₁₀ of the residual"))
}
