//! Everything that a run found, as it stands in the JSON: the other outputs are made of it, and `explain` reads it.

use crate::input::{Named, Points};
use crate::trouble::Result;
use fiedler::characteristics::Characteristics;
use fiedler::labelling::Candidate;
use fiedler::ndarray::Array1;
use fiedler::scores::normalized_mutual_information;
use fiedler::{Clustering, adjusted_rand_index};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// What the file says it is.
pub const FORMAT: &str = "fiedler clustering";

#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    pub format: String,
    /// Of the program that wrote it.
    pub version: String,
    /// The command line, word by word.
    pub command: Vec<String>,
    pub input: Input,
    pub clusters: usize,
    /// The cluster of each point, from 0; isolated ones may have labels from `clusters` on.
    pub labels: Vec<usize>,
    /// The name of each point, where it has one.
    pub ids: Option<Vec<String>>,
    /// The number of points of each label.
    pub sizes: Vec<usize>,
    /// Points without any edge, by their number from 0.
    pub isolated: Vec<usize>,
    pub eigenvalues: Vec<f64>,
    pub certificate: Certificate,
    /// Of points; a graph alone has none.
    pub characteristics: Option<ByCluster>,
    pub truth: Option<Truth>,
    pub report: Report,
    /// A program of the library that does the same.
    pub rust: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Input {
    pub file: String,
    /// "points" or "graph".
    pub kind: String,
    pub points: usize,
    /// The number of coordinates.
    pub columns: Option<usize>,
    pub names: Option<Vec<String>>,
    /// How the file was read, in words.
    pub reading: String,
    /// What was taken out of each column, where that was asked for: its mean, and its standard deviation.
    pub scaling: Option<[Vec<f64>; 2]>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Certificate {
    pub components: usize,
    pub normalised_cut: f64,
    /// No labels with as many clusters have a smaller normalised cut.
    pub lower_bound: f64,
    pub ratio: Option<f64>,
    pub conductances: Vec<f64>,
    pub cheeger: [f64; 2],
    pub eigengap: Option<f64>,
    pub largest_residual: f64,
    /// As the library prints it.
    pub table: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ByCluster {
    pub centers: Vec<Vec<f64>>,
    pub within: Vec<f64>,
    pub volumes: Vec<f64>,
    pub cuts: Vec<f64>,
    pub conductances: Vec<f64>,
    pub total: f64,
    pub between: f64,
    pub between_share: f64,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Truth {
    pub classes: Vec<String>,
    /// How many points of each cluster (row) are of each class (column).
    pub counts: Vec<Vec<usize>>,
    pub adjusted_rand_index: f64,
    pub normalized_mutual_information: f64,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Report {
    /// The graph that was built, in words.
    pub graph: Option<String>,
    pub edges: usize,
    pub bridges: usize,
    /// Where the eigenvalues said how many clusters: what speaks for each number, the most first.
    #[serde(default)]
    pub ranking: Vec<Ranked>,
    pub warnings: Vec<String>,
    pub solver: String,
    pub reason: String,
    pub steps: usize,
    pub seconds: BTreeMap<String, f64>,
}

/// A number of clusters, and the part of the next eigenvalue that lies in the gap behind its last, from 0 to 1.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ranked {
    pub clusters: usize,
    pub share: f64,
}

/// What the points or the graph say of themselves.
pub struct About<'a> {
    pub file: String,
    pub points: Option<&'a Points>,
    pub graph: Option<&'a Named>,
    pub rust: String,
}

impl Record {
    pub fn new(found: &Clustering, about: About<'_>) -> Result<Self> {
        let (reading, ids) = match (about.points, about.graph) {
            (Some(points), _) => (points.reading.clone(), points.ids.clone()),
            (_, Some(graph)) => (graph.reading.clone(), graph.names.clone()),
            (None, None) => (String::new(), None),
        };
        let classes = about.points.and_then(|points| points.classes.as_ref());
        let truth = classes.map(|classes| truth(found, classes)).transpose()?;
        Ok(Self {
            format: FORMAT.to_string(),
            version: env!("CARGO_PKG_VERSION").to_string(),
            command: std::env::args().skip(1).collect(),
            input: Input {
                file: about.file,
                kind: if about.points.is_some() {
                    "points"
                } else {
                    "graph"
                }
                .to_string(),
                points: found.labels.len(),
                columns: about.points.map(|points| points.x.ncols()),
                names: about.points.and_then(|points| points.columns.clone()),
                reading,
                scaling: about.points.and_then(|points| {
                    let scaling = points.scaling.as_ref()?;
                    Some([scaling.means().to_vec(), scaling.deviations().to_vec()])
                }),
            },
            clusters: found.clusters,
            labels: found.labels.to_vec(),
            ids,
            sizes: sizes(&found.labels),
            isolated: found.isolated.clone(),
            eigenvalues: found.eigenvalues.to_vec(),
            certificate: certificate(found),
            characteristics: found.characteristics().ok().map(by_cluster),
            truth,
            report: report(found),
            rust: about.rust,
        })
    }

    /// "points" or "vertices".
    pub fn things(&self) -> &'static str {
        if self.input.kind == "points" {
            "points"
        } else {
            "vertices"
        }
    }
}

fn sizes(labels: &Array1<usize>) -> Vec<usize> {
    let mut sizes = vec![0; labels.iter().max().map_or(0, |last| last + 1)];
    labels.iter().for_each(|&label| sizes[label] += 1);
    sizes
}

fn certificate(found: &Clustering) -> Certificate {
    let of = &found.certificate;
    Certificate {
        components: of.components,
        normalised_cut: of.normcut,
        lower_bound: of.lower_bound,
        ratio: of.ratio,
        conductances: of.conductances.to_vec(),
        cheeger: [of.cheeger.0, of.cheeger.1],
        eigengap: of.eigengap,
        largest_residual: of.residuals.fold(0.0, |a: f64, &b| a.max(b)),
        table: of.to_string(),
    }
}

fn by_cluster(of: &Characteristics) -> ByCluster {
    ByCluster {
        centers: of
            .centers
            .rows()
            .into_iter()
            .map(|row| row.to_vec())
            .collect(),
        within: of.within.to_vec(),
        volumes: of.volumes.to_vec(),
        cuts: of.cuts.to_vec(),
        conductances: of.conductances.to_vec(),
        total: of.total,
        between: of.between,
        between_share: of.ratio,
    }
}

/// Classes as numbers, in order of first appearance; and their names.
pub fn numbered(classes: &[String]) -> (Array1<usize>, Vec<String>) {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut names: Vec<String> = Vec::new();
    let mut labels = Vec::with_capacity(classes.len());
    for class in classes {
        let number = *numbers.entry(class).or_insert(names.len());
        if number == names.len() {
            names.push(class.clone());
        }
        labels.push(number);
    }
    (labels.into(), names)
}

fn truth(found: &Clustering, classes: &[String]) -> Result<Truth> {
    let (y, classes) = numbered(classes);
    let rows = found.labels.iter().max().map_or(0, |last| last + 1);
    let mut counts = vec![vec![0; classes.len()]; rows];
    for (&label, &class) in found.labels.iter().zip(&y) {
        counts[label][class] += 1;
    }
    Ok(Truth {
        counts,
        adjusted_rand_index: adjusted_rand_index(&found.labels, &y)?,
        normalized_mutual_information: normalized_mutual_information(&found.labels, &y)?,
        classes,
    })
}

fn ranked(of: &Candidate) -> Ranked {
    Ranked {
        clusters: of.clusters,
        share: of.share,
    }
}

fn report(found: &Clustering) -> Report {
    let of = &found.report;
    let seconds = of.seconds.iter();
    Report {
        graph: of.rule.map(|rule| rule.to_string()),
        edges: found.graph.edge_count(),
        bridges: of.bridges.len(),
        ranking: of.ranking.iter().map(ranked).collect(),
        warnings: of.warnings.iter().map(ToString::to_string).collect(),
        solver: format!("{:?}", of.solver.solver),
        reason: of.solver.reason.clone(),
        steps: of.solver.iterations,
        seconds: seconds
            .map(|(stage, s)| (stage.name().to_string(), *s))
            .collect(),
    }
}
