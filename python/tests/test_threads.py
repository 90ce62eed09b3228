"""Python goes on while the crate works; fits side by side, in forked processes, and under Ctrl-C."""

import multiprocessing
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import fiedler
from fiedler import SpectralClustering


def test_python_goes_on_while_a_fit_works():
    x, _ = fiedler.moons(100_000, 0.06, seed=0)
    thread = threading.Thread(target=SpectralClustering(n_neighbors=10).fit, args=(x,))
    thread.start()
    turns = 0
    while thread.is_alive():
        turns += 1
        time.sleep(0.001)
    # With the lock held there would be one turn, or a few where the thread had not begun.
    assert turns > 20


def test_fits_side_by_side_give_what_they_give_alone():
    data = [fiedler.moons(3000, 0.06, seed=seed)[0] for seed in range(8)]
    alone = [SpectralClustering().fit(x) for x in data]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda x: SpectralClustering().fit(x), data))
        predicted = list(pool.map(lambda pair: pair[0].predict(pair[1]), zip(together, data)))
    for one, other, labels in zip(alone, together, predicted):
        np.testing.assert_array_equal(one.labels_, other.labels_)
        np.testing.assert_array_equal(one.embedding_, other.embedding_)
        np.testing.assert_array_equal(labels, one.labels_)


def test_the_number_of_threads_changes_no_bit():
    x, _ = fiedler.moons(3000, 0.06, seed=1)
    one, *others = (SpectralClustering(n_jobs=jobs).fit(x) for jobs in [1, 2, 5, None, -1])
    for other in others:
        np.testing.assert_array_equal(one.embedding_, other.embedding_)


def labels_of(x):
    return SpectralClustering().fit(x).labels_


@pytest.mark.skipif(sys.platform != "linux", reason="processes fork on Linux")
def test_a_forked_process_works_after_its_parent_did(moons):
    expected = labels_of(moons[0])
    with multiprocessing.get_context("fork").Pool(2) as pool:
        answers = pool.map_async(labels_of, [moons[0]] * 4).get(timeout=120)
    for labels in answers:
        np.testing.assert_array_equal(labels, expected)


INTERRUPTED = """
import os, signal, threading
import fiedler
# A shell starts what goes to the background with Ctrl-C ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
x, _ = fiedler.moons(600_000, 0.06, seed=0)
threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    fiedler.SpectralClustering(n_neighbors=10).fit(x)
except KeyboardInterrupt:
    print("stopped")
print(fiedler.SpectralClustering().fit(x[:500]).n_clusters_)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of Unix")
def test_ctrl_c_stops_a_fit_and_leaves_the_rest_working():
    ran = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, timeout=300, check=True)
    assert ran.stdout.split() == ["stopped", "2"], ran.stderr
