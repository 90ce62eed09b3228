"""Write the numbers that the Rust tests compare against, one JSON file per step.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make_reference.py [folder]

Everything here comes from NumPy, SciPy and scikit-learn, never from this crate.
Vectors of labels are strings of digits ("0110"), and so are rows of a 0/1 matrix;
every other array is a JSON array. `null` stands for Python's None.

Two runs on one machine write the same bytes. Another processor may change last
digits, and more in `relaxation.json`: there SciPy stops on rounding error, so its
path depends on the BLAS kernel, which is therefore chosen here. The AVX-512 kernel
comes closest to what the post prints: its 200 values agree to a relative 3e-5.
"""

import json
import os
import sys
from importlib.metadata import version
from pathlib import Path

try:
    HAS_AVX512 = "avx512f" in Path("/proc/cpuinfo").read_text()
except OSError:
    HAS_AVX512 = False
KERNEL = "SkylakeX" if HAS_AVX512 else "Haswell"
os.environ["OPENBLAS_CORETYPE"] = KERNEL
# With one thread, no sum depends on how the work was divided.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import networkx as nx
import numpy as np
import scipy.linalg
from scipy.optimize import minimize
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans
from sklearn.cluster._spectral import cluster_qr, discretize
from sklearn.datasets import load_iris, make_blobs, make_circles, make_moons
from sklearn.manifold import spectral_embedding
from sklearn.metrics import (
    adjusted_rand_score,
    normalized_mutual_info_score,
    pairwise_distances,
)
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.neighbors import kneighbors_graph, radius_neighbors_graph

HERE = Path(__file__).resolve().parent
POST_EPSILON = 0.4
POST_THRESHOLD = -0.0015
SEEDS = [0, 1, 42, 1111, 1234, 2**32 - 1]


# --- The post's data, and the steps in matrix form ---------------------------


def post_moons():
    """The points of the post, their labels, and the labels it draws next."""
    rng = np.random.RandomState(1234)
    x, y = make_moons(200, noise=0.05, random_state=rng)
    return x, y, rng.randint(2, size=200)


def post_blobs():
    return make_blobs(200, centers=2, cluster_std=2.0, random_state=1111, return_centers=True)


def similarity(x, epsilon):
    a = (pairwise_distances(x) <= epsilon).astype(float)
    np.fill_diagonal(a, 0.0)
    return a


def margin(x, epsilon):
    """How far the nearest pairwise distance is from epsilon: no rounding moves an edge."""
    upper = np.triu_indices(len(x), 1)
    return np.abs(pairwise_distances(x)[upper] - epsilon).min()


def cut_ordered(a, y):
    """Weight between the clusters, every edge seen from both of its ends."""
    return (a * (y[:, None] != y[None, :])).sum()


def vols(a, y):
    d = a.sum(axis=0)
    return d[y == 0].sum(), d[y == 1].sum()


def ncut_once(a, y):
    """Normalised cut as the formula has it: every edge counted once."""
    v0, v1 = vols(a, y)
    return cut_ordered(a, y) / 2 * (1 / v0 + 1 / v1)


def transform(a, y):
    v0, v1 = vols(a, y)
    return np.where(y == 0, 1 / v0, -1 / v1)


def laplacian(a):
    return np.diag(a.sum(axis=0)) - a


def share_of_d(z, d):
    return z @ d / (d @ d)


def agreement(labels, truth):
    same = int((labels == truth).sum())
    return max(same, len(truth) - same) / len(truth)


def largest_entry_positive(v):
    return v if v[np.abs(v).argmax()] > 0 else -v


# --- One function per file ---------------------------------------------------


def data():
    x, y, arbitrary = post_moons()
    blobs_x, blobs_y, blobs_centres = post_blobs()
    moons = [
        dataset(make_moons, n_samples=n, noise=noise, shuffle=shuffle, random_state=seed)
        for n, seed in [(7, 0), (10, 42)]
        for noise in [None, 0.1]
        for shuffle in [True, False]
    ]
    circles = [
        dataset(
            make_circles, n_samples=n, noise=noise, shuffle=shuffle, factor=0.4, random_state=seed
        )
        for n, seed in [(9, 1), (10, 1234)]
        for noise in [None, 0.05]
        for shuffle in [True, False]
    ]
    blobs = [
        dataset(make_blobs, n_samples=n, centers=k, n_features=p, cluster_std=2.0, random_state=42)
        for n in [10, 11]
        for k in [2, 3]
        for p in [2, 3]
    ]
    return {
        "generator": [generator(seed) for seed in SEEDS],
        "post_moons": {"x": x, "y": digits(y)},
        "post_arbitrary_labels": digits(arbitrary),
        "post_blobs": {"x": blobs_x, "y": digits(blobs_y), "centres": blobs_centres},
        "moons": moons,
        "circles": circles,
        "blobs": blobs,
    }


