"""Without scikit-learn and SciPy the class works as well."""

import subprocess
import sys

ALONE = """
import sys
for name in ["sklearn", "scipy", "pandas"]:
    sys.modules[name] = None  # imports fail
import copy, pickle
import numpy as np
import fiedler
x, y = fiedler.blog_moons()
found = fiedler.SpectralClustering(n_neighbors=10)
assert found.get_params()["n_neighbors"] == 10 and found.set_params(random_state=1) is found
assert repr(found) == "SpectralClustering(n_neighbors=10, random_state=1)", repr(found)
labels = found.fit_predict(x)
assert fiedler.agreement(labels, y) == 0.995
assert (found.predict(x) == labels).all() and found.n_features_in_ == 2
assert (pickle.loads(pickle.dumps(found)).predict(x) == labels).all()
assert found.certificate_.ratio > 1
for wrong, words in [
    (x[:1], "only one point"), (x[:0], "no points"), (x * np.nan, "NaN"), (x * 1j, "Complex"), (x[:, :0], "no coordinates"),
    (x[0], "dimension"),
]:
    try:
        found.fit(wrong)
    except ValueError as refusal:
        assert words in str(refusal), refusal
    else:
        raise AssertionError(words)
try:
    found.fit(x).predict(x[:, :1])
except ValueError as refusal:
    assert "expecting 2 features" in str(refusal)
try:
    found.set_params(clusters=3)
except ValueError as refusal:
    assert "Invalid parameter 'clusters'" in str(refusal)
try:
    fiedler.SpectralClustering().predict(x)
except fiedler._base.NotFittedError:
    print("alone")
"""


def test_without_scikit_learn_and_scipy_it_clusters_predicts_and_refuses():
    ran = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, timeout=120, check=False)
    assert ran.stdout == "alone\n", ran.stderr
