//! The post's functions, one for one, and its data.

use crate::arrays::{Labels, Matrix, Vector, labels};
use crate::work::{answer, run};
use fiedler::data::{self, Data};
use fiedler::ndarray::{Array, Array1, Dimension, Ix1, Ix2};
use numpy::{IntoPyArray, PyArray};
use pyo3::prelude::*;

type Floats<'py> = Bound<'py, PyArray<f64, Ix1>>;
type Table<'py> = Bound<'py, PyArray<f64, Ix2>>;
type Whole<'py> = Bound<'py, PyArray<i64, Ix1>>;
type Points<'py> = (Table<'py>, Whole<'py>);

fn both(py: Python<'_>, data: Data) -> Points<'_> {
    (data.x.into_pyarray(py), labels(py, &data.y))
}

/// An array that the crate computes, while Python goes on.
fn array<D: Dimension + Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> fiedler::Result<Array<f64, D>> + Send + 'static,
) -> PyResult<Bound<'_, PyArray<f64, D>>> {
    Ok(run(py, None, |_| work())?.into_pyarray(py))
}

/// Labels that the crate finds, while Python goes on.
fn numbered(
    py: Python<'_>,
    work: impl FnOnce() -> fiedler::Result<Array1<usize>> + Send + 'static,
) -> PyResult<Whole<'_>> {
    Ok(labels(py, &run(py, None, |_| work())?))
}

/// The post's two moons: 200 points, one a row, and the moon of each.
///
/// The same numbers as `np.random.seed(1234); make_moons(200, shuffle=True, noise=0.05)`.
///
/// >>> from fiedler import blog_moons
/// >>> x, y = blog_moons()
/// >>> x.shape
/// (200, 2)
#[pyfunction]
pub(crate) fn blog_moons(py: Python<'_>) -> Points<'_> {
    both(py, data::blog_moons())
}

/// The post's two blobs: 200 points, one a row, and the blob of each.
///
/// >>> from fiedler import blog_blobs
/// >>> x, y = blog_blobs()
/// >>> int(y.sum())
/// 100
#[pyfunction]
pub(crate) fn blog_blobs(py: Python<'_>) -> Points<'_> {
    both(py, data::blog_blobs())
}

/// n points on two half circles, with normal noise: scikit-learn's `make_moons`, number for number.
///
/// >>> from fiedler import moons
/// >>> x, y = moons(100, noise=0.06, seed=0)
/// >>> x.shape, y.shape
/// ((100, 2), (100,))
#[pyfunction]
#[pyo3(signature = (n, noise=0.05, seed=0))]
pub(crate) fn moons(py: Python<'_>, n: usize, noise: f64, seed: u64) -> PyResult<Points<'_>> {
    Ok(both(py, answer(data::moons(n, noise, seed))?))
}

/// n points on two circles, the inner one `factor` times as large: scikit-learn's `make_circles`.
///
/// >>> from fiedler import circles
/// >>> circles(100, noise=0.05, factor=0.5, seed=0)[0].shape
/// (100, 2)
#[pyfunction]
#[pyo3(signature = (n, noise=0.05, factor=0.5, seed=0))]
pub(crate) fn circles(
    py: Python<'_>,
    n: usize,
    noise: f64,
    factor: f64,
    seed: u64,
) -> PyResult<Points<'_>> {
    Ok(both(py, answer(data::circles(n, noise, factor, seed))?))
}

/// n points on two arms that wind around each other.
///
/// >>> from fiedler import spirals
/// >>> spirals(100, turns=1.5, noise=0.1, seed=0)[0].shape
/// (100, 2)
#[pyfunction]
#[pyo3(signature = (n, turns=1.5, noise=0.1, seed=0))]
pub(crate) fn spirals(
    py: Python<'_>,
    n: usize,
    turns: f64,
    noise: f64,
    seed: u64,
) -> PyResult<Points<'_>> {
    Ok(both(py, answer(data::spirals(n, turns, noise, seed))?))
}

/// n points in normal blobs around random centres: scikit-learn's `make_blobs`.
///
/// >>> from fiedler import blobs
/// >>> blobs(90, features=4, centers=3, spread=1.0, seed=0)[0].shape
/// (90, 4)
#[pyfunction]
#[pyo3(signature = (n, features=2, centers=3, spread=1.0, seed=0))]
pub(crate) fn blobs(
    py: Python<'_>,
    n: usize,
    features: usize,
    centers: usize,
    spread: f64,
    seed: u64,
) -> PyResult<Points<'_>> {
    let found = data::blobs(n, features, centers, spread, seed);
    Ok(both(py, answer(found)?))
}

