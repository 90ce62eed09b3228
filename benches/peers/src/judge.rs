//! The judge: labels and vectors of every contestant of a row, on one graph, by our crate's own words.

use crate::contestants::Contestant;
use crate::generate::{load_graph, load_labels};
use crate::measure::Normal;
use crate::npy;
use crate::record::Judged;
use crate::rows::Row;
use fiedler::ndarray::{Array1, Array2, Axis};
use fiedler::{Eigenpairs, Graph, adjusted_rand_index};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

/// Judges those of a row that have labels, and writes `judged.json`.
pub fn run(row: &Row, folder: &Path, names: &[String]) -> Result<(), Box<dyn Error>> {
    let graph = load_graph(row, folder)?;
    let truth = load_labels(&folder.join("y.npy")).ok();
    let mut all = BTreeMap::new();
    for contestant in names.iter().filter_map(|name| Contestant::named(name)) {
        let judged = one(row, &graph, truth.as_ref(), folder, contestant);
        if let Some(judged) = judged {
            all.insert(contestant.name(), judged);
        }
    }
    Ok(std::fs::write(
        folder.join("judged.json"),
        serde_json::to_string(&all)?,
    )?)
}

fn one(
    row: &Row,
    graph: &Graph,
    truth: Option<&Array1<usize>>,
    folder: &Path,
    contestant: Contestant,
) -> Option<Judged> {
    let file = |what: &str| folder.join(format!("{}.{what}.npy", contestant.name()));
    let labels = load_labels(&file("labels")).ok()?;
    let mut judged = Judged {
        ari: truth.and_then(|truth| adjusted_rand_index(&labels, truth).ok()),
        // Labels that leave a number out have no normalised cut into k.
        normcut: graph.normcut(&labels).ok(),
        ..Judged::default()
    };
    if contestant == Contestant::Exact && row.k == 2 {
        // The same vector read in two ways, and both are exact: the others are held against the larger cut.
        let sign = load_labels(&file("sign"))
            .ok()
            .and_then(|sign| graph.normcut(&sign).ok());
        judged.normcut = larger(judged.normcut, sign);
    }
    let vectors = [Normal::RandomWalk, Normal::Symmetric]
        .into_iter()
        .find_map(|normal| Some((normal, npy::read::<f64>(&file(normal.file())).ok()?)));
    if let Some((normal, (values, shape))) = vectors {
        let mut z = Array2::from_shape_vec(shape, values).ok()?;
        if normal == Normal::Symmetric {
            z /= &graph.degrees().mapv(f64::sqrt).insert_axis(Axis(1));
        }
        let pairs = normalised(graph, z);
        // Of the exact pairs one more than clusters is there, for the gap alone.
        judged.residual = pairs
            .residuals
            .iter()
            .take(row.k)
            .copied()
            .map(number)
            .reduce(f64::max);
        judged.quotients = pairs.values.iter().copied().map(number).collect();
        judged.quotients.sort_by(f64::total_cmp);
    }
    Some(judged)
}

/// The larger of two numbers that may be missing.
fn larger(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.into_iter().chain(b).reduce(f64::max)
}

/// JSON has no NaN and no infinity: both are worse than any number, and stay so.
fn number(value: f64) -> f64 {
    if value.is_finite() { value } else { f64::MAX }
}

/// zᵀDz = 1, and λ the Rayleigh quotient: a sum of squares over the edges, so that a small λ keeps its digits.
fn normalised(graph: &Graph, mut z: Array2<f64>) -> Eigenpairs {
    let mut values = Array1::zeros(z.ncols());
    for (mut column, value) in z.columns_mut().into_iter().zip(&mut values) {
        let length = (&column * &column).dot(graph.degrees()).sqrt();
        column /= length;
        *value = graph
            .weighted_edges()
            .map(|(i, j, weight)| weight * (column[i] - column[j]).powi(2))
            .sum();
    }
    let residuals = graph
        .residuals(&values, &z)
        .expect("as many values as vectors");
    Eigenpairs {
        values,
        vectors: z,
        residuals,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fiedler::ndarray::array;

    #[test]
    fn a_vector_of_any_length_is_normalised_and_its_quotient_is_its_eigenvalue() {
        let path = Graph::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)]).unwrap();
        let pairs = normalised(&path, array![[5.0, 3.0], [5.0, 0.0], [5.0, -3.0]]);
        let largest = pairs.residuals.iter().copied().fold(0.0, f64::max);
        assert!(largest < 1e-15, "{largest}");
        assert!((pairs.values[1] - 1.0).abs() < 1e-15);
    }
}
