"""The estimator: every choice of spectral clustering in one place, with scikit-learn's names."""

from __future__ import annotations

import numbers
import warnings
from typing import Any, Callable, Optional, Union

import numpy as np

from . import _graphs
from ._answers import Certificate, Characteristics, ClusteringWarning
from ._base import BaseEstimator, ClusterMixin, NotFittedError, OfPoints, checked
from ._fiedler import fit_csr, fit_directions, fit_matrix, fit_points

#: Affinities that are the data: a matrix of similarities, or of distances to neighbours.
PRECOMPUTED = ("precomputed", "precomputed_nearest_neighbors")
#: Affinities of the angles between rows: the crate knows the graph, and no places of new points.
OF_DIRECTIONS = ("cosine", "cosine_nearest_neighbors")


class SpectralClustering(ClusterMixin, BaseEstimator):
    """Spectral clustering, from points or a graph to labels and a certificate.

    The defaults answer whatever can be answered: each point is joined to its ⌈ln n⌉ nearest neighbours, and where they
    fall into more pieces than clusters, the shortest bridges join them. What cannot be answered is a `ValueError` that
    says why.

    Parameters
    ----------
    n_clusters : int or "auto", default=2
        "auto" takes the number before the last gap of the eigenvalues that stands out, refuses where none does, and warns
        of another number that stands out too; `ranking_` says how close the others came.
    affinity : str or callable, default="nearest_neighbors"
        The graph.

        - "nearest_neighbors": the `n_neighbors` nearest of each point, bridged.
        - "mutual_nearest_neighbors": an edge where each is among the nearest of the other.
        - "rbf": exp(−gamma·r²) between every two points (a full matrix).
        - "rbf_nearest_neighbors": the same, on the edges of the nearest neighbours alone.
        - "epsilon": an edge where two points lie within `epsilon`.
        - "local_scaling": exp(−r²/σᵢσⱼ), σᵢ the distance to neighbour `n_neighbors`, 7 by default.
        - "cosine": the cosine of the angle between every two rows, where it is positive (a full matrix).
        - "cosine_nearest_neighbors": the same, on the edges to the `n_neighbors` rows with the largest cosine alone.
        - "precomputed": X is the symmetric matrix of similarities, dense or sparse.
        - "precomputed_nearest_neighbors": X is a sparse matrix of distances to neighbours.
        - a function of X that gives a symmetric matrix of similarities, dense or sparse.
    n_neighbors : int, optional
        How many *other* points are neighbours (scikit-learn counts the point itself, too). By default ⌈ln n⌉.
    n_components : int, optional
        How many columns the embedding has. By default as many as clusters.
    epsilon : float, optional
        By default the smallest that leaves no point alone.
    gamma : float, optional
        By default 1/(2σ²), σ the mean distance to neighbour ⌈ln n⌉: it follows the unit of the data.
    assign_labels : {"sign", "sweep", "kmeans", "discretize", "cluster_qr"}, optional
        From the embedding to labels. By default the sign for two clusters, k-means for more.
    laplacian : {"random_walk", "symmetric", "unnormalized"}, default="random_walk"
        Whose eigenvectors are taken.
    embedding : {"leading", "unit_rows", "non_trivial"}, default="leading"
        The first k eigenvectors, the same with rows of unit length, or those after the first.
    isolated : {"refuse", "own_label", "nearest_cluster"}, default="refuse"
        What becomes of points without any edge.
    max_clusters : int, default=10
        How far "auto" looks.
    eigen_solver : {"auto", "dense", "elimination", "multigrid", "chebyshev"}, default="auto"
        The way to the eigenvectors.
    eigen_tol : float, default=1e-8
        The largest residual that an eigenpair may have.
    random_state : int, RandomState or Generator, optional
        The seed of k-means and of the discretisation. None is 0: the same data give the same labels, always.
    n_jobs : int, optional
        So many threads; by default all. Labels are the same for any number.

    Attributes
    ----------
    labels_ : array of shape (n,)
    n_clusters_ : int
    eigenvalues_ : array, the k + 1 smallest of the chosen Laplacian
    embedding_ : array of shape (n, n_components)
    certificate_ : Certificate, how far to trust the labels
    characteristics_ : Characteristics of each cluster; not of a graph that is precomputed, or of angles
    affinity_matrix_ : the graph, sparse where it is kept so; a point is not its own neighbour
    ranking_ : list of (number of clusters, share of its gap), the largest first; empty unless `n_clusters` is "auto"
    isolated_ : array of the points without edges
    report_ : str, what was done, by which solver, in how many seconds
    n_features_in_ : int

    Examples
    --------
    >>> import numpy as np
    >>> from fiedler import SpectralClustering
    >>> x = np.array([[0.0, 0.0], [0.1, 0.0], [0.0, 0.1], [5.0, 5.0], [5.1, 5.0], [5.0, 5.1]])
    >>> clustering = SpectralClustering(n_clusters=2, n_neighbors=2).fit(x)
    >>> clustering.labels_.tolist()
    [1, 1, 1, 0, 0, 0]
    >>> clustering.predict([[0.2, 0.2], [4.0, 4.0]]).tolist()
    [1, 0]

    A graph of your own:

    >>> path = np.array([[0, 1, 0, 0], [1, 0, 0.1, 0], [0, 0.1, 0, 1], [0, 0, 1, 0]])
    >>> SpectralClustering(affinity="precomputed").fit_predict(path).tolist()
    [1, 1, 0, 0]
    """

    def __init__(
        self,
        n_clusters: Union[int, str] = 2,
        *,
        affinity: Union[str, Callable[[np.ndarray], Any]] = "nearest_neighbors",
        n_neighbors: Optional[int] = None,
        n_components: Optional[int] = None,
        epsilon: Optional[float] = None,
        gamma: Optional[float] = None,
        assign_labels: Optional[str] = None,
        laplacian: str = "random_walk",
        embedding: str = "leading",
        isolated: str = "refuse",
        max_clusters: int = 10,
        eigen_solver: str = "auto",
        eigen_tol: float = 1e-8,
        random_state: Any = None,
        n_jobs: Optional[int] = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.affinity = affinity
        self.n_neighbors = n_neighbors
        self.n_components = n_components
        self.epsilon = epsilon
        self.gamma = gamma
        self.assign_labels = assign_labels
        self.laplacian = laplacian
        self.embedding = embedding
        self.isolated = isolated
        self.max_clusters = max_clusters
        self.eigen_solver = eigen_solver
        self.eigen_tol = eigen_tol
        self.random_state = random_state
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any = None) -> "SpectralClustering":
        """Clusters the rows of X, or the vertices of the graph that X is.

        Parameters
        ----------
        X : array of shape (n, p), one point a row; or a matrix of shape (n, n), see `affinity`
        y : ignored, as scikit-learn's estimators have it
        """
        X = checked(self, X, reset=True, least=2, sparse=self._is_given())
        choices = self._choices(X.shape[0])
        if callable(self.affinity):
            fitted = fit_graph(self.affinity(X), choices)
        elif self.affinity == "precomputed_nearest_neighbors":
            fitted = fit_graph(_graphs.of_distances(X, choices["n_neighbors"]), choices)
        elif self.affinity == "precomputed":
            fitted = fit_graph(X, choices)
        elif self.affinity in OF_DIRECTIONS:
            fitted = fit_directions(X, choices)
        else:
            fitted = fit_points(X, choices)
        self._keep(fitted)
        return self

    @OfPoints
    def predict(self, X: Any) -> np.ndarray:
        """The clusters of new points, by the Nyström extension; a point that was there keeps its label.

        Parameters
        ----------
        X : array of shape (m, p), with the columns of the points that were clustered
        """
        return self._fit_of("predict").predict(self._new(X))

    @OfPoints
    def embed(self, X: Any) -> np.ndarray:
        """The rows of the embedding at new points: what `predict` reads labels from."""
        return self._fit_of("embed").embed(self._new(X))

    @OfPoints
    def save(self, path: Any) -> None:
        """Writes what predicts into a file of JSON, which `Model.load` reads, and the crate's own does in Rust.

        Parameters
        ----------
        path : str or path
        """
        self._fit_of("save").save(path)

    @property
    def characteristics_(self) -> Characteristics:
        """Each cluster in numbers."""
        try:
            return Characteristics(**renamed(self._fit_of("characteristics_").characteristics()))
        except ValueError as refusal:
            raise AttributeError(str(refusal)) from None

    @property
    def affinity_matrix_(self) -> Any:
        """The graph: a NumPy array where all pairs of points are similar, else one of SciPy's CSR matrices."""
        fitted = self._fit_of("affinity_matrix_")
        matrix = fitted.matrix()
        if matrix is not None:
            return matrix
        from scipy import sparse

        n = len(self.labels_)
        return sparse.csr_matrix(fitted.rows(), shape=(n, n))

    def _choices(self, n: int) -> dict[str, Any]:
        by_eigengap = isinstance(self.n_clusters, str) and self.n_clusters == "auto"
        or_auto = " or 'auto'"
        clusters = self.max_clusters if by_eigengap else self.n_clusters
        clusters = whole("max_clusters" if by_eigengap else "n_clusters", clusters, or_auto)
        return {
            "n_clusters": min(clusters, n) if by_eigengap else clusters,
            "by_eigengap": by_eigengap,
            "affinity": "precomputed" if callable(self.affinity) else text("affinity", self.affinity),
            "n_neighbors": None if self.n_neighbors is None else whole("n_neighbors", self.n_neighbors, " or None"),
            "n_components": None if self.n_components is None else whole("n_components", self.n_components, " or None"),
            "epsilon": None if self.epsilon is None else number("epsilon", self.epsilon),
            "gamma": None if self.gamma is None else positive("gamma", self.gamma),
            "laplacian": text("laplacian", self.laplacian),
            "embedding": text("embedding", self.embedding),
            "assign_labels": None if self.assign_labels is None else text("assign_labels", self.assign_labels),
            "isolated": text("isolated", self.isolated),
            "eigen_solver": text("eigen_solver", self.eigen_solver),
            "eigen_tol": number("eigen_tol", self.eigen_tol),
            "seed": seed(self.random_state),
            "threads": None if self.n_jobs in (None, -1) else whole("n_jobs", self.n_jobs, ", None or -1"),
        }

    def _keep(self, fitted: Any) -> None:
        self._fitted = fitted
        self.labels_ = fitted.labels()
        self.n_clusters_ = fitted.clusters()
        self.eigenvalues_ = fitted.eigenvalues()
        self.embedding_ = fitted.embedding()
        self.isolated_ = np.asarray(fitted.isolated(), dtype=np.int64)
        self.certificate_ = Certificate(**renamed(fitted.certificate()))
        self.ranking_ = fitted.ranking()
        self.report_ = fitted.report()
        for doubt in fitted.warnings():
            warnings.warn(doubt, ClusteringWarning, stacklevel=3)

    def _fit_of(self, name: str) -> Any:
        if not hasattr(self, "_fitted"):
            raise NotFittedError(
                f"This {type(self).__name__} instance is not fitted yet. Call 'fit' before '{name}'."
            )
        return self._fitted

    def _takes_a_graph(self) -> bool:
        """Whether no points are known, or only as directions, so that new ones have no places."""
        return callable(self.affinity) or self.affinity in OF_DIRECTIONS or self._is_given()

    def _is_given(self) -> bool:
        """Whether X is the graph."""
        return isinstance(self.affinity, str) and self.affinity in PRECOMPUTED

    def _new(self, X: Any) -> np.ndarray:
        return checked(self, X, reset=False, least=1, sparse=False)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        given = self._is_given()
        tags.input_tags.pairwise = given
        tags.input_tags.positive_only = given
        tags.input_tags.sparse = given
        return tags


