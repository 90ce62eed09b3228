"""scikit-learn's own checks of an estimator, and its tools around ours."""

import numpy as np
import pytest
from sklearn.model_selection import ParameterGrid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from fiedler import SpectralClustering

#: What cannot hold, and why: of points, and of given graphs.
ONE_COLUMN = "it sets n_components to 1, and the first eigenvector alone tells no points apart: refused"
EXPECTED = {
    "precomputed": {
        "check_methods_sample_order_invariance": ONE_COLUMN,
        "check_clustering": "it gives 50 x 2 points, whatever the tags say, and a graph is a square matrix",
    },
}


def expected_failed_checks(estimator):
    return EXPECTED.get(estimator.affinity, {"check_methods_sample_order_invariance": ONE_COLUMN})


@parametrize_with_checks(
    [
        SpectralClustering(),
        SpectralClustering(3, affinity="rbf", assign_labels="cluster_qr"),
        SpectralClustering(affinity="precomputed", isolated="own_label"),
    ],
    expected_failed_checks=expected_failed_checks,
)
def test_scikit_learns_checks(estimator, check):
    check(estimator)


def test_it_stands_in_a_pipeline(moons):
    x = moons[0] * [1.0, 1000.0]
    pipeline = make_pipeline(StandardScaler(), SpectralClustering())
    alone = SpectralClustering().fit(StandardScaler().fit_transform(x))
    np.testing.assert_array_equal(pipeline.fit_predict(x), alone.labels_)
    np.testing.assert_array_equal(pipeline.predict(x[:5]), alone.labels_[:5])


def test_it_goes_through_a_grid_by_its_certificate(moons):
    grid = ParameterGrid({"affinity": ["epsilon"], "epsilon": [0.2, 0.4, 0.6]})
    cuts = [SpectralClustering(**choices).fit(moons[0]).certificate_.normcut for choices in grid]
    assert np.isfinite(cuts).all() and cuts == sorted(cuts)
