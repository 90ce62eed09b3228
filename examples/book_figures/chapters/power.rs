//! The chapter on computing eigenvectors.

use super::{Figures, Result};
use fiedler::ndarray::{Array2, Axis, array, s};
use fiedler::plot::{Figure, graph, lines, matrix, side_by_side};
use fiedler::solvers::elimination_order;
use fiedler::{Graph, GraphRule, data, power::power_iteration};

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("power_residuals", residuals()?),
        ("power_mesh", mesh()?),
        ("power_envelope", envelope()?),
    ])
}

/// A star with two edges more, and the network without its centre.
fn mesh() -> fiedler::Result<Figure> {
    let x = array![
        [0., 0.],
        [1., 0.4],
        [0.3, 1.],
        [-1., 0.3],
        [0.2, -1.],
        [2., 0.6],
        [1., 1.5]
    ];
    let edges = |list: &[(usize, usize)]| {
        let mut a = Array2::zeros((7, 7));
        for &(i, j) in list {
            a[[i, j]] = 1.0;
            a[[j, i]] = 1.0;
        }
        a
    };
    let rest = [(1, 5), (5, 6), (6, 2)];
    let star = [(0, 1), (0, 2), (0, 3), (0, 4)];
    let mesh = [(1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)];
    let without = edges(&[&mesh[..], &rest].concat());
    side_by_side(&[
        graph(&x, &edges(&[&star[..], &rest].concat()), None)?
            .with_title("a vertex with four neighbours"),
        graph(
            &x.slice(s![1.., ..]).to_owned(),
            &without.slice(s![1.., 1..]).to_owned(),
            None,
        )?
        .with_title("without it"),
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
