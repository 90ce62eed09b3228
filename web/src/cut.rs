//! Three prices of a split of twelve vertices: the figure of the chapter on the cut.

use crate::{Answer, words};
use fiedler::exact::exact_normcut;
use fiedler::ndarray::{Array1, Array2};
use fiedler::{Graph, Result, cut, labels_by_sign, normcut, vols};

/// How many vertices the graph of the figure has.
pub const VERTICES: usize = 12;
/// Its edges, each of weight 1: a clump of five, another of five, two bridges between them, and a crumb of two vertices
/// that hangs on one edge. The chapter's test reads the same file.
pub const EDGES: [(usize, usize); 20] = include!("cut_edges.in");

fn graph() -> Result<Graph> {
    Graph::from_edges(VERTICES, &EDGES.map(|(i, j)| (i, j, 1.0)))
}

fn matrix() -> Result<Array2<f64>> {
    graph()?.matrix()
}

/// The graph, and what no split of it can beat.
///
/// The answer: λ₂, the smallest normalised cut of all splits, how many splits that are; then a label of each vertex by the
/// sign of the second eigenvector, and the ends of the edges.
///
/// # Errors
/// None for this graph; in the crate's words if there were one.
pub fn split_floor() -> Answer {
    let compute = || {
        let graph = graph()?;
        let second = graph.fiedler_vector()?;
        let signs = labels_by_sign(&second.vector)?;
        let best = exact_normcut(&graph)?;
        let mut answer = vec![second.value, best.normcut, best.splits as f64];
        answer.extend(signs.iter().map(|&label| label as f64));
        for (i, j) in EDGES {
            answer.extend([i as f64, j as f64]);
        }
        Ok(answer)
    };
    compute().map_err(|error| words(&error))
}

/// The prices of a split, given by a label for each vertex: 1 where the number is above ½, else 0.
///
/// The answer: the cut c, the normalised cut, the ratio cut c (1/n₀ + 1/n₁), the sizes n₀ and n₁, and the two volumes.
///
/// # Errors
/// As `fiedler::cut`: a label too many or too few, or all on one side.
pub fn split(labels: &[f64]) -> Answer {
    let y = Array1::from_iter(labels.iter().map(|&label| usize::from(label > 0.5)));
    let compute = || {
        let a = matrix()?;
        let (c, ncut, (volume0, volume1)) = (cut(&a, &y)?, normcut(&a, &y)?, vols(&a, &y)?);
        let ones = y.sum();
        let (size0, size1) = ((y.len() - ones) as f64, ones as f64);
        let ratio = c * (1.0 / size0 + 1.0 / size1);
        Ok(vec![c, ncut, ratio, size0, size1, volume0, volume1])
    };
    compute().map_err(|error| words(&error))
}