def generator(seed):
    def fresh():
        return np.random.RandomState(seed)

    def shuffled(rng, n):
        order = np.arange(n)
        rng.shuffle(order)
        return order

    assert (fresh().permutation(20) == shuffled(fresh(), 20)).all()
    # An odd number of normals leaves one in the cache; what follows must not touch it.
    rng = fresh()
    mixed = {
        "1_standard_normal_3": rng.standard_normal(3),
        "2_randint_1000_size_7": rng.randint(1000, size=7),
        "3_shuffle_arange_11": shuffled(rng, 11),
        "4_random_sample_2": rng.random_sample(2),
        "5_standard_normal_4": rng.standard_normal(4),
        "6_uniform_5_6_size_2": rng.uniform(5, 6, 2),
    }
    return {
        "seed": seed,
        "raw_u32": fresh().randint(0, 2**32, size=8, dtype=np.uint32),
        "random_sample_10": fresh().random_sample(10),
        "standard_normal_11": fresh().standard_normal(11),
        "randint_2_size_50": fresh().randint(2, size=50),
        "randint_10_size_50": fresh().randint(10, size=50),
        "randint_1000_size_20": fresh().randint(1000, size=20),
        "shuffle_arange_20": shuffled(fresh(), 20),
        "uniform_10": fresh().uniform(-10, 10, 10),
        "mixed": mixed,
    }


def dataset(make, random_state, n_samples, **options):
    x, y = make(n_samples, random_state=np.random.RandomState(random_state), **options)
    return {"seed": random_state, "n": n_samples, **options, "x": x, "y": digits(y)}


def kmeans():
    def fit(x, y):
        found = KMeans(n_clusters=2, n_init=20, random_state=0).fit(x)
        # The numbering of clusters is chance: here the first point is in cluster 0.
        labels = found.labels_ ^ found.labels_[0]
        centres = found.cluster_centers_[:: -1 if found.labels_[0] else 1]
        return {
            "inertia": found.inertia_,
            "centres": centres,
            "labels": digits(labels),
            "agreement": agreement(labels, y),
        }

    return {"post_blobs": fit(*post_blobs()[:2]), "post_moons": fit(*post_moons()[:2])}


def similarity_step():
    x, _, _ = post_moons()
    a = similarity(x, POST_EPSILON)
    grid = np.array([[i, j] for i in range(3) for j in range(3)], dtype=float)
    lonely = np.array([[0, 0], [0, 0], [3, 4], [0, 5], [20, 20]], dtype=float)
    return {
        "post": {
            "epsilon": POST_EPSILON,
            "ones": int(a.sum()),
            "degrees": a.sum(axis=0).astype(int),
            "rows": {str(i): digits(a[i]) for i in (0, 1, 2, 99, 199)},
            "margin": margin(x, POST_EPSILON),
        },
        "small": [
            small_similarity("moons", make_moons(10, noise=0.1, random_state=42)[0], 0.8),
            small_similarity("blobs in space", make_blobs(11, 3, random_state=42)[0], 8.0),
            # A distance equal to epsilon is an edge.
            small_similarity("grid", grid, 1.0),
            # Points 0 and 1 coincide; point 4 has no neighbour.
            small_similarity("coincident and isolated", lonely, 5.0),
        ],
    }


def small_similarity(name, x, epsilon):
    a = similarity(x, epsilon)
    return {
        "name": name,
        "x": x,
        "epsilon": epsilon,
        "a": [digits(row) for row in a],
        "degrees": a.sum(axis=0).astype(int),
    }


def small_graphs():
    """Name, weights and labels of a few graphs that fit on a line of paper."""
    x, y = make_moons(10, noise=0.1, random_state=42)
    path = np.diag([1.0, 1, 1], 1) + np.diag([1.0, 1, 1], -1)
    return [
        ("path of 4", path, np.array([0, 0, 1, 1])),
        ("moons of 10", similarity(x, 0.8), y),
        ("weighted", weighted_graph(), np.array([0, 1, 0, 1, 1, 0, 0])),
    ]


