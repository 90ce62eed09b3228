//! Three complete graphs and weak edges between them: the figure of the chapter on perturbation.

use crate::{Answer, words};
use fiedler::Graph;
use fiedler::data::RandomState;
use fiedler::ndarray::Array2;
use fiedler::perturbation::davis_kahan;

/// Complete graphs, and so the eigenvectors that are compared.
const PARTS: usize = 3;
/// Vertices of each.
const SIZE: usize = 10;
/// Eigenvalues in the answer.
const VALUES: usize = 6;

/// Every two vertices of different complete graphs are joined by a random weight, `size` times the absolute value of a
/// standard normal number: the same numbers for the same seed, whatever the size.
///
/// The answer: sin Θ, its bound (infinite where there is none), ‖E‖, δ; the six smallest eigenvalues; and the entries of z₂
/// and z₃ of each of the 30 vertices. Of the two signs of each vector z₂ has the one for which the first part lies
/// higher than the others, z₃ the one for which the second lies higher than the third.
///
/// # Errors
/// As `Graph::from_matrix` and `davis_kahan`, in the crate's words.
pub fn rows(size: f64, seed: u32) -> Answer {
    compute(size, seed).map_err(|error| words(&error))
}

fn compute(size: f64, seed: u32) -> fiedler::Result<Vec<f64>> {
    let graph = cliques(size, seed)?;
    let compared = davis_kahan(&cliques(0.0, seed)?, &graph, PARTS)?;
    let pairs = graph.smallest_eigenpairs(VALUES)?;
    let height = |which: usize, part: usize| -> f64 {
        let rows = part * SIZE..(part + 1) * SIZE;
        rows.map(|i| pairs.vectors[[i, which]]).sum()
    };
    let sign = |up: bool| if up { 1.0 } else { -1.0 };
    let second = sign(2.0 * height(1, 0) >= height(1, 1) + height(1, 2));
    let third = sign(height(2, 1) >= height(2, 2));
    let mut answer = vec![
        compared.angle_sine,
        compared.bound,
        compared.perturbation_norm,
        compared.gap,
    ];
    answer.extend(&pairs.values);
    for row in pairs.vectors.outer_iter() {
        answer.extend([second * row[1], third * row[2]]);
    }
    Ok(answer)
}

fn cliques(size: f64, seed: u32) -> fiedler::Result<Graph> {
    let mut rng = RandomState::new(u64::from(seed));
    let n = PARTS * SIZE;
    let mut a = Array2::zeros((n, n));
    for i in 0..n {
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
