//! A clustering that Python holds.

use crate::arrays::{self, Labels, Matrix, Vector};
use crate::choices::Choices;
use crate::model::Model;
use crate::work::{Stop, answer, run};
use fiedler::ndarray::{Array1, Array2, Ix1, Ix2};
use fiedler::{Clustering, Graph, SpectralClustering};
use numpy::{IntoPyArray, PyArray, ToPyArray};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use std::path::PathBuf;
use std::sync::Arc;

/// The answer of a fit, and what predicts.
#[pyclass(frozen, module = "fiedler._fiedler")]
pub(crate) struct Fitted {
    clustering: Arc<Clustering>,
    threads: Option<usize>,
}

/// Clusters the rows of `x`.
#[pyfunction]
pub(crate) fn fit_points(x: Matrix, choices: &Bound<'_, PyAny>) -> PyResult<Fitted> {
    fitted(choices, move |estimator, stop| {
        estimator.fit_watched(&x.0, |step| stop.watch(step))
    })
}

/// Clusters the vertices of the graph of a symmetric matrix.
#[pyfunction]
pub(crate) fn fit_matrix(a: Matrix, choices: &Bound<'_, PyAny>) -> PyResult<Fitted> {
    fitted(choices, move |estimator, stop| {
        fit_graph(estimator, &Graph::from_matrix(a.0)?, stop)
    })
}

/// Clusters the vertices of the graph of a symmetric matrix in compressed rows, as SciPy has them.
#[pyfunction]
pub(crate) fn fit_csr(
    indptr: Labels,
    indices: Labels,
    weights: Vector,
    choices: &Bound<'_, PyAny>,
) -> PyResult<Fitted> {
    fitted(choices, move |estimator, stop| {
        let [starts, columns] = [&indptr, &indices].map(|list| list.0.as_slice().unwrap_or(&[]));
        let weights = weights.0.as_slice().unwrap_or(&[]);
        fit_graph(estimator, &Graph::from_csr(starts, columns, weights)?, stop)
    })
}

/// Clusters the rows of `x` by the cosines of the angles between them: of all pairs, or of the nearest neighbours.
#[pyfunction]
pub(crate) fn fit_directions(x: Matrix, choices: &Bound<'_, PyAny>) -> PyResult<Fitted> {
    let asked: Choices = choices.extract()?;
    let neighbors = asked.near_directions(x.0.nrows());
    fitted(choices, move |estimator, stop| {
        let graph = match neighbors {
            Some(k) => Graph::cosine_on_nearest_neighbors(&x.0, k),
            None => Graph::cosine(&x.0),
        };
        fit_graph(estimator, &graph?, stop)
    })
}

fn fit_graph(
    estimator: &SpectralClustering,
    graph: &Graph,
    stop: &Stop,
) -> fiedler::Result<Clustering> {
    estimator.fit_graph_watched(graph, |step| stop.watch(step))
}

fn fitted(
    asked: &Bound<'_, PyAny>,
    work: impl FnOnce(&SpectralClustering, &Stop) -> fiedler::Result<Clustering> + Send + 'static,
) -> PyResult<Fitted> {
    let choices: Choices = asked.extract()?;
    let estimator = choices.estimator()?;
    let clustering = run(asked.py(), choices.threads, move |stop| {
        work(&estimator, stop)
    })?;
    Ok(Fitted {
        clustering: Arc::new(clustering),
        threads: choices.threads,
    })
}

#[pymethods]
impl Fitted {
    fn labels<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray<i64, Ix1>> {
        arrays::labels(py, &self.clustering.labels)
    }

    fn clusters(&self) -> usize {
        self.clustering.clusters
    }

    fn eigenvalues<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray<f64, Ix1>> {
        self.clustering.eigenvalues.to_pyarray(py)
    }

    fn embedding<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray<f64, Ix2>> {
        self.clustering.embedding.to_pyarray(py)
    }

    fn isolated(&self) -> Vec<usize> {
        self.clustering.isolated.clone()
    }

    /// What spoke for each number of clusters, where the eigengap said it.
    fn ranking(&self) -> Vec<(usize, f64)> {
        let ranking = self.clustering.report.ranking.iter();
        ranking.map(|one| (one.clusters, one.share)).collect()
    }

    /// What was done, in words.
    fn report(&self) -> String {
        self.clustering.report.to_string()
    }

    /// What the answer may be wrong in.
    fn warnings(&self) -> Vec<String> {
        let warnings = self.clustering.report.warnings.iter();
        warnings.map(ToString::to_string).collect()
    }

