"""The k + 1 smallest eigenpairs of a row's graph by ARPACK to machine precision, and labels from them.

    python exact.py FOLDER N K shift-invert|largest

Writes exact.z.npy, exact.labels.npy and exact.json. The labels are by scikit-learn's k-means of the first k
vectors (10 starts); for k = 2 also by sign, in exact.sign.npy.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import scipy.sparse
from contestant import affinity
from scipy.sparse.linalg import eigsh
from sklearn.cluster import k_means


def eigenpairs(a, k, method):
    n = a.shape[0]
    root = np.sqrt(np.asarray(a.sum(axis=1)).ravel())
    inverse = scipy.sparse.diags(1 / root)
    laplacian = (scipy.sparse.identity(n) - inverse @ a @ inverse).tocsc()
    options = {"v0": np.random.RandomState(0).uniform(-1, 1, n), "ncv": min(n - 1, 2 * k + 20), "tol": 0}
    if method == "shift-invert":
        _, w = eigsh(laplacian, k, sigma=-1e-5, which="LM", **options)
    else:
        _, w = eigsh((2 * scipy.sparse.identity(n) - laplacian).tocsr(), k, which="LA", **options)
    z = w / root[:, None]
    # Quotients of sums of squares: a small λ keeps its digits, which I − D^-½AD^-½ loses.
    edges = scipy.sparse.triu(a, k=1).tocoo()
    top = [edges.data @ (z[edges.row, i] - z[edges.col, i]) ** 2 for i in range(k)]
    values = np.array(top) / (w**2).sum(axis=0)
    order = values.argsort()
    return values[order], z[:, order]


def main():
    folder, n, k, method = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    a = affinity(folder, n)
    begin = time.perf_counter()
    values, z = eigenpairs(a, k + 1, method)
    seconds = time.perf_counter() - begin
    labels = k_means(z[:, :k], k, random_state=0, n_init=10)[1]
    np.save(folder / "exact.labels.npy", labels.astype(np.uint32))
    np.save(folder / "exact.z.npy", np.ascontiguousarray(z))
    if k == 2:
        np.save(folder / "exact.sign.npy", (z[:, 1] > 0).astype(np.uint32))
    report = {"seconds": [seconds], "peak_bytes": None, "values": values.tolist()}
    (folder / "exact.json").write_text(json.dumps(report))


if __name__ == "__main__":
    main()