def weighted_graph():
    """Seven vertices; the weights are sixteenths, so that sums are exact."""
    rng = np.random.RandomState(7)
    upper = np.triu(rng.randint(1, 33, size=(7, 7)) / 16 * (rng.random_sample((7, 7)) < 0.6), 1)
    return upper + upper.T


def cut():
    def measure(a, y):
        v0, v1 = vols(a, y)
        return {
            "cut_ordered": cut_ordered(a, y),
            "cut_once": cut_ordered(a, y) / 2,
            "vols": [v0, v1],
            "normcut_ordered": cut_ordered(a, y) * (1 / v0 + 1 / v1),
            "normcut_once": ncut_once(a, y),
        }

    x, y, arbitrary = post_moons()
    a = similarity(x, POST_EPSILON)
    return {
        "post": measure(a, y),
        "post_arbitrary_labels": measure(a, arbitrary),
        "small": [
            {"name": name, "a": w, "y": digits(labels), **measure(w, labels)}
            for name, w, labels in small_graphs()
        ],
    }


def transform_step():
    def sides(a, y):
        z, d = transform(a, y), a.sum(axis=0)
        rayleigh = z @ laplacian(a) @ z / (z @ (d * z))
        return {
            "z": z,
            "zt_d_1": z @ d,
            "zt_d_z": z @ (d * z),
            "zt_lap_z": z @ laplacian(a) @ z,
            "normcut_ordered": 2 * ncut_once(a, y),
            "twice_rayleigh": 2 * rayleigh,
            "normcut_once": ncut_once(a, y),
            "rayleigh": rayleigh,
        }

    x, y, _ = post_moons()
    return {
        "post": sides(similarity(x, POST_EPSILON), y),
        "small": [
            {"name": name, "a": w, "y": digits(labels), **sides(w, labels)}
            for name, w, labels in small_graphs()
        ],
    }


def relaxation():
    x, y, _ = post_moons()
    a = similarity(x, POST_EPSILON)
    lap, big_d = laplacian(a), np.diag(a.sum(axis=0))
    d = big_d @ np.ones(len(y))
    z = transform(a, y)

    def objective(v):
        w = v - share_of_d(v, d) * d
        return (w @ lap @ w) / (w @ big_d @ w)

    def gradient(v):
        w = v - share_of_d(v, d) * d
        g = 2 * (lap @ w - objective(v) * d * w) / (w @ (d * w))
        return g - share_of_d(g, d) * d

    def check_gradient(v):
        """A step along the imaginary axis differentiates without cancellation."""
        steps = 1e-30j * np.eye(len(v))
        slopes = np.array([objective(v + step).imag for step in steps]) / 1e-30
        g = gradient(v)
        assert np.allclose(g, slopes, rtol=1e-9, atol=1e-12 * np.abs(g).max())

    def run(start, threshold=None, **how):
        found = minimize(objective, start, **how)
        share = share_of_d(found.x, d)
        hits = {
            "sign": agreement(found.x > 0, y),
            "projected": agreement(found.x - share * d > 0, y),
        }
        if threshold is not None:
            hits["threshold"] = agreement(found.x > threshold, y)
        return {
            "fun": found.fun,
            "nit": found.nit,
            "nfev": found.nfev,
            "success": bool(found.success),
            "message": found.message,
            "share_of_d": share,
            "agreement": hits,
            "x": found.x,
        }

    def brief(result):
        return {key: value for key, value in result.items() if key != "x"}

    tight = {"ftol": 1e-14, "gtol": 1e-8}
    starts = [("transform", z)]
    starts += [(f"seed {s}", np.random.RandomState(s).standard_normal(len(y))) for s in (1, 2, 3)]
    for _, v in starts:
        check_gradient(v)
    return {
        "blas_kernel": KERNEL,
        "lambda2": scipy.linalg.eigh(lap, big_d, eigvals_only=True)[1],
        "post": {
            "start_value": objective(z),
            "threshold": POST_THRESHOLD,
            **run(z, threshold=POST_THRESHOLD),
        },
        # The post's call from 1000 z, where SciPy's difference step is small beside z.
        "post_from_1000_z": brief(run(1000 * z)),
        "exact_gradient": {
            "BFGS": brief(run(z, method="BFGS", jac=gradient)),
            "L-BFGS-B": brief(run(z, method="L-BFGS-B", jac=gradient)),
            "L-BFGS-B tight": {
                "options": tight,
                **brief(run(z, method="L-BFGS-B", jac=gradient, options=tight)),
            },
        },
        "points": [
            {"name": name, "z": v, "value": objective(v), "gradient": gradient(v)}
            for name, v in starts
        ],
    }


