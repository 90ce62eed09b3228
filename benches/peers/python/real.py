"""Write a row of real data to a folder, each from a package that anybody can install.

    python real.py digits|text|roads|mesh|keys|image FOLDER

Points are x.npy, a graph is from.npy, to.npy and weight.npy (each edge once, one component), a truth is y.npy.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import scipy.io
import scipy.sparse
from scipy.sparse.csgraph import connected_components

# How many descriptions, and how many numbers for each.
TEXTS, COLUMNS = 20_000, 100


def digits(folder):
    """scikit-learn's digits. The pixels are whole numbers, so that several points are equally far from a point and
    the tenth neighbour is not unique. A millionth of noise breaks the ties: every contestant has the same graph.
    """
    from sklearn.datasets import load_digits

    x, y = load_digits(return_X_y=True)
    points(folder, x + noise(x.shape), y)


def text(folder):
    """What Debian's packages say of themselves (`apt-cache dumpavail`): tf-idf, then 100 numbers by latent semantic
    analysis, each row of length 1. The truth is the section that a package stands in.
    """
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    lines = subprocess.run(["apt-cache", "dumpavail"], capture_output=True, text=True, check=True).stdout
    found = {}
    for package in lines.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in package.splitlines() if ": " in line and line[0] != " ")
        if {"Package", "Section", "Description"} <= fields.keys():
            words = package.partition("\nDescription: ")[2].partition("\nHomepage")[0]
            found[fields["Package"]] = (fields["Section"].rpartition("/")[2], words)
    names = sorted(found)
    chosen = np.random.RandomState(0).permutation(len(names))[:TEXTS]
    sections, words = zip(*(found[names[i]] for i in chosen))
    counted = TfidfVectorizer(stop_words="english", min_df=3).fit_transform(words)
    x = TruncatedSVD(COLUMNS, random_state=0).fit_transform(counted)
    # Twins have one description: the noise tells them apart.
    points(folder, normalize(x) + noise(x.shape), np.unique(sections, return_inverse=True)[1])


def roads(folder):
    """The roads of Minnesota, from PyGSP: crossings and the roads between them."""
    graph(folder, mat("minnesota")["A"])


def mesh(folder):
    """The triangles around the section of a wing in four parts, from PyGSP."""
    found = mat("airfoil")
    i, j = (found[name].ravel().astype(int) - 1 for name in ("i_inds", "j_inds"))
    n = 1 + max(i.max(), j.max())
    graph(folder, scipy.sparse.coo_array((np.ones(len(i)), (i, j)), shape=(n, n)))


def keys(folder):
    """Who signed whose key among Debian's developers (package debian-keyring): people who met."""
    ring = "/usr/share/keyrings/debian-keyring.gpg"
    with tempfile.TemporaryDirectory() as home:
        command = ["gpg", "--homedir", home, "--no-default-keyring", "--keyring", ring, "--with-colons", "--list-sigs"]
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    owners, signed, owner = {}, [], None
    for kind, _, _, _, key, *_ in (line.split(":") for line in lines if line.startswith(("pub", "sig"))):
        if kind == "pub":
            owner = owners.setdefault(key, len(owners))
        else:
            signed.append((owner, key))
    pairs = [(owner, owners[key]) for owner, key in signed if key in owners]
    i, j = np.array(pairs).T
    graph(folder, scipy.sparse.coo_array((np.ones(len(i)), (i, j)), shape=(len(owners), len(owners))))


def image(folder):
    """scikit-image's cameraman, 512 × 512 pixels; weights as in scikit-learn's example of a segmented picture."""
    from skimage.data import camera
    from sklearn.feature_extraction.image import img_to_graph

    steps = img_to_graph(camera().astype(np.float64)).tocoo()
    apart = steps.row != steps.col
    i, j, step = steps.row[apart], steps.col[apart], steps.data[apart]
    weight = np.exp(-10 * step / step.std()) + 1e-6
    graph(folder, scipy.sparse.coo_array((weight, (i, j)), shape=steps.shape), weighted=True)


def mat(name):
    import pygsp

    return scipy.io.loadmat(Path(pygsp.__file__).parent / f"data/pointclouds/{name}.mat")


def noise(shape):
    return np.random.RandomState(0).uniform(-1e-6, 1e-6, size=shape)


def points(folder, x, y):
    np.save(folder / "x.npy", np.ascontiguousarray(x))
    np.save(folder / "y.npy", y.astype(np.uint32))


def graph(folder, found, weighted=False):
    """The largest component, each edge once, without loops; of equal weight where none are given."""
    matrix = scipy.sparse.csr_array(found)
    matrix = matrix.maximum(matrix.T)
    _, piece = connected_components(matrix, directed=False)
    kept = np.flatnonzero(piece == np.bincount(piece).argmax())
    upper = scipy.sparse.triu(matrix[kept][:, kept], k=1).tocoo()
    np.save(folder / "from.npy", upper.row.astype(np.uint32))
    np.save(folder / "to.npy", upper.col.astype(np.uint32))
    np.save(folder / "weight.npy", upper.data.astype(np.float64) if weighted else np.ones(upper.nnz))
    print(f"{len(kept)} vertices, {upper.nnz} edges")


if __name__ == "__main__":
    what, place = sys.argv[1:]
    globals()[what](Path(place))
