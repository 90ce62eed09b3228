"""Time the post's own way of clustering, in Python.

    python post.py           a small table
    python post.py --json    the same as JSON

Needs the packages of tests/reference/requirements.txt. Two things are timed: SciPy's
gradient-free minimisation on the post's 200 moons, and the post's spectral clustering
(inverse, all eigenpairs) of 1000 moons, whose memory is measured in a fresh process.
The number of BLAS threads is whatever OPENBLAS_NUM_THREADS says.
"""

import json
import multiprocessing
import os
import resource
import statistics
import sys
import time
import tracemalloc

import numpy as np
import scipy
import sklearn
from scipy.optimize import minimize
from sklearn.datasets import make_moons
from sklearn.metrics import pairwise_distances
from threadpoolctl import threadpool_info

EPSILON = 0.4


def similarity(x, epsilon):
    a = np.ones((len(x), len(x)))
    a[pairwise_distances(x) > epsilon] = 0
    np.fill_diagonal(a, 0)
    return a


def spectral_clustering(x, epsilon):
    a = similarity(x, epsilon)
    d = np.diag(a.sum(axis=0))
    values, vectors = np.linalg.eig(np.linalg.inv(d) @ (d - a))
    second = vectors[:, values.argsort()][:, 1]
    return (second > 0).astype(float)


def relaxation_problem():
    """The post's objective on its moons, and the transformed labels it starts from."""
    x, y = make_moons(200, noise=0.05, random_state=1234)
    a = similarity(x, EPSILON)
    degrees = a.sum(axis=0)
    d = np.diag(degrees)
    lengths = degrees @ degrees

    def objective(z):
        w = z - (z @ degrees) / lengths * degrees
        return (w @ (d - a) @ w) / (w @ d @ w)

    start = np.where(y == 0, 1 / degrees[y == 0].sum(), -1 / degrees[y == 1].sum())
    return objective, start


def thousand_moons():
    return make_moons(1000, noise=0.10, random_state=0)


def timed(work, repeats):
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        result = work()
        seconds.append(round(time.perf_counter() - begin, 4))
    return result, {"median_seconds": statistics.median(seconds), "seconds": seconds}


def peak_rss():
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def measure_memory(_):
    """Bytes one clustering adds to the process, and the share that NumPy's arrays take."""
    x, _ = thousand_moons()
    before = peak_rss()
    spectral_clustering(x, EPSILON)
    added = peak_rss() - before
    tracemalloc.start()
    spectral_clustering(x, EPSILON)
    return added, tracemalloc.get_traced_memory()[1]


def bench_minimize():
    objective, start = relaxation_problem()
    found, times = timed(lambda: minimize(objective, start), 3)
    return {
        **times,
        "n": len(start),
        "objective": float(found.fun),
        "iterations": found.nit,
        "evaluations": found.nfev,
    }


def bench_clustering():
    # First of all: a child reports at least its parent's peak, which is small only now.
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        added, traced = pool.map(measure_memory, [None])[0]
    x, y = thousand_moons()
    labels, times = timed(lambda: spectral_clustering(x, EPSILON), 5)
    same = int((labels == y).sum())
    return {
        **times,
        "n": len(x),
        "epsilon": EPSILON,
        "agreement": max(same, len(x) - same) / len(x),
        "peak_rss_added_bytes": added,
        "peak_array_bytes": traced,
    }


def main():
    clustering = bench_clustering()
    report = {
        "spectral_clustering": clustering,
        "minimize": bench_minimize(),
        "blas": [
            {key: lib[key] for key in ("internal_api", "version", "architecture", "num_threads")}
            for lib in threadpool_info()
            if lib["user_api"] == "blas"
        ],
        "cpus": os.cpu_count(),
        "load_average": [round(load, 2) for load in os.getloadavg()],
        "versions": {lib.__name__: lib.__version__ for lib in (np, scipy, sklearn)},
    }
    if "--json" in sys.argv[1:]:
        print(json.dumps(report, indent=1))
        return
    slow = report["minimize"]
    blas = report["blas"][0]
    print(f"{'':30}{'median':>9}  ")
    print(
        f"{'minimize, n = 200':30}{slow['median_seconds']:8.3f}s  {slow['evaluations']} evaluations"
    )
    print(
        f"{'inv + eig, n = 1000':30}{clustering['median_seconds']:8.3f}s  "
        f"{clustering['peak_rss_added_bytes'] / 2**20:.0f} MiB more at the peak, "
        f"{clustering['peak_array_bytes'] / 2**20:.0f} MiB in arrays"
    )
    print(
        f"{blas['architecture']}, {blas['num_threads']} BLAS threads, load {report['load_average'][0]}"
    )


if __name__ == "__main__":
    main()