def eigen():
    x, y, _ = post_moons()
    a = similarity(x, POST_EPSILON)
    values, vector = spectrum(a)
    order = np.argsort(vector)
    best, lowest = None, np.inf
    for size in range(1, len(y)):
        labels = np.ones(len(y), dtype=int)
        labels[order[:size]] = 0
        if ncut_once(a, labels) < lowest:
            best, lowest = labels, ncut_once(a, labels)

    def measure(labels):
        return {
            "labels": digits(labels),
            "cut_once": cut_ordered(a, labels) / 2,
            "normcut_once": ncut_once(a, labels),
            "agreement": agreement(labels, y),
        }

    weighted = weighted_graph()
    weighted_values, weighted_vector = spectrum(weighted)
    return {
        "post": {
            "eigenvalues": values,
            "vector": vector,
            "by_sign": measure(vector > 0),
            "by_sweep": measure(best),
        },
        "closed_form": closed_forms(),
        "weighted": {
            "a": weighted,
            "eigenvalues": weighted_values,
            "vector": weighted_vector,
        },
    }


def spectrum(a):
    """All eigenvalues of D^-1 (D - A), and its second eigenvector with z'Dz = 1."""
    values, vectors = scipy.linalg.eigh(laplacian(a), np.diag(a.sum(axis=0)))
    return values, largest_entry_positive(vectors[:, 1])


def closed_forms():
    """Graphs whose normalised-Laplacian eigenvalues are known (Chung 1997, chapter 1)."""
    k = np.arange
    path = np.diag(np.ones(6), 1) + np.diag(np.ones(6), -1)
    cycle = np.roll(np.eye(8), 1, axis=1) + np.roll(np.eye(8), -1, axis=1)
    cube = [[float((i ^ j).bit_count() == 1) for j in range(8)] for i in range(8)]
    known = [
        ("path of 7", path, 1 - np.cos(np.pi * k(7) / 6)),
        ("cycle of 8", cycle, 1 - np.cos(2 * np.pi * k(8) / 8)),
        ("complete of 6", np.ones((6, 6)) - np.eye(6), np.array([0] + [6 / 5] * 5)),
        ("complete bipartite 3 + 4", bipartite(3, 4), np.array([0.0] + [1.0] * 5 + [2.0])),
        ("star of 6", bipartite(1, 5), np.array([0.0] + [1.0] * 4 + [2.0])),
        ("hypercube of dimension 3", np.array(cube), np.array([0, 2, 2, 2, 4, 4, 4, 6]) / 3),
    ]
    for name, a, values in known:
        root = np.sqrt(a.sum(axis=0))
        assert np.allclose(
            np.linalg.eigvalsh(np.eye(len(a)) - a / np.outer(root, root)),
            np.sort(values),
            atol=1e-12,
        ), name
    return [{"name": name, "a": a, "eigenvalues": np.sort(v)} for name, a, v in known]


def bipartite(m, n):
    first = np.arange(m + n) < m
    return (first[:, None] != first[None, :]).astype(float)


def clustering():
    sets = {
        "moons .25": {"noise": 0.25, "factor": None},
        "moons .10": {"noise": 0.10, "factor": None},
        "circles": {"noise": 0.05, "factor": 0.4},
    }
    epsilons = {
        "moons .25": [0.4],
        "moons .10": [0.4],
        "circles": [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 1.0],
    }
    # Graphs on which the post's own inv and eig are tried too: three connected ones, one in
    # two components (its labels are an accident: another BLAS kernel, another answer), and
    # one with isolated points, where D has no inverse.
    by_post = [
        ("moons .25", 0.4),
        ("moons .10", 0.4),
        ("circles", 0.4),
        ("circles", 0.2),
        ("circles", 0.05),
    ]

    points = {}
    for name, how in sets.items():
        circles = {} if how["factor"] is None else {"factor": how["factor"]}
        make = make_circles if circles else make_moons
        points[name] = make(
            1000, noise=how["noise"], random_state=np.random.RandomState(0), **circles
        )

    def describe(name):
        x, y = points[name]
        return {
            "n": 1000,
            "seed": 0,
            **sets[name],
            "first_point": x[0],
            "last_point": x[-1],
            "column_sums": x.sum(axis=0),
            "y": digits(y),
        }

    return {
        "data": {name: describe(name) for name in sets},
        "runs": [
            {
                "data": name,
                "epsilon": e,
                "margin": margin(points[name][0], e),
                **by_eigh(*points[name], e),
            }
            for name in sets
            for e in epsilons[name]
        ],
        "post_function": [
            {"data": name, "epsilon": e, **by_inverse(*points[name], e)} for name, e in by_post
        ],
    }


