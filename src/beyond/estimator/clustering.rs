//! The answer.

use super::model::Model;
use super::report::Report;
use crate::certificate::Certificate;
use crate::characteristics::Characteristics;
use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::points::Points;
use ndarray::{Array1, Array2};

/// The answer, and what belongs to it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Clustering {
    /// The cluster of each point, 0 to k − 1; of isolated points that have labels of their own, k and up.
    pub labels: Array1<usize>,
    /// k.
    pub clusters: usize,
    /// The smallest eigenvalues of the chosen Laplacian: k + 1 of them, or as many as were looked at for the
    /// eigengap and one more; more, where the embedding has more columns.
    pub eigenvalues: Array1<f64>,
    /// The embedding, one point a row; a row of zeros for an isolated point.
    pub embedding: Array2<f64>,
    /// How far to trust the answer; of the graph without its isolated vertices.
    pub certificate: Certificate,
    /// The vertices without edges.
    pub isolated: Vec<usize>,
    /// Which solver found the eigenvectors, in how many steps, and how long each stage took.
    pub report: Report,
    /// The graph.
    pub graph: Graph,
    pub(super) characteristics: Result<Characteristics>,
    pub(super) model: Option<Model>,
}

impl Clustering {
    /// Size, centre, sums of squares, cut of each cluster, without isolated points.
    ///
    /// # Errors
    /// [`Error::NoCoordinates`] where the clustering is that of a graph without points; what
    /// [`crate::characteristics::characteristics`] refuses, as coordinates whose squares leave the range of f64.
    pub fn characteristics(&self) -> Result<&Characteristics> {
        self.characteristics.as_ref().map_err(Clone::clone)
    }

    /// What new points are compared with: it can be kept, and asked, without the rest.
    ///
    /// # Errors
    /// [`Error::NoCoordinates`] where the clustering is that of a graph without points.
    pub fn model(&self) -> Result<&Model> {
        self.model.as_ref().ok_or(Error::NoCoordinates {
            what: "the places of new points",
            instead: "cluster the points with `fit`",
        })
    }

    /// The labels of new points: [`Model::predict`].
    ///
    /// # Errors
    /// As [`Clustering::model`] and [`Model::predict`].
    pub fn predict(&self, x: &(impl Points + ?Sized)) -> Result<Array1<usize>> {
        self.model()?.predict(x)
    }

    /// The rows of the embedding at new points: [`Model::embed`].
    ///
    /// # Errors
    /// As [`Clustering::predict`].
    pub fn embed(&self, x: &(impl Points + ?Sized)) -> Result<Array2<f64>> {
        self.model()?.embed(x)
    }
}
