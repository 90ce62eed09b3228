"""The estimator: its answers, its choices, what it takes and keeps."""

import copy
import pickle
import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.metrics import adjusted_rand_score
from sklearn.utils.validation import check_is_fitted

import fiedler
from fiedler import ClusteringWarning, SpectralClustering


def test_a_fit_gives_all_its_answers(moons):
    x, y = moons
    found = SpectralClustering(2, n_neighbors=10).fit(x)
    check_is_fitted(found)
    assert adjusted_rand_score(found.labels_, y) > 0.95
    assert found.labels_.dtype == np.int64
    assert found.n_clusters_ == 2 and found.n_features_in_ == 2
    assert found.eigenvalues_.shape == (3,) and found.embedding_.shape == (200, 2)
    assert found.isolated_.shape == (0,)
    assert "nearest neighbours, k = 10" in found.report_
    np.testing.assert_array_equal(found.fit_predict(x), found.labels_)


def test_the_certificate_bounds_what_the_labels_cut(moons):
    found = SpectralClustering(affinity="epsilon", epsilon=0.4).fit(moons[0])
    certificate, a = found.certificate_, fiedler.similarity_matrix(moons[0], 0.4)
    assert certificate.normcut == pytest.approx(fiedler.normcut(a, found.labels_), rel=1e-12)
    assert certificate.lower_bound == pytest.approx(fiedler.fiedler_vector(a)[0], rel=1e-9)
    assert certificate.ratio == pytest.approx(certificate.normcut / certificate.lower_bound)
    assert certificate.is_optimal_within(certificate.ratio)
    assert not certificate.is_optimal_within(certificate.ratio * 0.999)
    assert str(certificate).startswith("clusters                  2  (the graph has 1 component(s))")
    assert (certificate.residuals < 1e-6).all()


def test_the_embedding_solves_the_equation_of_its_laplacian(moons):
    for laplacian in ["random_walk", "symmetric", "unnormalized"]:
        found = SpectralClustering(laplacian=laplacian, n_neighbors=10).fit(moons[0])
        a = found.affinity_matrix_.toarray()
        d = a.sum(axis=1)
        full = {
            "random_walk": np.eye(200) - a / d[:, None],
            "symmetric": np.eye(200) - a / np.sqrt(d[:, None] * d),
            "unnormalized": np.diag(d) - a,
        }[laplacian]
        for value, vector in zip(found.eigenvalues_, found.embedding_.T):
            np.testing.assert_allclose(full @ vector, value * vector, atol=1e-7)


def test_characteristics_are_those_of_the_clusters():
    x, y = fiedler.blobs(300, features=3, centers=3, spread=0.5, seed=1)
    found = SpectralClustering(3).fit(x)
    assert adjusted_rand_score(found.labels_, y) == 1.0
    characteristics = found.characteristics_
    for label in range(3):
        own = x[found.labels_ == label]
        assert characteristics.sizes[label] == len(own)
        np.testing.assert_allclose(characteristics.centers[label], own.mean(axis=0), rtol=1e-12)
        within = ((own - own.mean(axis=0)) ** 2).sum()
        assert characteristics.within[label] == pytest.approx(within, rel=1e-12)
    assert "between/total" in str(characteristics)


def test_auto_finds_the_number_of_clusters_or_says_that_it_cannot():
    corners = np.array([[0, 0], [0, 10], [10, 0], [10, 10]])
    x = np.vstack([corner + np.random.default_rng(0).normal(size=(60, 2)) for corner in corners])
    assert SpectralClustering("auto").fit(x).n_clusters_ == 4
    from sklearn.datasets import load_iris

    iris = SpectralClustering("auto", n_neighbors=10).fit(load_iris().data)
    assert iris.n_clusters_ == 2 and [k for k, _ in iris.ranking_][:2] == [2, 3]
    assert "by the gap   2 (100 %), next 3 (" in iris.report_
    assert SpectralClustering(2).fit(x).ranking_ == []
    line = np.arange(100.0)[:, None]
    with pytest.raises(ValueError, match="eigenvalues do not say how many clusters"):
        SpectralClustering("auto").fit(line)


@pytest.mark.parametrize("assign_labels", [None, "sign", "sweep", "kmeans", "discretize", "cluster_qr"])
def test_every_way_to_labels_follows_the_moons(moons, assign_labels):
    found = SpectralClustering(n_neighbors=10, assign_labels=assign_labels).fit(moons[0])
    assert adjusted_rand_score(found.labels_, moons[1]) > 0.85


AFFINITIES = {
    "nearest_neighbors": {},
    "mutual_nearest_neighbors": {"n_neighbors": 12},
    "rbf": {"gamma": 20.0},
    "rbf_nearest_neighbors": {"n_neighbors": 10},
    "epsilon": {"epsilon": 0.4},
    "local_scaling": {},
}


