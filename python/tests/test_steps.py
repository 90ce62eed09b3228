"""The post's functions give the post's numbers."""

import numpy as np
import pytest
from scipy.optimize import minimize
from sklearn import datasets

import fiedler


def test_the_data_are_those_of_scikit_learn_number_for_number():
    np.random.seed(1234)
    x, y = datasets.make_moons(200, shuffle=True, noise=0.05)
    ours = fiedler.blog_moons()
    np.testing.assert_allclose(ours[0], x, atol=1e-15)
    np.testing.assert_array_equal(ours[1], y)
    x, y = datasets.make_circles(100, noise=0.05, factor=0.5, random_state=7)
    ours = fiedler.circles(100, 0.05, 0.5, 7)
    np.testing.assert_allclose(ours[0], x, atol=1e-15)
    np.testing.assert_array_equal(ours[1], y)


def test_the_steps_say_what_numpy_says(moons):
    x, y = moons
    distances = np.linalg.norm(x[:, None] - x[None], axis=2)
    expected = (distances <= 0.4) & ~np.eye(len(x), dtype=bool)
    a = fiedler.similarity_matrix(x, 0.4)
    np.testing.assert_array_equal(a, expected)
    d = a.sum(axis=1)
    np.testing.assert_array_equal(fiedler.degrees(a), d)
    cut = a[y == 0][:, y == 1].sum()
    assert fiedler.cut(a, y) == cut == 13
    volumes = d[y == 0].sum(), d[y == 1].sum()
    assert fiedler.vols(a, y) == volumes
    assert fiedler.normcut(a, y) == pytest.approx(cut / volumes[0] + cut / volumes[1], rel=1e-15)
    z = fiedler.transform(a, y)
    quotient = z @ (np.diag(d) - a) @ z / (z @ (d * z))
    assert fiedler.rayleigh_quotient(a, z) == pytest.approx(quotient, rel=1e-12)
    assert quotient == pytest.approx(fiedler.normcut(a, y), rel=1e-12)


def test_scipy_minimises_our_objective_to_our_eigenvalue(moons):
    x, y = moons
    a = fiedler.similarity_matrix(x, 0.4)
    start = fiedler.transform(a, y)
    found = minimize(
        lambda z: fiedler.orth_obj(a, z),
        start,
        jac=lambda z: fiedler.orth_obj_gradient(a, z),
        method="L-BFGS-B",
        options={"ftol": 1e-15, "gtol": 1e-12},
    )
    value, vector, residual = fiedler.fiedler_vector(a)
    assert found.fun == pytest.approx(value, rel=1e-6)
    assert value == pytest.approx(0.005384412046144769, rel=1e-12)
    assert residual < 1e-12
    projected = fiedler.project(a, found.x)
    assert fiedler.agreement(fiedler.labels_by_sign(projected), fiedler.labels_by_sign(vector)) == 1.0


def test_all_together_beats_kmeans_on_moons(moons):
    x, y = moons
    assert fiedler.agreement(fiedler.spectral_clustering(x, 0.4), y) == 0.995
    assert fiedler.agreement(fiedler.kmeans(x, 2)[0], y) == 0.745


def test_labels_may_be_any_whole_numbers_numpy_has(path):
    for kind in ["int64", "int32", "uint8", "bool", "float64"]:
        assert fiedler.cut(path, np.array([0, 0, 1, 1], dtype=kind)) == pytest.approx(0.1)
    with pytest.raises(ValueError, match="whole numbers from 0"):
        fiedler.cut(path, [0.5, 0, 1, 1])
    with pytest.raises(ValueError, match="label of point 1 is -1"):
        fiedler.cut(path, [0, -1, 1, 1])
