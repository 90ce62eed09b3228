"""The k + 1 smallest eigenpairs of a row's graph by ARPACK to machine precision, and labels from them.

    python exact.py FOLDER N K shift-invert|largest

Writes exact.z.npy, exact.labels.npy and exact.json. The labels are by scikit-learn's k-means of the first k
vectors (10 starts); for k = 2 also by sign, in exact.sign.npy. Besides, the same is timed with a tolerance of 1e-8,
and for points of many dimensions the neighbours alone, from NumPy's blocked products and from scikit-learn's brute force.
"""

import json
import sys
from pathlib import Path

import numpy as np
import scipy.sparse
from contestant import affinity, timed
from scipy.sparse.linalg import eigsh
from sklearn.cluster import k_means
from sklearn.neighbors import NearestNeighbors

# Where a tree of points no longer helps anybody.
MANY = 50
BLOCK = 1024


def eigenpairs(a, k, method, tolerance):
    n = a.shape[0]
    root = np.sqrt(np.asarray(a.sum(axis=1)).ravel())
    inverse = scipy.sparse.diags(1 / root)
    laplacian = (scipy.sparse.identity(n) - inverse @ a @ inverse).tocsc()
    options = {"v0": np.random.RandomState(0).uniform(-1, 1, n), "ncv": min(n - 1, 2 * k + 20), "tol": tolerance}
    if method == "shift-invert":
        _, w = eigsh(laplacian, k, sigma=-1e-5, which="LM", **options)
    else:
        _, w = eigsh((2 * scipy.sparse.identity(n) - laplacian).tocsr(), k, which="LA", **options)
    return w / root[:, None], root


def ascending(a, z, root):
    # Quotients of sums of squares: a small λ keeps its digits, which I − D^-½AD^-½ loses.
    edges = scipy.sparse.triu(a, k=1).tocoo()
    top = [edges.data @ (v[edges.row] - v[edges.col]) ** 2 for v in z.T]
    values = np.array(top) / (root[:, None] ** 2 * z**2).sum(axis=0)
    order = values.argsort()
    return values[order], z[:, order]


def nearest(x, count):
    """The `count` nearest other points of each, by blocks of xxᵀ."""
    squares = (x * x).sum(axis=1)
    found = np.empty((len(x), count), dtype=np.int64)
    for start in range(0, len(x), BLOCK):
        rows = slice(start, min(start + BLOCK, len(x)))
        apart = squares[rows, None] + squares - 2 * (x[rows] @ x.T)
        apart[np.arange(rows.stop - start), np.arange(start, rows.stop)] = np.inf
        found[rows] = np.argpartition(apart, count, axis=1)[:, :count]
    return found


def brute(x, count):
    """The same by scikit-learn, where a point is the first of its own neighbours."""
    return NearestNeighbors(n_neighbors=count + 1, algorithm="brute", n_jobs=-1).fit(x).kneighbors(x)


def main():
    folder, n, k, method = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    a = affinity(folder, n)
    report, (z, root) = timed(lambda: eigenpairs(a, k + 1, method, 0))
    loosely, _ = timed(lambda: eigenpairs(a, k + 1, method, 1e-8))
    stages = {"eigenpairs": report["seconds"], "loosely": loosely["seconds"]}
    points = folder / "x.npy"
    x = np.load(points) if points.exists() else np.empty((0, 0))
    if x.shape[1] >= MANY:
        stages["products"] = timed(lambda: nearest(x, 10))[0]["seconds"]
        stages["brute"] = timed(lambda: brute(x, 10))[0]["seconds"]
    values, z = ascending(a, z, root)
    labels = k_means(z[:, :k], k, random_state=0, n_init=10)[1]
    np.save(folder / "exact.labels.npy", labels.astype(np.uint32))
    np.save(folder / "exact.z.npy", np.ascontiguousarray(z))
    if k == 2:
        np.save(folder / "exact.sign.npy", (z[:, 1] > 0).astype(np.uint32))
    report |= {"peak_bytes": None, "stages": stages, "values": values.tolist()}
    (folder / "exact.json").write_text(json.dumps(report))


if __name__ == "__main__":
    main()