@pytest.mark.parametrize("affinity", AFFINITIES)
def test_every_affinity_follows_the_moons_and_predicts_its_own_points(moons, affinity):
    found = SpectralClustering(affinity=affinity, **AFFINITIES[affinity]).fit(moons[0])
    assert adjusted_rand_score(found.labels_, moons[1]) > 0.9
    np.testing.assert_array_equal(found.predict(moons[0]), found.labels_)
    a = found.affinity_matrix_
    assert isinstance(a, np.ndarray) == (affinity in ["rbf", "local_scaling"])
    assert abs(a - a.T).max() == 0


def test_new_points_go_to_the_moon_that_they_lie_on():
    x, _ = fiedler.moons(400, 0.05, seed=1)
    new, truth = fiedler.moons(200, 0.05, seed=2)
    found = SpectralClustering().fit(x)
    assert fiedler.agreement(found.predict(new), truth) == 1.0
    assert found.embed(new).shape == (200, 2)
    # Each alone goes where it goes in company.
    alone = [int(found.predict(point[None])[0]) for point in new[:20]]
    assert alone == found.predict(new)[:20].tolist()


def test_gamma_is_scikit_learns(moons):
    from sklearn.metrics.pairwise import rbf_kernel

    ours = SpectralClustering(affinity="rbf", gamma=3.0).fit(moons[0]).affinity_matrix_
    theirs = rbf_kernel(moons[0], gamma=3.0)
    np.fill_diagonal(theirs, 0)
    np.testing.assert_allclose(ours, theirs, rtol=1e-12)


def test_every_layout_and_type_of_the_same_numbers_gives_the_same_bits(moons):
    # Multiples of 1/1024 are the same in every type.
    x = np.round(moons[0] * 1024) / 1024
    expected = SpectralClustering(2).fit(x)
    wide = np.zeros((200, 4))
    wide[:, ::2] = x
    frozen = x.copy()
    frozen.flags.writeable = False
    frame = pd.DataFrame(x, columns=["east", "north"])
    same = [np.asfortranarray(x), wide[:, ::2], x[::-1][::-1], x.astype("float32"), x.astype(">f8"), frozen]
    for other in [*same, x.tolist(), frame, x.astype(object)]:
        found = SpectralClustering(2).fit(other)
        np.testing.assert_array_equal(found.labels_, expected.labels_)
        np.testing.assert_array_equal(found.embedding_, expected.embedding_)
        np.testing.assert_array_equal(found.predict(other), expected.labels_)
    assert SpectralClustering().fit(frame).feature_names_in_.tolist() == ["east", "north"]
    whole = SpectralClustering(2).fit((x * 1024).astype("int32"))
    np.testing.assert_array_equal(whole.labels_, expected.labels_)


def test_an_array_is_left_as_it_was_and_may_change_after(moons):
    x = moons[0].copy()
    found = SpectralClustering().fit(x)
    np.testing.assert_array_equal(x, moons[0])
    before = found.predict(moons[0])
    x[:] = 0
    np.testing.assert_array_equal(found.predict(moons[0]), before)


def test_the_same_seed_gives_the_same_labels_and_none_is_a_seed_too():
    x, _ = fiedler.blobs(300, centers=4, seed=3)
    fit = lambda state: SpectralClustering(4, random_state=state).fit(x).labels_  # noqa: E731
    np.testing.assert_array_equal(fit(None), fit(0))
    np.testing.assert_array_equal(fit(7), fit(7))
    np.testing.assert_array_equal(fit(np.random.RandomState(3)), fit(np.random.RandomState(3)))
    np.testing.assert_array_equal(fit(np.random.default_rng(3)), fit(np.random.default_rng(3)))


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda fit: pickle.loads(pickle.dumps(fit))])
def test_a_copy_and_a_pickle_answer_as_the_fit_does(moons, path, copied, tmp_path):
    new, _ = fiedler.moons(50, 0.1, seed=4)
    found = SpectralClustering(affinity="epsilon", epsilon=0.3).fit(moons[0])
    again = copied(found)
    np.testing.assert_array_equal(again.labels_, found.labels_)
    np.testing.assert_array_equal(again.predict(new), found.predict(new))
    np.testing.assert_array_equal(again.embed(new), found.embed(new))
    assert str(again.certificate_) == str(found.certificate_)
    assert str(again.characteristics_) == str(found.characteristics_)
    assert (again.affinity_matrix_ != found.affinity_matrix_).nnz == 0
    again.save(tmp_path / "again.json")
    np.testing.assert_array_equal(fiedler.Model.load(tmp_path / "again.json").embed(new), found.embed(new))
    np.testing.assert_array_equal(copied(again).embed(new), found.embed(new))
    graph = copied(SpectralClustering(affinity="precomputed").fit(path))
    np.testing.assert_array_equal(graph.affinity_matrix_, path)
    unfitted = copied(SpectralClustering(3))
    assert unfitted.n_clusters == 3