def graph_facts(a):
    count, component = connected_components(a)
    return {"components": count, "isolated": int((a.sum(axis=0) == 0).sum())}, component


def by_eigh(x, y, epsilon):
    a = similarity(x, epsilon)
    facts, component = graph_facts(a)
    values, vectors = scipy.linalg.eigh(
        laplacian(a), np.diag(a.sum(axis=0)), subset_by_index=[0, 2]
    )
    v = largest_entry_positive(vectors[:, 1])
    result = {**facts, "lambda2": values[1], "lambda3": values[2]}
    if facts["components"] > 1:
        # Zero is a multiple eigenvalue: the second eigenvector is an accident of the solver.
        return {**result, "labels": digits(component), "by": "components", **score(component, y)}
    return {**result, "labels": digits(v > 0), "by": "sign", **score(v > 0, y)}


def by_inverse(x, y, epsilon):
    """As the post computes: invert D, take all eigenpairs of the product, sort."""
    a = similarity(x, epsilon)
    facts, _ = graph_facts(a)
    try:
        values, vectors = np.linalg.eig(np.linalg.inv(np.diag(a.sum(axis=0))) @ laplacian(a))
    except np.linalg.LinAlgError as error:
        return {**facts, "error": str(error)}
    labels = vectors[:, values.argsort()[1]] > 0
    return {
        **facts,
        "complex": bool(np.iscomplexobj(values)),
        "labels": digits(labels),
        **score(labels, y),
    }


def score(labels, y):
    return {"agreement": agreement(labels, y), "ari": adjusted_rand_score(y, labels)}


def graph():
    """The builders of graphs from points, and quantities of graphs of any number of clusters."""
    x, y, arbitrary = post_moons()
    grid = np.array([[i, j] for i in range(3) for j in range(4)], dtype=float)
    small = make_moons(12, noise=0.1, random_state=42)[0]
    space = make_blobs(15, 3, random_state=42)[0]
    knn = average(kneighbors_graph(x, 10).toarray())
    four = 2 * y + arbitrary
    return {
        "small": [
            {"name": "moons", **by_every_rule(small, 3, 0.8, 0.3)},
            {"name": "blobs in space", **by_every_rule(space, 4, 8.0, 2.5)},
        ],
        # Ties: scikit-learn breaks them as its tree happens to; a stable sort, by the index.
        "grid": {"x": grid, "k": 3, "average": average(nearest_by_index(grid, 3))},
        "post": {
            "neighbors_10": {
                "edges": int((knn > 0).sum()) // 2,
                "volume": knn.sum(),
                "eigenvalues": scipy.linalg.eigh(
                    laplacian(knn), np.diag(knn.sum(axis=0)), eigvals_only=True
                )[:5],
            },
            "gaussian_degrees": gaussian(x, 0.25).sum(axis=0)[:20],
            "local_scaling_7_degrees": local_scaling(x, 7).sum(axis=0)[:20],
            "four": digits(four),
            "normcut_of_four": normcut_of_many(similarity(x, POST_EPSILON), four),
            "cut_of_four": cut_ordered(similarity(x, POST_EPSILON), four) / 2,
        },
    }


def by_every_rule(x, k, epsilon, sigma):
    w = kneighbors_graph(x, k).toarray()
    either = np.maximum(w, w.T)
    assert np.array_equal(w, nearest_by_index(x, k)), "a tie"
    return {
        "x": x,
        "k": k,
        "epsilon": epsilon,
        "sigma": sigma,
        "radius": [digits(row) for row in radius_neighbors_graph(x, epsilon).toarray()],
        "average": average(w),
        "either": [digits(row) for row in either],
        "mutual": [digits(row) for row in np.minimum(w, w.T)],
        "gaussian": gaussian(x, sigma),
        "gaussian_on_neighbors": gaussian(x, sigma) * either,
        "local_scaling": local_scaling(x, k),
    }


def average(w):
    return 0.5 * (w + w.T)


def nearest_by_index(x, k):
    """The k nearest of each point; of two equally far, the one of the smaller index."""
    distances = cdist(x, x)
    np.fill_diagonal(distances, np.inf)
    w = np.zeros_like(distances)
    for i, near in enumerate(np.argsort(distances, axis=1, kind="stable")[:, :k]):
        w[i, near] = 1.0
    return w


