"""One contestant in Python on one row, timed in this process.

    python contestant.py NAME FOLDER N K GRAPH    NAME: post, sklearn-arpack, -lobpcg, -amg
                                                  GRAPH: "given", "post", or the number of neighbours

Reads what the Rust side wrote to FOLDER; writes NAME.labels.npy, NAME.z.npy (the eigenvectors, where
there are any) and NAME.json there. How often it runs is as in src/measure.rs.
"""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import scipy.sparse

BUDGET = 1.0
MOST = 7


def affinity(folder, n):
    """The graph as a symmetric CSR matrix."""
    i, j, w = (np.load(folder / f"{name}.npy") for name in ("from", "to", "weight"))
    rows, columns = np.concatenate([i, j]), np.concatenate([j, i])
    both = scipy.sparse.coo_array((np.concatenate([w, w]), (rows, columns)), shape=(n, n))
    csr = scipy.sparse.csr_matrix(both)
    # SuperLU and scikit-learn take 32 bits.
    csr.indices, csr.indptr = csr.indices.astype(np.int32), csr.indptr.astype(np.int32)
    return csr


def post(folder):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python"))
    from post import EPSILON, spectral_clustering

    x = np.load(folder / "x.npy")
    return lambda: (spectral_clustering(x, EPSILON), None)


def sklearn(solver, folder, n, k, graph):
    from sklearn.cluster import SpectralClustering, _spectral

    if solver == "amg":
        import pyamg  # noqa: F401  so that the import is not timed

    # The estimator hides its eigenvectors: they are kept as they pass.
    passed = {}
    inside = _spectral._spectral_embedding

    def keeping(*args, **options):
        passed["z"] = inside(*args, **options)
        return passed["z"]

    _spectral._spectral_embedding = keeping
    options = {"n_clusters": k, "eigen_solver": solver, "random_state": 0}
    if graph == "given":
        data = affinity(folder, n)
        model = SpectralClustering(affinity="precomputed", **options)
    else:
        data = np.load(folder / "x.npy")
        # A point is the first of its own neighbours there, and the Laplacian drops it again. All cores
        # where that pays: below, starting them costs more than it saves.
        model = SpectralClustering(
            affinity="nearest_neighbors",
            n_neighbors=int(graph) + 1,
            n_jobs=-1 if n >= 10_000 else None,
            **options,
        )
    return lambda: (model.fit(data).labels_, passed["z"])


def prepared(name, folder, n, k, graph):
    if name == "post":
        return post(folder)
    return sklearn(name.removeprefix("sklearn-"), folder, n, k, graph)


def peak():
    """The peak of this process's memory in bytes, where the system tells."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def forget_peak():
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pass
    return peak()


def timed(work):
    before = forget_peak()
    seconds = []
    added = None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        while not seconds or (len(seconds) < MOST and sum(seconds) < BUDGET):
            begin = time.perf_counter()
            answer = work()
            seconds.append(time.perf_counter() - begin)
            if added is None and before is not None:
                added = peak() - before
    said = [" ".join(str(warning.message).split()) for warning in caught]
    telling = [text for text in said if "postprocessing" in text or "not reach" in text]
    report = {"seconds": seconds, "peak_bytes": added, "note": telling[0][:200] if telling else None}
    return report, answer


def main():
    name, folder, n, k, graph = sys.argv[1:]
    folder = Path(folder)
    try:
        report, (labels, vectors) = timed(prepared(name, folder, int(n), int(k), graph))
        np.save(folder / f"{name}.labels.npy", np.asarray(labels).astype(np.uint32))
        if vectors is not None:
            np.save(folder / f"{name}.z.npy", np.ascontiguousarray(vectors, dtype=np.float64))
    except MemoryError:
        report = {"seconds": [], "peak_bytes": None, "error": "out of memory"}
    except Exception as error:  # whatever a peer raises belongs in the table
        text = f"{type(error).__name__}: {error}"
        report = {"seconds": [], "peak_bytes": None, "error": " ".join(text.split())[:200]}
    (folder / f"{name}.json").write_text(json.dumps(report))


if __name__ == "__main__":
    main()