/// Step 1, k-means: labels, centres and inertia of k clusters around centres.
///
/// >>> from fiedler import kmeans
/// >>> labels, centers, inertia = kmeans([[0.0], [1.0], [9.0], [10.0]], 2)
/// >>> labels.tolist(), centers.ravel().tolist(), inertia
/// ([0, 0, 1, 1], [0.5, 9.5], 1.0)
#[pyfunction]
#[pyo3(signature = (x, k, seed=0))]
pub(crate) fn kmeans(
    py: Python<'_>,
    x: Matrix,
    k: usize,
    seed: u64,
) -> PyResult<(Whole<'_>, Table<'_>, f64)> {
    let found = run(py, None, move |_| fiedler::kmeans(&x.0, k, seed))?;
    let labels = labels(py, &found.labels);
    Ok((labels, found.centers.into_pyarray(py), found.inertia))
}

/// Step 2, the similarity matrix A: 1 where two points lie at most epsilon apart, 0 on the diagonal.
///
/// >>> from fiedler import similarity_matrix
/// >>> similarity_matrix([[0.0], [1.0], [3.0]], 1.5).tolist()
/// [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
#[pyfunction]
pub(crate) fn similarity_matrix(py: Python<'_>, x: Matrix, epsilon: f64) -> PyResult<Table<'_>> {
    array(py, move || fiedler::similarity_matrix(&x.0, epsilon))
}

/// The degrees d: the sum of each row of A.
///
/// >>> from fiedler import degrees
/// >>> degrees([[0, 1, 0], [1, 0, 1], [0, 1, 0]]).tolist()
/// [1.0, 2.0, 1.0]
#[pyfunction]
pub(crate) fn degrees(py: Python<'_>, a: Matrix) -> PyResult<Floats<'_>> {
    array(py, move || fiedler::degrees(&a.0))
}

/// The connected component of each point, numbered in order of first appearance.
///
/// >>> from fiedler import components
/// >>> components([[0, 1, 0], [1, 0, 0], [0, 0, 0]]).tolist()
/// [0, 0, 1]
#[pyfunction]
pub(crate) fn components(py: Python<'_>, a: Matrix) -> PyResult<Whole<'_>> {
    numbered(py, move || fiedler::components(&a.0))
}

/// Step 3, the cut: the weight of the edges between label 0 and label 1, each counted once.
///
/// The post's loop counts each edge twice, once from either end; its formula counts it once, as here.
///
/// >>> from fiedler import blog_moons, cut, similarity_matrix
/// >>> x, y = blog_moons()
/// >>> cut(similarity_matrix(x, 0.4), y)
/// 13.0
#[pyfunction]
pub(crate) fn cut(py: Python<'_>, a: Matrix, y: Labels) -> PyResult<f64> {
    run(py, None, move |_| fiedler::cut(&a.0, &y.0))
}

/// The volumes of label 0 and label 1: the sums of their degrees.
///
/// >>> from fiedler import vols
/// >>> vols([[0, 1, 0], [1, 0, 1], [0, 1, 0]], [0, 0, 1])
/// (3.0, 1.0)
#[pyfunction]
pub(crate) fn vols(py: Python<'_>, a: Matrix, y: Labels) -> PyResult<(f64, f64)> {
    run(py, None, move |_| fiedler::vols(&a.0, &y.0))
}

/// The normalised cut: cut/vol₀ + cut/vol₁.
///
/// >>> from fiedler import blog_moons, normcut, similarity_matrix
/// >>> x, y = blog_moons()
/// >>> round(normcut(similarity_matrix(x, 0.4), y), 7)
/// 0.0115184
#[pyfunction]
pub(crate) fn normcut(py: Python<'_>, a: Matrix, y: Labels) -> PyResult<f64> {
    run(py, None, move |_| fiedler::normcut(&a.0, &y.0))
}

/// Step 4, labels as a vector z: 1/vol₀ where the label is 0, −1/vol₁ where it is 1.
///
/// >>> from fiedler import transform
/// >>> transform([[0, 1, 0], [1, 0, 1], [0, 1, 0]], [0, 1, 1]).tolist()
/// [1.0, -0.3333333333333333, -0.3333333333333333]
#[pyfunction]
pub(crate) fn transform(py: Python<'_>, a: Matrix, y: Labels) -> PyResult<Floats<'_>> {
    array(py, move || fiedler::transform(&a.0, &y.0))
}

/// The normalised cut as a quotient: zᵀ(D − A)z / zᵀDz.
///
/// >>> from fiedler import normcut, rayleigh_quotient, transform
/// >>> a, y = [[0, 1, 0], [1, 0, 1], [0, 1, 0]], [0, 1, 1]
/// >>> abs(rayleigh_quotient(a, transform(a, y)) - normcut(a, y)) < 1e-15
/// True
#[pyfunction]
pub(crate) fn rayleigh_quotient(py: Python<'_>, a: Matrix, z: Vector) -> PyResult<f64> {
    run(py, None, move |_| fiedler::rayleigh_quotient(&a.0, &z.0))
}

/// The part of u along v, which the post takes away from z.
///
/// >>> from fiedler import orth
/// >>> orth([3.0, 1.0], [1.0, 1.0]).tolist()
/// [2.0, 2.0]
#[pyfunction]
pub(crate) fn orth(py: Python<'_>, u: Vector, v: Vector) -> PyResult<Floats<'_>> {
    array(py, move || fiedler::orth(&u.0, &v.0))
}

/// z without its part along d.
///
/// >>> from fiedler import project
/// >>> project([[0, 1, 0], [1, 0, 1], [0, 1, 0]], [1.0, 2.0, 4.0]).round(12).tolist()
/// [-0.5, -1.0, 2.5]
#[pyfunction]
pub(crate) fn project(py: Python<'_>, a: Matrix, z: Vector) -> PyResult<Floats<'_>> {
    array(py, move || fiedler::project(&a.0, &z.0))
}

/// Step 5, what is minimised over all z: the quotient of z without its part along d.
///
/// `scipy.optimize.minimize(lambda z: orth_obj(a, z), z, jac=lambda z: orth_obj_gradient(a, z))` finds the second
/// eigenvalue.
///
/// >>> from fiedler import blog_moons, fiedler_vector, orth_obj, similarity_matrix
/// >>> a = similarity_matrix(blog_moons()[0], 0.4)
/// >>> value, vector, _ = fiedler_vector(a)
/// >>> abs(orth_obj(a, vector) - value) < 1e-12
/// True
#[pyfunction]
pub(crate) fn orth_obj(py: Python<'_>, a: Matrix, z: Vector) -> PyResult<f64> {
    run(py, None, move |_| fiedler::orth_obj(&a.0, &z.0))
}

/// The gradient of `orth_obj`.
///
/// >>> import numpy as np
/// >>> from fiedler import blog_moons, fiedler_vector, orth_obj_gradient, similarity_matrix
/// >>> a = similarity_matrix(blog_moons()[0], 0.4)
/// >>> bool(np.abs(orth_obj_gradient(a, fiedler_vector(a)[1])).max() < 1e-10)
/// True
#[pyfunction]
pub(crate) fn orth_obj_gradient(py: Python<'_>, a: Matrix, z: Vector) -> PyResult<Floats<'_>> {
    array(py, move || fiedler::orth_obj_gradient(&a.0, &z.0))
}

/// Step 6, the second eigenvalue, its vector, and how far the two are from solving the equation.
///
/// >>> from fiedler import blog_moons, fiedler_vector, similarity_matrix
/// >>> value, vector, residual = fiedler_vector(similarity_matrix(blog_moons()[0], 0.4))
/// >>> round(value, 6), vector.shape, residual < 1e-12
/// (0.005384, (200,), True)
#[pyfunction]
pub(crate) fn fiedler_vector(py: Python<'_>, a: Matrix) -> PyResult<(f64, Floats<'_>, f64)> {
    let found = run(py, None, move |_| fiedler::fiedler_vector(&a.0))?;
    Ok((found.value, found.vector.into_pyarray(py), found.residual))
}

/// The label 1 where z is positive, 0 elsewhere.
///
/// >>> from fiedler import labels_by_sign
/// >>> labels_by_sign([0.5, -0.5, 1e-17]).tolist()
/// [1, 0, 0]
#[pyfunction]
pub(crate) fn labels_by_sign(py: Python<'_>, z: Vector) -> PyResult<Whole<'_>> {
    Ok(labels(py, &answer(fiedler::labels_by_sign(&z.0))?))
}

/// Step 7, all together: two clusters of points that lie at most epsilon apart, the label of each point.
///
/// >>> from fiedler import agreement, blog_moons, spectral_clustering
/// >>> x, y = blog_moons()
/// >>> agreement(spectral_clustering(x, 0.4), y)
/// 0.995
#[pyfunction]
pub(crate) fn spectral_clustering(py: Python<'_>, x: Matrix, epsilon: f64) -> PyResult<Whole<'_>> {
    numbered(py, move || fiedler::spectral_clustering(&x.0, epsilon))
}

/// The share of points on which two splits in two agree, whatever the clusters are called.
///
/// >>> from fiedler import agreement
/// >>> agreement([0, 0, 1, 1], [1, 1, 0, 1])
/// 0.75
#[pyfunction]
pub(crate) fn agreement(labels: Labels, truth: Labels) -> PyResult<f64> {
    answer(fiedler::agreement(&labels.0, &truth.0))
}

/// How far two labellings agree beyond chance: 1 where they are the same but for names, about 0 where by chance.
///
/// >>> from fiedler import adjusted_rand_index
/// >>> adjusted_rand_index([0, 0, 1, 1], [1, 1, 0, 0])
/// 1.0
#[pyfunction]
pub(crate) fn adjusted_rand_index(labels: Labels, truth: Labels) -> PyResult<f64> {
    answer(fiedler::adjusted_rand_index(&labels.0, &truth.0))
}