def gaussian(x, sigma):
    a = rbf_kernel(x, gamma=1 / (2 * sigma**2))
    np.fill_diagonal(a, 0.0)
    return a


def local_scaling(x, neighbor):
    distances = cdist(x, x)
    scale = np.sort(distances, axis=1)[:, neighbor]
    a = np.exp(-(distances**2) / np.outer(scale, scale))
    np.fill_diagonal(a, 0.0)
    return a


def normcut_of_many(a, labels):
    d, total = a.sum(axis=0), 0.0
    for cluster in np.unique(labels):
        inside = labels == cluster
        total += a[inside][:, ~inside].sum() / d[inside].sum()
    return total


def parameters():
    x = post_moons()[0]
    distances = cdist(x, x)
    ascending = np.sort(distances, axis=1)  # the point itself stands first
    return {
        "post": {
            "max_min_distance": ascending[:, 1].max(),
            "mean_neighbor_distance_6": ascending[:, 6].mean(),
            "median_distance": np.median(distances[np.triu_indices(len(x), 1)]),
        },
        "rules": [
            {"n": n, "ln": int(np.ceil(np.log(n))), "log10": int(np.ceil(np.log10(n)))}
            for n in (2, 9, 10, 11, 100, 200, 1000, 1001, 10000)
        ],
    }


def leading(a, count):
    """The smallest eigenvalues of D^-1 (D - A), their z with z'Dz = 1, and w = D^1/2 z."""
    d = a.sum(axis=0)
    values, z = scipy.linalg.eigh(laplacian(a), np.diag(d), subset_by_index=[0, count - 1])
    return values, z, z * np.sqrt(d)[:, None]


def three_blobs():
    """24 points around three centres, and their Gaussian similarities."""
    x, y = make_blobs(24, centers=3, cluster_std=1.5, random_state=3)
    a = np.exp(-(pairwise_distances(x) ** 2) / (2 * 2.0**2))
    np.fill_diagonal(a, 0.0)
    return x, y, a


def nearest(x, k):
    one_way = kneighbors_graph(x, k).toarray()
    return (one_way + one_way.T) / 2


def columns_signed(vectors):
    return np.column_stack([largest_entry_positive(v) for v in vectors.T])


def embedding():
    x, _, a = three_blobs()
    values, z, w = leading(a, 4)
    plain_values, f = scipy.linalg.eigh(laplacian(a), subset_by_index=[0, 3])
    sk = spectral_embedding(a, n_components=3, drop_first=False, eigen_solver="arpack", random_state=0)
    assert np.allclose(columns_signed(sk), columns_signed(z[:, :3]), atol=1e-10)
    return {
        "x": x,
        "sigma": 2.0,
        "values": values,
        "unnormalized_values": plain_values,
        "scikit_learn": columns_signed(sk),
        "z": columns_signed(z),
        "w": columns_signed(w),
        "f": columns_signed(f),
    }


def in_order_of_appearance(labels):
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]


def labelling():
    def both(a, k):
        w = leading(a, k)[2]
        # Whatever the start, the discretisation ends at the same labels: else it is no reference.
        ways = {digits(in_order_of_appearance(discretize(w, random_state=s))) for s in range(10)}
        assert len(ways) == 1
        return {
            "discretize": ways.pop(),
            "cluster_qr": digits(in_order_of_appearance(cluster_qr(w))),
        }

    def sweep(a):
        values, z, _ = leading(a, 3)
        order = np.argsort(z[:, 1])
        ncuts = [ncut_once(a, np.isin(np.arange(len(a)), order[i:]).astype(int)) for i in range(1, len(a))]
        return {
            "by_sign": ncut_once(a, (z[:, 1] > 0).astype(int)),
            "by_sweep": min(ncuts),
            "values": values,
        }

    moons_x, moons_y, _ = post_moons()
    post = similarity(moons_x, POST_EPSILON)
    nn_x, nn_y = make_moons(200, noise=0.05, random_state=2)
    circles_x, _ = make_circles(200, noise=0.05, factor=0.4, random_state=0)
    four_x, four_y = make_blobs(200, centers=4, cluster_std=1.0, random_state=42)
    blobs_x, _, blobs = three_blobs()
    w = leading(blobs, 3)[2]
    raw = np.random.RandomState(5).standard_normal((30, 4))
    return {
        "post": {**both(post, 2), **sweep(post), "first_values": leading(post, 13)[0]},
        "moons": {**both(nearest(nn_x, 10), 2), **sweep(nearest(nn_x, 10))},
        "circles": both(nearest(circles_x, 10), 2),
        "four_blobs": {**both(nearest(four_x, 30), 4), "truth": digits(in_order_of_appearance(four_y))},
        "three_blobs": {"embedding": w, **both(blobs, 3)},
        "no_structure": {
            "embedding": raw,
            "cluster_qr": digits(in_order_of_appearance(cluster_qr(raw))),
        },
    }