def fit_graph(a: Any, choices: dict[str, Any]) -> Any:
    """The fit of a matrix of similarities, dense or sparse."""
    if _graphs.is_sparse(a):
        return fit_csr(*_graphs.rows(a), choices)
    return fit_matrix(_graphs.similarities(np.asarray(a, dtype=np.float64)), choices)


def renamed(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of an answer: its text is for printing only."""
    fields["_text"] = fields.pop("text")
    return fields


def whole(name: str, value: Any, other: str) -> int:
    """A whole number of at least 1."""
    if isinstance(value, numbers.Integral) and not isinstance(value, bool) and value >= 1:
        return int(value)
    raise ValueError(f"{name} is {value!r}, but it must be a whole number of at least 1{other}")


def number(name: str, value: Any) -> float:
    """A number."""
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        return float(value)
    raise ValueError(f"{name} is {value!r}, but it must be a number")


def positive(name: str, value: Any) -> float:
    """A number above 0."""
    if 0 < number(name, value) < float("inf"):
        return float(value)
    raise ValueError(f"{name} is {value!r}, but it must be positive and finite")


def text(name: str, value: Any) -> str:
    """A name of a choice; which there are, the core knows."""
    if isinstance(value, str):
        return value
    raise ValueError(f"{name} is {value!r}, but it must be a name")


def seed(random_state: Any) -> int:
    """The seed of a random state; None is 0."""
    if random_state is None:
        return 0
    if isinstance(random_state, numbers.Integral) and 0 <= random_state < 2**64:
        return int(random_state)
    if hasattr(random_state, "randint"):
        return int(random_state.randint(2**31))
    if hasattr(random_state, "integers"):
        return int(random_state.integers(2**63))
    raise ValueError(f"random_state is {random_state!r}, but it must be a whole number of at least 0, or a generator of NumPy's")
