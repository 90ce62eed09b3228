//! Our crate, as anybody calls it.

use super::Work;
use crate::generate::{load_edges, load_points};
use crate::measure::{Answer, Normal};
use crate::rows::{EPSILON, NEIGHBORS, Row};
use fiedler::estimator::Stage;
use fiedler::{Clustering, Graph, GraphRule, SpectralClustering, spectral_clustering};
use std::path::Path;

pub fn prepare(row: Row, folder: &Path) -> Result<Work, String> {
    let text = |error: fiedler::Error| error.to_string();
    let estimator = SpectralClustering::new()
        .clusters(row.k)
        .graph(GraphRule::nearest_neighbors(NEIGHBORS));
    if row.is_graph() {
        let edges = load_edges(folder).map_err(|error| error.to_string())?;
        let graph = Graph::from_edges(row.n(), &edges).map_err(text)?;
        return Ok(Box::new(move || {
            estimator.fit_graph(&graph).map(answer).map_err(text)
        }));
    }
    let x = load_points(folder).map_err(|error| error.to_string())?;
    if row.is_post() {
        return Ok(Box::new(move || {
            let labels = spectral_clustering(&x, EPSILON).map_err(text)?;
            Ok(Answer {
                labels,
                vectors: None,
                values: Vec::new(),
                stages: Vec::new(),
                note: None,
            })
        }));
    }
    Ok(Box::new(move || {
        estimator.fit(&x).map(answer).map_err(text)
    }))
}

fn answer(found: Clustering) -> Answer {
    Answer {
        labels: found.labels,
        vectors: Some((Normal::RandomWalk, found.embedding)),
        values: found.certificate.eigenvalues.to_vec(),
        stages: found
            .report
            .seconds
            .iter()
            .map(|&(stage, seconds)| (part(stage), seconds))
            .collect(),
        note: Some(format!("{:?}", found.report.solver.solver)),
    }
}

/// A stage's name in the files.
fn part(stage: Stage) -> &'static str {
    match stage {
        Stage::Graph => "graph",
        Stage::Eigenvectors => "eigenpairs",
        Stage::Labels => "labels",
        Stage::Certificate => "certificate",
    }
}