@pytest.mark.parametrize("affinity", AFFINITIES)
def test_what_comes_out_of_a_pickle_predicts_the_same_bits_and_was_not_fitted(moons, affinity):
    new, _ = fiedler.moons(200, 0.1, seed=4)
    found = SpectralClustering(affinity=affinity, **AFFINITIES[affinity], n_jobs=1).fit(moons[0])
    pickled = pickle.dumps(found)
    assert not any(name in pickled for name in [b"fit_points", b"fit_matrix", b"fit_csr"])
    again = pickle.loads(pickled)
    assert type(again._fitted).__name__ == "Kept"
    assert again.embed(new).tobytes() == found.embed(new).tobytes()
    np.testing.assert_array_equal(again.predict(new), found.predict(new))
    assert abs(again.affinity_matrix_ - found.affinity_matrix_).max() == 0
    # A fit in its place is a fit again.
    assert type(again.fit(moons[0])._fitted).__name__ == "Fitted"


def test_a_model_out_of_a_pickle_is_the_one_that_went_in(moons, path, tmp_path):
    found = SpectralClustering(3).fit(moons[0])
    found.save(tmp_path / "moons.json")
    model = fiedler.Model.load(tmp_path / "moons.json")
    again = pickle.loads(pickle.dumps(model))
    assert again.embed(moons[0]).tobytes() == model.embed(moons[0]).tobytes()
    with pytest.raises(ValueError, match="version 7"):
        fiedler.Model.from_json((tmp_path / "moons.json").read_text().replace('"version":1', '"version":7'), None)
    graph = pickle.loads(pickle.dumps(SpectralClustering(affinity="precomputed").fit(path)))
    assert not hasattr(graph, "characteristics_") and not hasattr(graph, "predict")


def test_the_embedding_has_as_many_columns_as_asked():
    x, y = fiedler.blobs(300, centers=3, spread=0.5, seed=1)
    found = SpectralClustering(3, n_components=5).fit(x)
    assert found.embedding_.shape == (300, 5) and found.n_clusters_ == 3
    assert adjusted_rand_score(found.labels_, y) == 1.0
    with pytest.raises(ValueError):
        SpectralClustering(3, n_components=301).fit(x)


def test_a_saved_model_answers_as_the_fit_does_and_another_file_is_refused(moons, tmp_path):
    path = tmp_path / "moons.json"
    found = SpectralClustering(3).fit(moons[0])
    found.save(path)
    model = fiedler.Model.load(path)
    new, _ = fiedler.moons(100, 0.1, seed=9)
    np.testing.assert_array_equal(model.predict(new), found.predict(new))
    np.testing.assert_array_equal(model.embed(new), found.embed(new))
    assert model.n_clusters == 3 and model.n_features_in_ == 2
    with pytest.raises(FileNotFoundError, match="nowhere"):
        fiedler.Model.load(tmp_path / "nowhere.json")
    path.write_text(path.read_text()[:100])
    with pytest.raises(ValueError, match="moons.json"):
        fiedler.Model.load(path)


def test_isolated_points_are_refused_or_labelled_as_asked():
    x = np.array([[0.0], [0.1], [0.2], [5.0], [5.1], [5.2], [50.0]])
    choices = {"affinity": "epsilon", "epsilon": 0.5}
    with pytest.raises(ValueError, match='isolated point.*6.*set `isolated` to "own_label"'):
        SpectralClustering(**choices).fit(x)
    own = SpectralClustering(**choices, isolated="own_label").fit(x)
    assert own.labels_.tolist() == [1, 1, 1, 0, 0, 0, 2] and own.isolated_.tolist() == [6]
    nearest = SpectralClustering(**choices, isolated="nearest_cluster").fit(x)
    assert nearest.labels_.tolist() == [1, 1, 1, 0, 0, 0, 0]


def test_a_cluster_of_outliers_is_warned_of(moons):
    x = np.vstack([moons[0], [[40.0, 40.0], [40.1, 40.0]]])
    with pytest.warns(ClusteringWarning, match="it may only be outliers"):
        SpectralClustering(2, n_neighbors=1).fit(x)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        SpectralClustering().fit(moons[0])


def test_what_was_not_fitted_says_so(moons):
    from sklearn.exceptions import NotFittedError

    for ask in ["predict", "embed"]:
        with pytest.raises(NotFittedError, match="not fitted yet"):
            getattr(SpectralClustering(), ask)(moons[0])
    for answer in ["affinity_matrix_", "characteristics_", "labels_"]:
        assert not hasattr(SpectralClustering(), answer)


def test_a_clone_has_the_choices_and_no_answer(moons):
    found = SpectralClustering(3, n_neighbors=5, assign_labels="cluster_qr").fit(moons[0])
    other = clone(found)
    assert other.get_params() == found.get_params()
    assert not hasattr(other, "labels_")
    assert repr(other) == "SpectralClustering(assign_labels='cluster_qr', n_clusters=3, n_neighbors=5)"