    fn certificate<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let found = &self.clustering.certificate;
        let fields = PyDict::new(py);
        fields.set_item("clusters", found.clusters)?;
        fields.set_item("normcut", found.normcut)?;
        fields.set_item("lower_bound", found.lower_bound)?;
        fields.set_item("ratio", found.ratio)?;
        fields.set_item("conductances", found.conductances.to_pyarray(py))?;
        fields.set_item("cheeger", found.cheeger)?;
        fields.set_item("eigenvalues", found.eigenvalues.to_pyarray(py))?;
        fields.set_item("eigengap", found.eigengap)?;
        fields.set_item("residuals", found.residuals.to_pyarray(py))?;
        fields.set_item("components", found.components)?;
        fields.set_item("text", found.to_string())?;
        Ok(fields)
    }

    fn characteristics<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let found = answer(self.clustering.characteristics())?;
        let fields = PyDict::new(py);
        fields.set_item("sizes", arrays::labels(py, &found.sizes))?;
        fields.set_item("centers", found.centers.to_pyarray(py))?;
        fields.set_item("within", found.within.to_pyarray(py))?;
        fields.set_item("volumes", found.volumes.to_pyarray(py))?;
        fields.set_item("cuts", found.cuts.to_pyarray(py))?;
        fields.set_item("conductances", found.conductances.to_pyarray(py))?;
        fields.set_item("total", found.total)?;
        fields.set_item("between", found.between)?;
        fields.set_item("ratio", found.ratio)?;
        fields.set_item("text", found.to_string())?;
        Ok(fields)
    }

    /// The similarity matrix of a graph that is kept whole.
    fn matrix<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyArray<f64, Ix2>>>> {
        let graph = &self.clustering.graph;
        if !graph.is_dense() {
            return Ok(None);
        }
        Ok(Some(answer(graph.matrix())?.into_pyarray(py)))
    }

    /// The similarity matrix in compressed rows: weights, columns, where the rows start.
    fn rows(&self, py: Python<'_>) -> PyResult<Rows> {
        let clustering = Arc::clone(&self.clustering);
        let (weights, columns, starts) =
            run(py, self.threads, move |_| compressed(&clustering.graph))?;
        Ok((
            weights.into_pyarray(py).unbind(),
            columns.into_pyarray(py).unbind(),
            starts.into_pyarray(py).unbind(),
        ))
    }

    /// A pickle holds the answers, and what predicts: nothing is fitted again.
    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let kept = py.import("fiedler._answers")?.getattr("Kept")?;
        let matrix = self.matrix(py)?;
        let rows = match matrix {
            Some(_) => None,
            None => Some(self.rows(py)?),
        };
        let model = answer(self.clustering.model());
        let model = model.and_then(|model| Py::new(py, Model::new(model.clone(), self.threads)));
        let (characteristics, model) = (self.characteristics(py), model);
        let answers = (
            matrix,
            rows,
            or_words(py, characteristics)?,
            or_words(py, model)?,
        );
        Ok((kept, answers.into_pyobject(py)?))
    }

    fn predict<'py>(&self, py: Python<'py>, x: Matrix) -> PyResult<Bound<'py, PyArray<i64, Ix1>>> {
        let clustering = Arc::clone(&self.clustering);
        let labels = run(py, self.threads, move |_| clustering.predict(&x.0))?;
        Ok(arrays::labels(py, &labels))
    }

    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let clustering = Arc::clone(&self.clustering);
        run(py, self.threads, move |_| clustering.model()?.save(path))
    }

    fn embed<'py>(&self, py: Python<'py>, x: Matrix) -> PyResult<Bound<'py, PyArray<f64, Ix2>>> {
        let clustering = Arc::clone(&self.clustering);
        let rows: Array2<f64> = run(py, self.threads, move |_| clustering.embed(&x.0))?;
        Ok(rows.into_pyarray(py))
    }
}

/// The answer, or the words of its refusal.
fn or_words<'py, T: IntoPyObject<'py>>(
    py: Python<'py>,
    answer: PyResult<T>,
) -> PyResult<Bound<'py, PyAny>> {
    match answer {
        Ok(answer) => answer.into_bound_py_any(py),
        Err(refusal) => refusal.value(py).str()?.into_bound_py_any(py),
    }
}

type Rows = (
    Py<PyArray<f64, Ix1>>,
    Py<PyArray<i64, Ix1>>,
    Py<PyArray<i64, Ix1>>,
);

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn compressed(graph: &Graph) -> fiedler::Result<(Array1<f64>, Array1<i64>, Array1<i64>)> {
    let (mut weights, mut columns, mut starts) = (Vec::new(), Vec::new(), vec![0]);
    for i in 0..graph.vertex_count() {
        for (j, weight) in graph.neighbors(i)? {
            columns.push(whole(j));
            weights.push(weight);
        }
        starts.push(whole(columns.len()));
    }
    Ok((weights.into(), columns.into(), starts.into()))
}
