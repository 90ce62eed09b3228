"""Graphs that are given: dense, sparse, distances, functions."""

import numpy as np
import pytest
from scipy import sparse
from sklearn.cluster import SpectralClustering as Theirs
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.pairwise import cosine_similarity, rbf_kernel
from sklearn.neighbors import kneighbors_graph

import fiedler
from fiedler import SpectralClustering

FORMATS = ["csr", "csc", "coo", "lil", "dok"]


def given(a, **choices):
    return SpectralClustering(affinity="precomputed", **choices).fit(a)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("container", [sparse.csr_matrix, sparse.csr_array])
def test_a_sparse_matrix_in_any_format_is_the_dense_one(moons, form, container):
    a = fiedler.similarity_matrix(moons[0], 0.4)
    dense, thin = given(a), given(container(a).asformat(form))
    np.testing.assert_array_equal(dense.labels_, thin.labels_)
    np.testing.assert_allclose(dense.eigenvalues_, thin.eigenvalues_, atol=1e-12)
    assert (thin.affinity_matrix_ != sparse.csr_matrix(a)).nnz == 0
    np.testing.assert_array_equal(dense.affinity_matrix_, a)


def test_random_graphs_have_one_answer_dense_and_sparse():
    rng = np.random.default_rng(0)
    for n in [5, 20, 60]:
        a = rng.uniform(0.1, 1.0, (n, n)) * (rng.uniform(size=(n, n)) < 0.6)
        a = a + a.T + 0.01
        np.fill_diagonal(a, 0)
        dense, thin = given(a), given(sparse.coo_matrix(a))
        np.testing.assert_array_equal(dense.labels_, thin.labels_)
        assert dense.certificate_.normcut == pytest.approx(fiedler.normcut(a, dense.labels_), rel=1e-12)


def test_entries_that_stand_twice_are_summed_and_zeros_dropped():
    ends = np.array([0, 1, 0, 1, 1, 2, 0, 2]), np.array([1, 0, 1, 0, 2, 1, 2, 0])
    weights = np.array([0.5, 0.5, 0.5, 0.5, 0.2, 0.2, 0.0, 0.0])
    found = given(sparse.coo_matrix((weights, ends), shape=(3, 3)))
    assert found.affinity_matrix_.toarray().tolist() == [[0, 1, 0], [1, 0, 0.2], [0, 0.2, 0]]


def test_kernels_that_are_symmetric_but_for_rounding_are_taken(moons):
    kernel = rbf_kernel(moons[0], gamma=20)
    kernel[0, 1] *= 1 + 1e-15
    assert fiedler.agreement(given(kernel).labels_, moons[1]) > 0.95
    assert fiedler.agreement(given(sparse.csr_matrix(kernel)).labels_, moons[1]) > 0.95


def test_a_function_makes_the_graph():
    angles = np.r_[np.linspace(0, 0.5, 30), np.linspace(1.0, 1.5, 30)]
    rays = np.linspace(1, 10, 60)[:, None] * np.c_[np.cos(angles), np.sin(angles)]
    found = SpectralClustering(affinity=lambda x: cosine_similarity(x) ** 50).fit(rays)
    assert found.labels_.tolist() == [0] * 30 + [1] * 30 or found.labels_.tolist() == [1] * 30 + [0] * 30
    thin = SpectralClustering(affinity=lambda x: kneighbors_graph(x, 5, mode="connectivity").maximum(0))
    with pytest.raises(ValueError, match="not symmetric"):
        thin.fit(rays)


def test_the_cosine_by_its_name_is_scikit_learns_where_it_is_positive():
    x = np.random.default_rng(1).normal(size=(40, 3))
    whole = SpectralClustering(affinity="cosine").fit(x)
    theirs = cosine_similarity(x).clip(0, None)
    np.fill_diagonal(theirs, 0)
    np.testing.assert_allclose(whole.affinity_matrix_, theirs, atol=1e-15)
    same = SpectralClustering(affinity=lambda x: theirs).fit(x)
    np.testing.assert_array_equal(whole.labels_, same.labels_)
    near = SpectralClustering(affinity="cosine_nearest_neighbors", n_neighbors=8).fit(x).affinity_matrix_
    assert sparse.issparse(near) and near.nnz < 40 * 39
    assert ((near != 0).sum(axis=1) >= 8).all()
    assert abs(near - sparse.csr_matrix(theirs).multiply(near != 0)).max() < 1e-15
    rows, columns = np.array([row.argsort()[-8:] for row in theirs]), np.arange(40)[:, None]
    assert (near.toarray()[columns, rows] > 0).all()
    with pytest.raises(ValueError, match="row 3"):
        SpectralClustering(affinity="cosine").fit(np.where(np.arange(40)[:, None] == 3, 0.0, x))


