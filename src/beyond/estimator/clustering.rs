//! The answer.

use super::nystrom::Model;
use super::report::Report;
use crate::advice::beyond_reach;
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
    /// eigengap and one more.
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

    /// The labels of new points, by the Nyström extension: the eigenvector equation itself, read at the new
    /// point, gives its place in the embedding from its similarities to the old points, which keep theirs.
    ///
    /// # Errors
    /// [`Error::NoCoordinates`] where the clustering is that of a graph without points, [`Error::Value`] where an
    /// eigenvalue is so large that the equation divides by 0; [`Error::NotFinite`]; [`Error::Columns`] unless the new points have
    /// as many coordinates as the old; [`Error::IsolatedPoints`] for those that are similar to no old point,
    /// unless the policy for isolated vertices gives them a label.
    ///
    /// # Source
    /// C. Fowlkes, S. Belongie, F. Chung & J. Malik, "Spectral grouping using the Nyström method",
    /// IEEE TPAMI 26 (2004), §3.
    pub fn predict(&self, x: &(impl Points + ?Sized)) -> Result<Array1<usize>> {
        let model = self.model()?;
        let x = x.matrix()?;
        model.labels(&model.embed(&x)?, &x)
    }

    /// The rows of the embedding at new points: what [`Clustering::predict`] reads the labels from.
    ///
    /// # Errors
    /// As [`Clustering::predict`].
    pub fn embed(&self, x: &(impl Points + ?Sized)) -> Result<Array2<f64>> {
        let rows = self.model()?.embed(&*x.matrix()?)?;
        let isolated: Vec<usize> = (0..rows.len()).filter(|&i| rows[i].is_none()).collect();
        if !isolated.is_empty() {
            return Err(beyond_reach(isolated, false));
        }
        let mut embedding = Array2::zeros((rows.len(), self.embedding.ncols()));
        for (i, row) in rows.into_iter().flatten().enumerate() {
            embedding.row_mut(i).assign(&row.embedding);
        }
        Ok(embedding)
    }

    fn model(&self) -> Result<&Model> {
        self.model.as_ref().ok_or(Error::NoCoordinates {
            what: "the places of new points",
            instead: "cluster the points with `fit`",
        })
    }
}
