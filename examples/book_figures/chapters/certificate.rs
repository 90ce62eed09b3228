//! The chapter on certificates.

use super::{Figures, Result};
use fiedler::data::RandomState;
use fiedler::plot::{Figure, lines};
use fiedler::{Graph, exact::exact_normcut, labelling::sweep, labels_by_sign};

pub fn figures() -> Result<Figures> {
    Ok(vec![("certificate_gap", relaxation_gap()?)])
}

/// λ₂ and three normalised cuts of 24 random graphs of 14 vertices, in the order of the best cut.
fn relaxation_gap() -> fiedler::Result<Figure> {
    let mut rows = Vec::new();
    for seed in 0..24 {
        let graph = random_graph(14, seed)?;
        let pairs = graph.smallest_eigenpairs(2)?;
        let z = pairs.vectors.column(1).to_owned();
        rows.push([
            pairs.values[1],
            exact_normcut(&graph)?.normcut,
            sweep(&graph, &z)?.normcut,
            graph.normcut(&labels_by_sign(&z)?)?,
        ]);
    }
    rows.sort_by(|one, other| one[1].total_cmp(&other[1]));
    let numbers: Vec<f64> = (1..=rows.len()).map(|number| number as f64).collect();
    let column =
        |which: usize| -> Vec<Option<f64>> { rows.iter().map(|row| Some(row[which])).collect() };
    let columns: Vec<_> = (0..4).map(column).collect();
    let names = ["λ₂", "exact", "sweep", "sign"];
    let series: Vec<_> = names
        .iter()
        .zip(&columns)
        .map(|(name, values)| (*name, &numbers[..], &values[..]))
        .collect();
    Ok(lines(&series)?
        .with_title("24 random graphs of 14 vertices")
        .with_axes("graph, the cheapest to cut first", "normalised cut"))
}

/// A random tree, and every other pair of vertices joined with probability 0.15; all weights are 1.
fn random_graph(n: u32, seed: u64) -> fiedler::Result<Graph> {
    let mut rng = RandomState::new(seed);
    let mut edges = Vec::new();
    for i in 1..n {
        let parent = rng.randint(i);
        for j in 0..i {
            if rng.random_sample() < 0.15 || j == parent {
                edges.push((j as usize, i as usize, 1.0));
            }
        }
    }
    Graph::from_edges(n as usize, &edges)
}
