//! Step 9, sensitivity: the same question under many parameters, in one table.
//!
//! # Definition
//! A [`Case`] is a set of points with an estimator, and the values of the parameters that it stands for.
//! [`sensitivity`] fits every case, in parallel, and writes one [`Row`] for each: the components of the graph, λ₂,
//! the eigengap, the normalised cut, and the adjusted Rand index (ARI) where the truth is known; or, where there is
//! no answer, why. The region that works is seen at once in a heat map of the table.
//!
//! # Must hold
//! Each case has one value per parameter, and at least two points.
//!
//! # Known value
//! Two circles (200 points, noise .05, factor .4, seed 0): every label is right with ε from .2 to .5, up to .35
//! because the rings are two components, and from .55 on the second eigenvector no longer sees them.
//!
//! # Source
//! L. Anselin, "An Introduction to Spatial Data Science with GeoDa", vol. 2 (2024), §8.4.3: "these parameters are
//! best set by trial and error".

mod cases;
#[cfg(feature = "files")]
mod csv_file;

pub use cases::{
    over_clusters, over_epsilon, over_neighbors, over_noise, over_sigma, over_sigma_and_neighbors,
};

use crate::engine::progress::Bar;
use crate::error::{Error, Result};
use crate::estimator::SpectralClustering;
use crate::graph::{Graph, GraphRule};
use crate::guard;
use crate::points::Points;
use crate::scores::adjusted_rand_index;
use ndarray::{Array1, Array2};
use rayon::prelude::*;
use std::sync::Arc;

/// One question: points, an estimator, and what it stands for.
#[derive(Debug, Clone)]
pub struct Case {
    /// The value of each parameter that is varied.
    pub values: Vec<f64>,
    /// The points, one a row; the cases of a sweep share them.
    pub x: Arc<Array2<f64>>,
    /// The true labels, where they are known.
    pub truth: Option<Array1<usize>>,
    /// The choices.
    pub estimator: SpectralClustering,
    /// The graph of the choices, to be looked at even where there is no answer.
    pub graph: GraphRule,
}

impl Case {
    /// A case that varies the graph of `estimator`.
    ///
    /// # Errors
    /// [`Error::Ragged`] for rows that are not equally long.
    pub fn new(
        x: &(impl Points + ?Sized),
        truth: Option<&Array1<usize>>,
        estimator: SpectralClustering,
        graph: GraphRule,
        values: &[f64],
    ) -> Result<Self> {
        Ok(Self::of(&shared(x)?, truth, estimator, graph, values))
    }

    fn of(
        x: &Arc<Array2<f64>>,
        truth: Option<&Array1<usize>>,
        estimator: SpectralClustering,
        graph: GraphRule,
        values: &[f64],
    ) -> Self {
        Self {
            values: values.to_vec(),
            x: Arc::clone(x),
            truth: truth.cloned(),
            estimator: estimator.graph(graph),
            graph,
        }
    }
}

/// The points, once for all cases.
fn shared(x: &(impl Points + ?Sized)) -> Result<Arc<Array2<f64>>> {
    Ok(Arc::new(x.matrix()?.into_owned()))
}

/// What came of one case. A number is `None` where there is none.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// The value of each parameter.
    pub values: Vec<f64>,
    /// Connected components of the graph.
    pub components: Option<usize>,
    /// Vertices without edges.
    pub isolated: Option<usize>,
    /// Clusters found.
    pub clusters: Option<usize>,
    /// λ₂ of the normalised Laplacian.
    pub lambda2: Option<f64>,
    /// λₖ₊₁ − λₖ.
    pub eigengap: Option<f64>,
    /// The normalised cut of the labels.
    pub normcut: Option<f64>,
    /// The adjusted Rand index against the truth.
    pub ari: Option<f64>,
    /// Why there is no answer.
    pub error: Option<Error>,
}

/// A number of a [`Row`], for columns and heat maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// [`Row::components`].
    Components,
    /// [`Row::isolated`].
    Isolated,
    /// [`Row::clusters`].
    Clusters,
    /// [`Row::lambda2`].
    Lambda2,
    /// [`Row::eigengap`].
    Eigengap,
    /// [`Row::normcut`].
    Normcut,
    /// [`Row::ari`].
    Ari,
}

