"""What a fit says beside the labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional, Tuple

import numpy as np


class ClusteringWarning(UserWarning):
    """A doubt about labels that nothing refuses.

    A cluster so small that it may only be outliers; or, for `n_clusters="auto"`, another number whose gap
    stands out too.
    """


@dataclass(frozen=True, eq=False, repr=False)
class Certificate:
    """How far labels can be from the best ones; of the graph without its isolated vertices.

    Printed, it is a short table. No k clusters have a normalised cut below `lower_bound`, which is the sum of the k
    smallest eigenvalues; so the labels' own, `normcut`, is at most `ratio` times the best.

    >>> from fiedler import SpectralClustering, blog_moons
    >>> certificate = SpectralClustering(affinity="epsilon", epsilon=0.4).fit(blog_moons()[0]).certificate_
    >>> round(certificate.lower_bound, 7), round(certificate.ratio, 3)
    (0.0053844, 2.305)
    >>> certificate.is_optimal_within(2.31)
    True
    """

    clusters: int
    normcut: float
    lower_bound: float
    #: None where the bound is 0 but for rounding.
    ratio: Optional[float]
    #: The cut over the smaller volume, of each cluster and the rest.
    conductances: np.ndarray
    #: Between these two lies the smallest conductance of any set of vertices.
    cheeger: Tuple[float, float]
    #: λ₁ … λₖ₊₁ of the normalised cut, whatever Laplacian made the embedding.
    eigenvalues: np.ndarray
    #: λₖ₊₁ − λₖ: the larger, the less the clusters hang on single edges. None for k = n.
    eigengap: Optional[float]
    #: How far each eigenpair is from solving its equation.
    residuals: np.ndarray
    components: int
    _text: str = field(default="", repr=False)

    def is_optimal_within(self, factor: float) -> bool:
        """Whether no k clusters can have a normalised cut `factor` times smaller, as far as the bound says."""
        return self.normcut <= factor * self.lower_bound * (1 + 1e-13)

    def __str__(self) -> str:
        return self._text

    __repr__ = __str__


@dataclass(frozen=True, eq=False, repr=False)
class Characteristics:
    """Each cluster in numbers, and all of them together. Printed, it is a table.

    >>> from fiedler import SpectralClustering, blobs
    >>> found = SpectralClustering(3).fit(blobs(90, centers=3, seed=3)[0]).characteristics_
    >>> found.sizes.sum(), found.centers.shape
    (np.int64(90), (3, 2))
    """

    sizes: np.ndarray
    #: The mean of each cluster's points, one a row.
    centers: np.ndarray
    #: The sum of squares within each cluster.
    within: np.ndarray
    volumes: np.ndarray
    cuts: np.ndarray
    conductances: np.ndarray
    total: float
    between: float
    #: between/total, from 0 to 1.
    ratio: float
    _text: str = field(default="", repr=False)

    def __str__(self) -> str:
        return self._text

    __repr__ = __str__


class Kept:
    """A fit out of a pickle: what it answered, and what predicts. Nothing is fitted again.

    Where it had a refusal for an answer, the words are kept.
    """

    def __init__(self, matrix: Any, rows: Any, characteristics: Any, model: Any) -> None:
        self._matrix, self._rows = matrix, rows
        self._characteristics, self._model = characteristics, model

    def matrix(self) -> Any:
        return self._matrix

    def rows(self) -> Any:
        return self._rows

    def characteristics(self) -> dict[str, Any]:
        return dict(answered(self._characteristics))

    def predict(self, x: Any) -> np.ndarray:
        return answered(self._model).predict(x)

    def embed(self, x: Any) -> np.ndarray:
        return answered(self._model).embed(x)

    def save(self, path: Any) -> None:
        answered(self._model).save(path)


def answered(answer: Any) -> Any:
    """The answer; or the refusal that was kept, again."""
    if isinstance(answer, str):
        raise ValueError(answer)
    return answer