def power():
    x, _, a = three_blobs()
    root = np.sqrt(a.sum(axis=0))
    values, vectors = scipy.linalg.eigh(a / np.outer(root, root))
    return {
        "x": x,
        "sigma": 2.0,
        "values": values[::-1],
        "vectors": columns_signed(vectors[:, ::-1][:, :4]),
    }


# --- Labels against a truth --------------------------------------------------


def scores():
    """Random labels of 1 to n clusters against a truth of 1 to n, and cases on purpose."""
    rng = np.random.RandomState(1985)
    pairs = [
        (rng.randint(k, size=n), rng.randint(m, size=n))
        for n in (1, 2, 7, 60)
        for k, m in [(1, 1), (1, n), (n, 1), (n, n), (2, 3), (5, 2)]
    ]
    truth = np.arange(60) % 3
    for wrong in (1, 6, 20):
        labels = truth.copy()
        labels[:wrong] = rng.randint(3, size=wrong)
        pairs.append((labels * 1000 + 7, truth))
    pairs += [
        (np.arange(9), np.arange(9)),
        (np.arange(9), np.zeros(9, int)),
        (np.zeros(9, int), np.zeros(9, int)),
        (np.arange(8) // 4, np.arange(8) % 2),
    ]
    return {
        "cases": [
            {
                "labels": labels,
                "truth": truth,
                "ari": adjusted_rand_score(truth, labels),
                "nmi": normalized_mutual_info_score(truth, labels),
            }
            for labels, truth in pairs
        ]
    }


# --- Graphs by name, and what bounds their cuts -------------------------------


def club():
    graph = nx.karate_club_graph()
    nx.set_edge_attributes(graph, 1.0, "weight")
    return graph, np.array([int(graph.nodes[i]["club"] == "Officer") for i in graph])


def known():
    graph, y = club()
    a = nx.to_numpy_array(graph)
    d = np.diag(a.sum(axis=0))
    return {
        "karate_edges": sorted([min(edge), max(edge)] for edge in graph.edges()),
        "karate_factions": "".join(map(str, y)),
        "karate_values": scipy.linalg.eigh(d - a, d, eigvals_only=True),
    }


def certificate():
    """NetworkX's conductance and normalised cut of the karate club's factions."""
    graph, y = club()
    side = [i for i in graph if y[i] == 0]
    return {
        "karate_cut": nx.cut_size(graph, side, weight="weight"),
        "karate_conductance": nx.conductance(graph, side, weight="weight"),
        "karate_normcut": nx.normalized_cut_size(graph, side, weight="weight"),
    }


def characteristics():
    """Sums of squares of iris by its species, one class at a time, and the inertia of k-means."""
    x, y = load_iris(return_X_y=True)
    groups = [x[y == c] for c in range(3)]
    model = KMeans(3, n_init=1, random_state=0).fit(x)
    return {
        "x": x,
        "y": "".join(map(str, y)),
        "centers": [group.mean(axis=0) for group in groups],
        "within": [((group - group.mean(axis=0)) ** 2).sum() for group in groups],
        "total": ((x - x.mean(axis=0)) ** 2).sum(),
        "between": sum(len(g) * ((g.mean(axis=0) - x.mean(axis=0)) ** 2).sum() for g in groups),
        "kmeans_labels": "".join(map(str, model.labels_)),
        "kmeans_inertia": model.inertia_,
    }
def walk():
    """Commute distances from networkx's resistances, and SciPy's pseudo-inverses."""
    weighted = np.zeros((6, 6))
    for i, j, w in [(0, 1, 2), (1, 2, 0.5), (2, 3, 1), (3, 4, 4), (4, 5, 0.25), (5, 0, 1), (1, 4, 3)]:
        weighted[i, j] = weighted[j, i] = w
    petersen = nx.to_numpy_array(nx.petersen_graph())
    grid = nx.to_numpy_array(nx.grid_2d_graph(3, 4))
    graphs = [
        {
            "name": name,
            "a": a,
            "commute": commute(a),
            "pinv": scipy.linalg.pinvh(np.diag(a.sum(axis=0)) - a),
        }
        for name, a in [("weighted", weighted), ("petersen", petersen), ("grid", grid)]
    ]
    x, y, _ = post_moons()
    c = commute(similarity(x, POST_EPSILON))
    pairs = [(0, 1), (0, 199), (3, 77), (50, 150), (120, 9)]
    return {"graphs": graphs, "post": {"y": digits(y), "commute": [[i, j, c[i, j]] for i, j in pairs]}}


def commute(a):
    """The volume times the resistance, an edge's weight being its conductance."""
    graph = nx.from_numpy_array(a)
    found = nx.resistance_distance(graph, weight="weight", invert_weight=False)
    return a.sum() * np.array([[found[i][j] for j in graph] for i in graph])


def perturbation():
    """The angle between the first eigenvectors of k cliques, apart and weakly linked, and its bound."""
    cases = []
    for k, size, weight in [(2, 10, 0.1), (3, 6, 0.5), (4, 5, 1e-6)]:
        ideal = np.kron(np.eye(k), np.ones((size, size)) - np.eye(size))
        linked = ideal.copy()
        for c in range(k if k > 2 else 1):
            i, j = c * size + size - 1, (c + 1) % k * size
            linked[i, j] = linked[j, i] = weight
        (before, first), (after, turned) = (np.linalg.eigh(symmetric(a)) for a in (ideal, linked))
        norm = np.linalg.norm(symmetric(linked) - symmetric(ideal), 2)
        gap = after[k] - before[k - 1]
        cases.append(
            {
                "k": k,
                "size": size,
                "weight": weight,
                "angle": scipy.linalg.subspace_angles(first[:, :k], turned[:, :k]).max(),
                "norm": norm,
                "gap": gap,
            }
        )
    return {"cases": cases}


def symmetric(a):
    """D^-1/2 (D - A) D^-1/2."""
    root = np.sqrt(a.sum(axis=0))
    return laplacian(a) / np.outer(root, root)


# --- JSON whose diffs can be read ---------------------------------------------


def digits(labels):
    return "".join(str(int(label)) for label in labels)


def plain(value):
    """NumPy's arrays and numbers as Python's own; a -0.0 as 0.0."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(inner) for inner in value]
    if isinstance(value, np.generic):
        value = value.item()
    return 0.0 if isinstance(value, float) and value == 0 else value


def text(value, indent=0):
    """JSON with one key or one matrix row a line; long arrays wrap at 100 columns."""
    pad = " " * (indent + 1)
    if isinstance(value, dict):
        rows = [f"{json.dumps(key)}: {text(value[key], indent + 1)}" for key in sorted(value)]
        return "{\n" + ",\n".join(pad + row for row in rows) + "\n" + " " * indent + "}"
    if isinstance(value, list) and any(isinstance(inner, (list, dict, str)) for inner in value):
        return (
            "[\n"
            + ",\n".join(pad + text(inner, indent + 1) for inner in value)
            + "\n"
            + " " * indent
            + "]"
        )
    if isinstance(value, list):
        lines, line = [], ""
        for item in [json.dumps(inner, allow_nan=False) for inner in value]:
            if line and len(pad) + len(line) + len(item) > 98:
                lines.append(line)
                line = ""
            line += ("," if line else "") + item
        lines.append(line)
        return (
            "[" + lines[0] + "]"
            if len(lines) == 1
            else "[\n" + ",\n".join(pad + one for one in lines) + "]"
        )
    return json.dumps(value, allow_nan=False)


STEPS = {
    "data": data,
    "kmeans": kmeans,
    "similarity": similarity_step,
    "cut": cut,
    "transform": transform_step,
    "relaxation": relaxation,
    "eigen": eigen,
    "clustering": clustering,
    "graph": graph,
    "parameters": parameters,
    "power": power,
    "embedding": embedding,
    "labelling": labelling,
    "scores": scores,
    "known": known,
    "certificate": certificate,
    "characteristics": characteristics,
    "walk": walk,
    "perturbation": perturbation,
}


def main():
    pins = dict(line.split("==") for line in (HERE / "requirements.txt").read_text().split())
    wrong = {name: version(name) for name, pin in pins.items() if version(name) != pin}
    if wrong:
        sys.exit(f"requirements.txt asks for other versions than {wrong}")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    made_with = {name: pins[name] for name in ("numpy", "scipy", "scikit-learn")}
    for stem, step in STEPS.items():
        file = folder / f"{stem}.json"
        file.write_text(text(plain({"made_with": made_with, **step()})) + "\n")
        print(f"{file.name:16} {file.stat().st_size:7} bytes")


if __name__ == "__main__":
    main()