impl Measure {
    /// All of them, in the order of the CSV file.
    pub const ALL: [Self; 7] = [
        Self::Components,
        Self::Isolated,
        Self::Clusters,
        Self::Lambda2,
        Self::Eigengap,
        Self::Normcut,
        Self::Ari,
    ];

    /// The name of the column.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Components => "components",
            Self::Isolated => "isolated",
            Self::Clusters => "clusters",
            Self::Lambda2 => "lambda2",
            Self::Eigengap => "eigengap",
            Self::Normcut => "normcut",
            Self::Ari => "ari",
        }
    }

    /// The number in this row.
    #[must_use]
    pub fn of(self, row: &Row) -> Option<f64> {
        let count = |count: Option<usize>| count.map(|count| count as f64);
        match self {
            Self::Components => count(row.components),
            Self::Isolated => count(row.isolated),
            Self::Clusters => count(row.clusters),
            Self::Lambda2 => row.lambda2,
            Self::Eigengap => row.eigengap,
            Self::Normcut => row.normcut,
            Self::Ari => row.ari,
        }
    }
}

/// All rows, in the order of the cases.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Sensitivity {
    /// The names of the parameters.
    pub parameters: Vec<String>,
    /// One row a case.
    pub rows: Vec<Row>,
}

/// Fits every case, in parallel; the table does not depend on the number of threads. On a terminal a bar shows the
/// progress.
///
/// What a case refuses stands in its row, with what is known of its graph.
///
/// # Errors
/// [`Error::Length`] where a case has more or fewer values than there are parameters, or labels that are not one
/// per point.
pub fn sensitivity(parameters: &[&str], cases: &[Case]) -> Result<Sensitivity> {
    for case in cases {
        guard::length("the values of a case", case.values.len(), parameters.len())?;
        if let Some(truth) = &case.truth {
            guard::length("labels", truth.len(), case.x.nrows())?;
        }
    }
    let bar = Bar::of(cases.len());
    let counted = |case| {
        let row = row(case);
        bar.count();
        row
    };
    let rows = cases.par_iter().map(counted).collect();
    bar.finish();
    Ok(Sensitivity {
        parameters: parameters.iter().map(ToString::to_string).collect(),
        rows,
    })
}

fn row(case: &Case) -> Row {
    let mut row = Row {
        values: case.values.clone(),
        components: None,
        isolated: None,
        clusters: None,
        lambda2: None,
        eigengap: None,
        normcut: None,
        ari: None,
        error: None,
    };
    if let Err(error) = fill(case, &mut row) {
        row.error = Some(error);
    }
    row
}

fn fill(case: &Case, row: &mut Row) -> Result<()> {
    let graph = match case.estimator.fit(&*case.x) {
        Ok(found) => {
            row.clusters = Some(found.clusters);
            row.lambda2 = found.certificate.eigenvalues.get(1).copied();
            row.eigengap = found.certificate.eigengap;
            row.normcut = Some(found.certificate.normcut);
            row.ari = match &case.truth {
                Some(truth) => Some(adjusted_rand_index(&found.labels, truth)?),
                None => None,
            };
            found.graph
        }
        Err(error) => {
            row.error = Some(error);
            case.graph.build(&*case.x)?
        }
    };
    row.components = Some(graph.component_count());
    row.isolated = Some(Graph::isolated_vertices(&graph).len());
    Ok(())
}

impl Sensitivity {
    /// A column.
    #[must_use]
    pub fn column(&self, measure: Measure) -> Vec<Option<f64>> {
        self.rows.iter().map(|row| measure.of(row)).collect()
    }

    /// The values of the first parameter whose rows, one after the other, have an ARI of at least `least`: the
    /// longest such run, as its first and last value. `None` where no row does.
    #[must_use]
    pub fn working_range(&self, least: f64) -> Option<(f64, f64)> {
        let mut best: Option<(usize, usize)> = None;
        let mut start = 0;
        for (end, row) in self.rows.iter().enumerate() {
            if row.ari.is_none_or(|ari| ari < least) {
                start = end + 1;
            } else if best.is_none_or(|(first, last)| end - start > last - first) {
                best = Some((start, end));
            }
        }
        best.map(|(first, last)| (self.rows[first].values[0], self.rows[last].values[0]))
    }
}
