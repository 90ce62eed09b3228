//! Cut, volumes and normalised cut of any number of clusters.

use super::Graph;
use crate::error::{Error, Result};
use crate::guard;
use ndarray::Array1;

impl Graph {
    /// The weight of all edges between different clusters of `labels`, each edge counted once.
    ///
    /// # Errors
    /// [`Error::Length`], [`Error::Label`], [`Error::MissingLabel`] for labels that are not 0, 1, …, k − 1.
    ///
    /// # Source
    /// J. Shi & J. Malik (2000), §2, eq. (1), for two clusters.
    pub fn cut(&self, labels: &Array1<usize>) -> Result<f64> {
        Ok(self.cuts_and_volumes(labels)?.0.sum() / 2.0)
    }

    /// The cut of each cluster: the weight of the edges that leave it, cut(C, V∖C).
    ///
    /// # Errors
    /// As [`Graph::cut`].
    pub fn cuts(&self, labels: &Array1<usize>) -> Result<Array1<f64>> {
        Ok(self.cuts_and_volumes(labels)?.0)
    }

    /// The volume of each cluster: the sum of its degrees.
    ///
    /// # Errors
    /// As [`Graph::cut`].
    pub fn vols(&self, labels: &Array1<usize>) -> Result<Array1<f64>> {
        Ok(self.cuts_and_volumes(labels)?.1)
    }

    /// The normalised cut into any number of clusters, Σ_c cut(C, V∖C)/vol(C). For two clusters it is that of
    /// [`crate::normcut`]; for k it lies between 0 and k.
    ///
    /// ```
    /// use fiedler::{Graph, data::blog_moons};
    /// let moons = blog_moons();
    /// let normcut = Graph::epsilon(&moons.x, 0.4)?.normcut(&moons.y)?;
    /// assert!((normcut - 0.011518412331615225).abs() < 1e-15);
    /// # Ok::<(), fiedler::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Graph::cut`], and [`Error::EmptyCluster`] where a volume is 0.
    ///
    /// # Source
    /// S. X. Yu & J. Shi, "Multiclass spectral clustering", ICCV 2003, §2; U. von Luxburg (2007), §5, eq. (5).
    pub fn normcut(&self, labels: &Array1<usize>) -> Result<f64> {
        let (cuts, volumes) = self.cuts_and_positive_volumes(labels)?;
        Ok((cuts / volumes).sum())
    }

    /// Cuts, and volumes that can be divided by.
    pub(crate) fn cuts_and_positive_volumes(
        &self,
        labels: &Array1<usize>,
    ) -> Result<(Array1<f64>, Array1<f64>)> {
        let (cuts, volumes) = self.cuts_and_volumes(labels)?;
        match volumes.iter().position(|&volume| volume == 0.0) {
            Some(_) if self.volume() == 0.0 => Err(Error::no_edges()),
            Some(label) => Err(Error::EmptyCluster { label }),
            None => Ok((cuts, volumes)),
        }
    }

    fn cuts_and_volumes(&self, labels: &Array1<usize>) -> Result<(Array1<f64>, Array1<f64>)> {
        let (labels, k) = guard::labels(labels, self.vertex_count())?;
        Ok(self.edges().cuts_and_volumes(&labels, k))
    }
}
