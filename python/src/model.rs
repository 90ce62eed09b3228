//! A fitted model in a file: what Python saves the command and Rust read, and the other way round.

use crate::arrays::{self, Matrix};
use crate::work::run;
use fiedler::ndarray::{Ix1, Ix2};
use numpy::{IntoPyArray, PyArray};
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

/// A fitted model that was read from a file: it predicts what the saved one did, bit for bit.
///
/// >>> import os, tempfile
/// >>> from fiedler import Model, SpectralClustering, moons
/// >>> clustering = SpectralClustering().fit(moons(200, seed=0)[0])
/// >>> with tempfile.TemporaryDirectory() as folder:
/// ...     path = os.path.join(folder, "moons.json")
/// ...     clustering.save(path)
/// ...     model = Model.load(path)
/// >>> new, _ = moons(50, seed=1)
/// >>> bool((model.predict(new) == clustering.predict(new)).all())
/// True
#[pyclass(frozen, module = "fiedler._fiedler")]
pub(crate) struct Model(Arc<fiedler::estimator::Model>);

#[pymethods]
impl Model {
    /// Reads a file that `SpectralClustering.save` wrote, or the crate's `Model::save`.
    #[staticmethod]
    fn load(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let model = run(py, None, move |_| fiedler::estimator::Model::load(path))?;
        Ok(Self(Arc::new(model)))
    }

    /// The number of clusters.
    #[getter]
    fn n_clusters(&self) -> usize {
        self.0.clusters()
    }

    /// The number of coordinates that a point has.
    #[getter]
    fn n_features_in_(&self) -> usize {
        self.0.coordinates()
    }

    /// The labels of new points.
    fn predict<'py>(&self, py: Python<'py>, x: Matrix) -> PyResult<Bound<'py, PyArray<i64, Ix1>>> {
        let model = Arc::clone(&self.0);
        let labels = run(py, None, move |_| model.predict(&x.0))?;
        Ok(arrays::labels(py, &labels))
    }

    /// The rows of the embedding at new points.
    fn embed<'py>(&self, py: Python<'py>, x: Matrix) -> PyResult<Bound<'py, PyArray<f64, Ix2>>> {
        let model = Arc::clone(&self.0);
        let rows = run(py, None, move |_| model.embed(&x.0))?;
        Ok(rows.into_pyarray(py))
    }
}
