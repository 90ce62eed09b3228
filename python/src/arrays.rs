//! Arrays from Python, checked for what NumPy would let pass in silence, and arrays to Python.

use fiedler::ndarray::{Array, Array1, Array2, Dimension, Ix1, Ix2};
use numpy::{Element, IntoPyArray, PyArray, PyArrayMethods, PyReadonlyArray};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Numbers of NumPy's kinds that mean what they say as f64.
const NUMBERS: &str = "biuf";

/// A matrix: anything that NumPy makes one of.
pub(crate) struct Matrix(pub(crate) Array2<f64>);
/// A vector.
pub(crate) struct Vector(pub(crate) Array1<f64>);
/// Labels: whole numbers from 0.
pub(crate) struct Labels(pub(crate) Array1<usize>);

impl FromPyObject<'_, '_> for Matrix {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        floats::<Ix2>(&object, "a matrix: rows of equally many numbers").map(Self)
    }
}

impl FromPyObject<'_, '_> for Vector {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        floats::<Ix1>(&object, "a vector: one list of numbers").map(Self)
    }
}

impl FromPyObject<'_, '_> for Labels {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let wanted = "a vector of labels: whole numbers from 0";
        let array = as_array(&object, wanted)?;
        if !"biu".contains(&kind(&array)?) {
            let floats = floats::<Ix1>(&object, wanted)?;
            let whole = floats.iter().all(|label| label.fract() == 0.0);
            if !whole {
                return Err(PyValueError::new_err(format!("expected {wanted}")));
            }
        }
        let numbers = of_type::<i64, Ix1>(&array, "int64", wanted)?;
        let label = |(point, &label): (usize, &i64)| {
            usize::try_from(label).map_err(|_| {
                PyValueError::new_err(format!(
                    "the label of point {point} is {label}; number the clusters 0, 1, 2, …"
                ))
            })
        };
        let labels: PyResult<Vec<usize>> = numbers.iter().enumerate().map(label).collect();
        Ok(Self(labels?.into()))
    }
}

/// One copy, in C order.
fn floats<D: Dimension>(object: &Bound<'_, PyAny>, wanted: &str) -> PyResult<Array<f64, D>> {
    if let Ok(array) = object.extract::<PyReadonlyArray<'_, f64, D>>() {
        return Ok(array.to_owned_array());
    }
    let array = as_array(object, wanted)?;
    let kind = kind(&array)?;
    if kind == "c" {
        return Err(PyValueError::new_err(
            "Complex data not supported: a similarity or a coordinate is a real number",
        ));
    }
    // Objects may be numbers: NumPy tries.
    if !NUMBERS.contains(&kind) && kind != "O" {
        return Err(PyValueError::new_err(format!(
            "expected {wanted}, and these are of the type {}",
            array.getattr("dtype")?
        )));
    }
    of_type(&array, "float64", wanted)
}

fn kind(array: &Bound<'_, PyAny>) -> PyResult<String> {
    array.getattr("dtype")?.getattr("kind")?.extract()
}

fn as_array<'py>(object: &Bound<'py, PyAny>, wanted: &str) -> PyResult<Bound<'py, PyAny>> {
    if object.hasattr("tocsr")? {
        return Err(PyTypeError::new_err(format!(
            "expected {wanted}, but this is a sparse matrix: `.toarray()` makes it a dense one"
        )));
    }
    let numpy = object.py().import("numpy")?;
    numpy.call_method1("asarray", (object,)).map_err(|error| {
        // Rows of different lengths.
        PyValueError::new_err(format!("expected {wanted}; NumPy says: {error}"))
    })
}

fn of_type<T: Element + Clone, D: Dimension>(
    array: &Bound<'_, PyAny>,
    name: &str,
    wanted: &str,
) -> PyResult<Array<T, D>> {
    let options = PyDict::new(array.py());
    options.set_item("copy", false)?;
    options.set_item("order", "C")?;
    let typed = array.call_method("astype", (name,), Some(&options))?;
    let typed = typed.extract::<PyReadonlyArray<'_, T, D>>().map_err(|_| {
        let dimensions = array.getattr("ndim").map(|number| number.to_string());
        PyValueError::new_err(format!(
            "expected {wanted}, and this has {} dimension(s). Reshape your data",
            dimensions.unwrap_or_default()
        ))
    })?;
    Ok(typed.to_owned_array())
}

/// Labels as NumPy and scikit-learn keep them.
pub(crate) fn labels<'py>(
    py: Python<'py>,
    labels: &Array1<usize>,
) -> Bound<'py, PyArray<i64, Ix1>> {
    labels
        .mapv(|label| i64::try_from(label).unwrap_or(i64::MAX))
        .into_pyarray(py)
}
