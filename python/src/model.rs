//! A fitted model in a file: what Python saves the command and Rust read, and the other way round.

use crate::arrays::{self, Matrix};
use crate::work::run;
use fiedler::ndarray::{Ix1, Ix2};
use numpy::{IntoPyArray, PyArray};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use std::path::PathBuf;
use std::sync::Arc;

/// A fitted model, from a file or out of a pickle: it predicts what the saved one did, bit for bit.
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
pub(crate) struct Model {
    model: Arc<fiedler::estimator::Model>,
    threads: Option<usize>,
}

impl Model {
    pub(crate) fn new(model: fiedler::estimator::Model, threads: Option<usize>) -> Self {
        let model = Arc::new(model);
        Self { model, threads }
    }
}

#[pymethods]
impl Model {
    /// Reads a file that `SpectralClustering.save` wrote, or the crate's `Model::save`.
    #[staticmethod]
    fn load(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let model = run(py, None, move |_| fiedler::estimator::Model::load(path))?;
        Ok(Self::new(model, None))
    }

    /// Writes the file that `load` reads.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let model = Arc::clone(&self.model);
        run(py, self.threads, move |_| model.save(path))
    }

    /// Out of a pickle: the JSON of a file, and how many threads predict.
    #[staticmethod]
    fn from_json(json: &str, threads: Option<usize>) -> PyResult<Self> {
        let model = serde_json::from_str(json).map_err(in_json)?;
        Ok(Self::new(model, threads))
    }

    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let json = serde_json::to_string(&*self.model).map_err(in_json)?;
        let from_json = py.get_type::<Self>().getattr("from_json")?;
        Ok((from_json, (json, self.threads).into_pyobject(py)?))
    }

    /// The number of clusters.
    #[getter]
    fn n_clusters(&self) -> usize {
        self.model.clusters()
    }

    /// The number of coordinates that a point has.
    #[getter]
    fn n_features_in_(&self) -> usize {
        self.model.coordinates()
    }

    /// The labels of new points.
    fn predict<'py>(&self, py: Python<'py>, x: Matrix) -> PyResult<Bound<'py, PyArray<i64, Ix1>>> {
        let model = Arc::clone(&self.model);
        let labels = run(py, self.threads, move |_| model.predict(&x.0))?;
        Ok(arrays::labels(py, &labels))
    }

    /// The rows of the embedding at new points.
    fn embed<'py>(&self, py: Python<'py>, x: Matrix) -> PyResult<Bound<'py, PyArray<f64, Ix2>>> {
        let model = Arc::clone(&self.model);
        let rows = run(py, self.threads, move |_| model.embed(&x.0))?;
        Ok(rows.into_pyarray(py))
    }
}

fn in_json(error: serde_json::Error) -> PyErr {
    PyValueError::new_err(format!("the pickle holds no model: {error}"))
}
