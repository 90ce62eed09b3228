//! The estimator behind linfa's traits, so that it goes with linfa's datasets and metrics.

use super::{Clustering, SpectralClustering};
use crate::error::Error;
use crate::points::Points;
use linfa::DatasetBase;
use linfa::dataset::Records;
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, Array2, ArrayBase, Data, Ix2, s};
use std::borrow::Cow;
use std::fmt;

/// The label that linfa's `Predict`, which cannot say why, gives to points that [`Clustering::predict`] refuses.
pub const UNKNOWN: usize = usize::MAX;

/// What can go wrong behind linfa's traits, which ask for an error that linfa's own turn into. `{:?}` prints the message, as
/// that of [`Error`] does.
#[derive(thiserror::Error)]
pub enum FitError {
    /// An error of this crate.
    #[error(transparent)]
    Fiedler(#[from] Error),
    /// An error of linfa.
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
}

impl fmt::Debug for FitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Those of its records.
impl<R: Records + Points, T> Points for DatasetBase<R, T> {
    fn matrix(&self) -> crate::Result<Cow<'_, Array2<f64>>> {
        self.records.matrix()
    }
}

/// Of any records that are [`Points`].
impl<R: Records + Points, T> Fit<R, T, FitError> for SpectralClustering {
    type Object = Clustering;

    fn fit(&self, dataset: &DatasetBase<R, T>) -> Result<Clustering, FitError> {
        Ok(Self::fit(self, dataset)?)
    }
}

impl<D: Data<Elem = f64>> PredictInplace<ArrayBase<D, Ix2>, Array1<usize>> for Clustering {
    fn predict_inplace(&self, x: &ArrayBase<D, Ix2>, labels: &mut Array1<usize>) {
        // One refused point does not take the others' labels away.
        *labels = self.predict(&x.view()).unwrap_or_else(|_| {
            let one = |i: usize| self.predict(&x.slice(s![i..=i, ..]));
            (0..x.nrows())
                .map(|i| one(i).map_or(UNKNOWN, |label| label[0]))
                .collect()
        });
    }

    fn default_target(&self, x: &ArrayBase<D, Ix2>) -> Array1<usize> {
        Array1::from_elem(x.nrows(), UNKNOWN)
    }
}