def test_distances_to_neighbours_make_the_graph_of_nearest_neighbours(moons):
    distances = kneighbors_graph(moons[0], 15, mode="distance")
    found = SpectralClustering(affinity="precomputed_nearest_neighbors", n_neighbors=10).fit(distances)
    ours = SpectralClustering(n_neighbors=10).fit(moons[0])
    assert (found.affinity_matrix_ != ours.affinity_matrix_).nnz == 0
    np.testing.assert_array_equal(found.labels_, ours.labels_)
    all_stored = SpectralClustering(affinity="precomputed_nearest_neighbors").fit(distances)
    assert all_stored.affinity_matrix_.nnz > found.affinity_matrix_.nnz
    with pytest.raises(ValueError, match="16 neighbours are asked for, but row 0 has the distances to 15 others"):
        SpectralClustering(affinity="precomputed_nearest_neighbors", n_neighbors=16).fit(distances)


def test_the_graph_is_scikit_learns_but_for_the_point_itself(moons):
    # Theirs counts a point among its own neighbours, and joins it to itself.
    theirs = Theirs(2, affinity="nearest_neighbors", n_neighbors=11).fit(moons[0]).affinity_matrix_.tolil()
    theirs.setdiag(0)
    ours = SpectralClustering(n_neighbors=10).fit(moons[0]).affinity_matrix_
    assert abs(ours - theirs.tocsr()).max() == 0


def test_a_given_graph_has_no_new_points_and_no_centres(path):
    for found in [given(path), SpectralClustering(affinity=cosine_similarity), SpectralClustering(affinity="cosine")]:
        assert not any(hasattr(found, method) for method in ["predict", "embed", "save"])
        with pytest.raises(ValueError, match="a graph alone has none"):
            found.predict(path)
    assert not hasattr(given(path), "characteristics_")
    with pytest.raises(AttributeError, match="a graph alone has none"):
        given(path).characteristics_  # noqa: B018


@pytest.mark.parametrize("container", [np.asarray, sparse.csr_matrix])
def test_a_matrix_that_is_no_graph_is_refused_by_the_entry(path, container):
    def changed(row, column, value):
        a = path.copy()
        a[row, column] = value
        return container(a)

    for value, words in [(np.nan, "row 1, column 2 is NaN"), (np.inf, "row 1, column 2 is inf")]:
        with pytest.raises(ValueError, match=words):
            given(changed(1, 2, value))
    with pytest.raises(ValueError, match="row 1, column 2 is -1.0; similarities must be 0 or more"):
        given(changed(1, 2, -1.0))
    with pytest.raises(ValueError, match=r"not symmetric.*\(1, 2\).*\(2, 1\)"):
        given(changed(1, 2, 0.5))
    with pytest.raises(ValueError, match="4 rows and 3 columns; it must be square"):
        given(container(path[:, :3]))
    with pytest.raises(ValueError, match="no edge"):
        given(container(np.zeros((4, 4))))


def test_moons_circles_and_blobs_are_found_at_least_as_well_as_by_scikit_learn():
    data = {
        "moons": (*fiedler.moons(500, 0.05, seed=1), 2),
        "circles": (*fiedler.circles(500, 0.05, 0.5, seed=2), 2),
        "blobs": (*fiedler.blobs(500, centers=4, spread=0.6, seed=3), 4),
    }
    for name, (x, y, k) in data.items():
        ours = SpectralClustering(k, n_neighbors=9).fit(x)
        theirs = Theirs(k, affinity="nearest_neighbors", n_neighbors=10, random_state=0).fit(x)
        score = adjusted_rand_score(y, ours.labels_)
        assert score > 0.97, name
        assert score >= adjusted_rand_score(y, theirs.labels_) - 0.01, name
        same = given(0.5 * (theirs.affinity_matrix_ + theirs.affinity_matrix_.T), n_clusters=k)
        assert adjusted_rand_score(y, same.labels_) > 0.97, name
