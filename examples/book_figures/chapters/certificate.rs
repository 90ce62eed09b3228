//! The chapter on certificates.

use super::{Figures, Result};
use fiedler::data::RandomState;
use fiedler::ndarray::Array1;
use fiedler::plot::{Figure, lines};
use fiedler::{
    Graph, certificate::cheeger_bounds, data, exact::exact_normcut, labelling::sweep,
    labels_by_sign,
};

pub fn figures() -> Result<Figures> {
    Ok(vec![
        ("certificate_gap", relaxation_gap()?),
        ("certificate_thresholds", prices_of_thresholds()?),
    ])
}

/// Thresholds from one that is drawn to the next.
const EVERY: usize = 4;

/// What every threshold of the moons' z₂ costs, and Cheeger's bounds of the best, on a scale of equal factors.
fn prices_of_thresholds() -> fiedler::Result<Figure> {
    let graph = Graph::epsilon(&data::blog_moons().x, 0.4)?;
    let pairs = graph.smallest_eigenpairs(2)?;
    let found = sweep(&graph, &pairs.vectors.column(1).to_owned())?;
    let (floor, ceiling) = cheeger_bounds(pairs.values[1])?;
    // The first has one point below it; so 100 points, the middle, are among those that are drawn. Between equal entries
    // there is no threshold, and so no price.
    let drawn = (3..found.normcuts.len()).step_by(EVERY);
    let drawn: Vec<usize> = drawn.filter(|&at| found.normcuts[at].is_finite()).collect();
    let below: Vec<f64> = drawn.iter().map(|&at| (at + 1) as f64).collect();
    let power = |price: f64| Some((price.log10() * 1e4).round() / 1e4);
    let prices =
        |of: &Array1<f64>| -> Vec<Option<f64>> { drawn.iter().map(|&at| power(of[at])).collect() };
    let (cuts, conductances) = (prices(&found.normcuts), prices(&found.conductances));
    let ends = [1.0, graph.vertex_count() as f64 - 1.0];
    let (highest, lowest) = ([power(ceiling); 2], [power(floor); 2]);
    Ok(lines(&[
        ("√(2λ₂)", &ends[..], &highest[..]),
        ("Ncut", &below[..], &cuts[..]),
        ("φ", &below[..], &conductances[..]),
        ("λ₂/2", &ends[..], &lowest[..]),
    ])?
    .with_title("The price of a threshold on the moons")
    .with_axes("points below the threshold", "log₁₀ of the price"))
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
