"""What is refused, and in whose words: always a ValueError, never a panic, and in Python's names."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

import fiedler
from fiedler import SpectralClustering, _fiedler

CHOICES = {
    "n_clusters": [0, -1, 2.0, "two", None, True, 201],
    "affinity": ["gaussian", "", None, 3],
    "n_neighbors": [0, -3, 1.5, "7", 200],
    "n_components": [0, 1.5, "3"],
    "epsilon": [-1.0, float("nan"), float("inf"), "wide"],
    "gamma": [0, -1.0, float("nan"), float("inf"), "auto", 1e300],
    "assign_labels": ["signs", 3],
    "laplacian": ["normalised", None],
    "embedding": ["all", None],
    "isolated": ["drop", None],
    "max_clusters": [0, 2.5],
    "eigen_solver": ["arpack", None],
    "eigen_tol": [0, -1e-8, float("nan"), "small"],
    "random_state": [-1, "seed", 1.5],
    "n_jobs": [0, -2, 1.5],
}
#: With which other choice each is looked at.
NEEDS = {
    "epsilon": {"affinity": "epsilon"},
    "gamma": {"affinity": "rbf"},
    "max_clusters": {"n_clusters": "auto"},
}


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_that_cannot_be_is_refused_by_its_name(moons, name):
    for value in CHOICES[name]:
        with pytest.raises(ValueError) as refusal:
            SpectralClustering(**{**NEEDS.get(name, {}), name: value}).fit(moons[0])
        known = {"n_clusters": "cluster", "n_neighbors": "neighbour", "eigen_tol": "tolerance"}
        message = str(refusal.value)
        assert name in message or known.get(name, name) in message, (name, value, message)


def test_every_choice_is_tried():
    assert set(CHOICES) == set(SpectralClustering().get_params())


DATA = {
    "no points": (np.zeros((0, 2)), "0 sample"),
    "one point": (np.zeros((1, 2)), "1 sample"),
    "no columns": (np.zeros((3, 0)), "0 feature"),
    "a vector": (np.zeros(3), "Reshape your data"),
    "three dimensions": (np.zeros((3, 3, 3)), "dim"),
    "ragged rows": ([[1, 2], [3]], "inhomogeneous"),
    "words": ([["a", "b"], ["c", "d"]], "could not convert"),
    "a complex number": (np.ones((4, 2)) * 1j, "Complex data not supported"),
    "not a number": (np.array([[0.0, 1], [np.nan, 2], [3, 4]]), "row 1, column 0 is NaN"),
    "infinite": (np.array([[0.0, 1], [1, -np.inf], [3, 4]]), "row 1, column 1 is -inf"),
    "sparse points": (sparse.eye(5, format="csr"), "[Ss]parse"),
    "equal points": (np.ones((10, 2)), "equal"),
    "nothing": (None, "got scalar"),
    "numbers at the end of f64": (np.array([[1e308], [-1e308], [0.0], [1.0]]), "second eigenvalue.*is repeated"),
}


@pytest.mark.parametrize("what", DATA)
def test_points_that_cannot_be_clustered_are_refused_with_the_reason(what):
    x, words = DATA[what]
    with pytest.raises((ValueError, TypeError), match=words):
        SpectralClustering().fit(x)


def test_new_points_must_be_like_the_old(moons):
    found = SpectralClustering().fit(moons[0])
    for new, words in [
        (np.zeros((3, 3)), "X has 3 features, but SpectralClustering is expecting 2 features"),
        ([[0.0, np.nan]], "row 0, column 1 is NaN"),
        ([0.0, 0.0], "Reshape your data"),
    ]:
        with pytest.raises(ValueError, match=words):
            found.predict(new)
    by_distance = SpectralClustering(affinity="epsilon", epsilon=0.4).fit(moons[0])
    with pytest.raises(ValueError, match='drop them, or set `isolated` to "nearest_cluster"'):
        by_distance.predict([[100.0, 100.0]])


def test_the_steps_refuse_what_the_crate_refuses(path):
    refused = [
        (fiedler.similarity_matrix, ([[0.0], [1.0]], -1.0), "epsilon"),
        (fiedler.similarity_matrix, ([[0.0], [np.nan]], 1.0), "row 1, column 0"),
        (fiedler.cut, (path, [0, 1]), "labels"),
        (fiedler.cut, (path[:3], [0, 1, 1]), "square"),
        (fiedler.vols, (path, [0, 0, 0, 0]), "two different|exactly two"),
        (fiedler.normcut, (path + np.triu(path), [0, 0, 1, 1]), "symmetric"),
        (fiedler.transform, (-path, [0, 0, 1, 1]), "0 or more"),
        (fiedler.orth_obj, (path, path.sum(axis=1)), "multiple of d"),
        (fiedler.fiedler_vector, (np.ones((4, 4)) - np.eye(4),), "equally similar|look alike|repeated"),
        (fiedler.kmeans, ([[0.0]], 2), "2 clusters"),
        (fiedler.agreement, ([0, 1], [0, 1, 1]), "labels"),
        (fiedler.cut, (sparse.eye(4), [0, 0, 1, 1]), "toarray"),
        (fiedler.moons, (10, -1.0), "noise"),
    ]
    for function, arguments, words in refused:
        with pytest.raises((ValueError, TypeError), match=words):
            function(*arguments)


def test_whatever_small_data_are_given_the_answer_is_labels_or_a_value_error():
    rng = np.random.default_rng(1)
    sizes = itertools.product([2, 3, 4, 7, 12], [1, 2, 5])
    answered = 0
    for (n, p), scale in itertools.product(sizes, [1e-160, 1.0, 1e160]):
        for x in [rng.normal(size=(n, p)) * scale, rng.integers(0, 2, size=(n, p)) * scale]:
            for k, affinity in itertools.product([1, 2, n], ["nearest_neighbors", "rbf", "epsilon", "local_scaling"]):
                try:
                    labels = SpectralClustering(k, affinity=affinity, isolated="own_label").fit(x).labels_
                except ValueError as refusal:
                    assert "::" not in str(refusal)
                else:
                    answered += 1
                    assert labels.shape == (n,) and labels.min() == 0
    assert answered > 300


def test_every_rust_name_in_a_message_has_its_name_in_python():
    """Of the messages that a fit or a step can end with."""
    root = Path(__file__).parents[2] / "src"
    if not root.is_dir():
        pytest.skip("the crate's source is not beside the tests")
    heard = [root / "error.rs", root / "error/words.rs", root / "beyond/advice.rs", *root.glob("beyond/estimator/*.rs")]
    lines = (line for file in heard for line in file.read_text().splitlines() if not line.strip().startswith("//"))
    names = {name for line in lines if '"' in line for name in re.findall(r"`\w+::\w+`(?: by `\w+::\w+`)?", line)}
    assert len(names) > 4
    for name in names:
        assert "::" not in _fiedler.in_python(name), name
    for rust, python in {
        "set `isolated` to `Isolated::OwnLabel`": 'set `isolated` to "own_label"',
        "take `Solver::Auto` or `Solver::Dense`": 'take `eigen_solver="auto"` or `eigen_solver="dense"`',
        "raise sigma": "lower gamma",
        "call `Any::other` of a::b": "call `other` of a::b",
    }.items():
        assert _fiedler.in_python(rust) == python
