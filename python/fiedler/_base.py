"""What scikit-learn gives an estimator, and the little that goes on without it."""

from __future__ import annotations

import functools
import inspect
from typing import Any, Callable

import numpy as np

try:
    from sklearn.base import BaseEstimator, ClusterMixin
    from sklearn.exceptions import NotFittedError
    from sklearn.utils.validation import validate_data

    HAS_SKLEARN = True
except ImportError:  # The class works alone: its choices are kept, shown and changed as scikit-learn's are.
    HAS_SKLEARN = False

    class NotFittedError(ValueError, AttributeError):  # type: ignore[no-redef]
        """What a fit gives was asked for before it."""

    class BaseEstimator:  # type: ignore[no-redef]
        """get_params, set_params and a repr, as scikit-learn has them."""

        @classmethod
        def _names(cls) -> list[str]:
            return sorted(name for name in inspect.signature(cls).parameters)

        def get_params(self, deep: bool = True) -> dict[str, Any]:
            """The choices by their names."""
            return {name: getattr(self, name) for name in self._names()}

        def set_params(self, **params: Any) -> "BaseEstimator":
            """Changes choices by their names."""
            for name, value in params.items():
                if name not in self._names():
                    raise ValueError(f"Invalid parameter {name!r}; there are {', '.join(self._names())}")
                setattr(self, name, value)
            return self

        def __repr__(self) -> str:
            defaults = inspect.signature(type(self)).parameters
            changed = ((name, value) for name, value in self.get_params().items() if value != defaults[name].default)
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in changed)})"

    class ClusterMixin:  # type: ignore[no-redef]
        """fit_predict, as scikit-learn has it."""

        def fit_predict(self, X: Any, y: Any = None) -> np.ndarray:
            """The labels of a fit."""
            return self.fit(X).labels_  # type: ignore[attr-defined]


class NoCoordinates(ValueError, AttributeError):
    """Asked of a graph alone, what only points have."""


class OfPoints:
    """A method that only points have: of a given graph it is not there, and says why."""

    def __init__(self, method: Callable[..., Any]) -> None:
        functools.update_wrapper(self, method)  # type: ignore[arg-type]
        self._method = method

    def __get__(self, estimator: Any, owner: Any = None) -> Any:
        if estimator is not None and estimator._takes_a_graph():
            raise NoCoordinates(
                f"`{self._method.__name__}` is about new points, whose places are found from coordinates, and a graph "
                "alone has none; cluster the points with another affinity"
            )
        return self._method.__get__(estimator, owner)


def checked(estimator: Any, X: Any, *, reset: bool, least: int, sparse: bool) -> Any:
    """X as an array of f64 (or a sparse matrix), its columns counted; what is not a number is for the crate to name."""
    if HAS_SKLEARN:
        return validate_data(
            estimator,
            X,
            reset=reset,
            accept_sparse="csr" if sparse else False,
            dtype=np.float64,
            order="C",
            ensure_all_finite=False,
            ensure_min_samples=least,
        )
    if hasattr(X, "tocsr"):
        if not sparse:
            raise TypeError("Sparse data was passed, and points are a dense array: `X.toarray()` makes one")
        X = X.tocsr()
    else:
        X = np.asarray(X)
        if X.dtype.kind == "c":
            raise ValueError("Complex data not supported: a coordinate is a real number")
        X = np.ascontiguousarray(X, dtype=np.float64)
    if X.ndim != 2:
        raise ValueError(f"expected a matrix, one point a row, and this has {X.ndim} dimension(s). Reshape your data")
    if reset:
        estimator.n_features_in_ = X.shape[1]
    elif X.shape[1] != estimator.n_features_in_:
        raise ValueError(
            f"X has {X.shape[1]} features, but {type(estimator).__name__} is expecting "
            f"{estimator.n_features_in_} features as input"
        )
    return X
