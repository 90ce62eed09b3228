"""Matrices that are graphs already: symmetric similarities, or distances to neighbours."""

from __future__ import annotations

from typing import Any, Optional, Tuple

import numpy as np

#: Similarities that differ by less than this share of the largest are equal but for rounding.
ROUNDING = 1e-10


def is_sparse(matrix: Any) -> bool:
    """Whether this is one of SciPy's sparse matrices or arrays."""
    return hasattr(matrix, "tocsr")


NOT_FINITE = "the entry in row {row}, column {column} is {value}; every entry must be a finite number: drop or fill it first"
NEGATIVE = "Negative values in data: the similarity in row {row}, column {column} is {value}; similarities must be 0 or more"


def similarities(a: np.ndarray) -> np.ndarray:
    """The matrix, its two halves made equal where only rounding tells them apart.

    Kernels computed by products of matrices are symmetric but for rounding, and the crate takes equal to mean equal.
    """
    if a.ndim != 2:
        return a
    for wrong, message in ((~np.isfinite(a), NOT_FINITE), (a < 0, NEGATIVE)):
        if wrong.any():
            row, column = np.argwhere(wrong)[0]
            raise ValueError(message.format(row=row, column=column, value=written(a[row, column])))
    if a.shape[0] != a.shape[1] or np.array_equal(a, a.T):
        return a
    if np.abs(a - a.T).max() <= ROUNDING * a.max():
        return (a + a.T) / 2
    return a


def written(value: float) -> str:
    """The number as the crate writes it."""
    return "NaN" if np.isnan(value) else repr(float(value))


def rows(a: Any) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A sparse matrix as the crate takes it, in compressed rows; its halves made equal as those of a dense one."""
    from scipy import sparse

    if a.shape[0] != a.shape[1]:
        raise ValueError(
            f"the matrix has {a.shape[0]} rows and {a.shape[1]} columns; it must be square, one row and one column per point"
        )
    a = sparse.csr_matrix(a, dtype=np.float64, copy=True)
    a.sum_duplicates()
    if (a.data < 0).any():
        entry = int(np.argmax(a.data < 0))
        row = int(np.searchsorted(a.indptr, entry, side="right")) - 1
        raise ValueError(NEGATIVE.format(row=row, column=int(a.indices[entry]), value=written(a.data[entry])))
    if a.nnz and np.isfinite(a.data).all() and 0 < abs(a - a.T).max() <= ROUNDING * a.max():
        a = ((a + a.T) / 2).tocsr()
    return a.indptr, a.indices, a.data


def of_distances(distances: Any, n_neighbors: Optional[int]) -> Any:
    """The graph of nearest neighbours, from a sparse matrix of the distances to some of them.

    Each point is joined to the `n_neighbors` nearest of those stored in its row, itself left out; an edge weighs 1 where
    both ends are neighbours of each other, ½ where only one is.
    """
    from scipy import sparse

    n, columns = distances.shape
    if n != columns:
        raise ValueError(f"the matrix of distances has {n} rows and {columns} columns; it must be square")
    stored = sparse.coo_matrix(sparse.csr_matrix(distances, dtype=np.float64))
    others = stored.row != stored.col
    row, column, distance = stored.row[others], stored.col[others], stored.data[others]
    if not (np.isfinite(distance).all() and (distance >= 0).all()):
        raise ValueError("a distance is negative, NaN or infinite; every distance must be a finite number of at least 0")
    order = np.lexsort((column, distance, row))
    row, column = row[order], column[order]
    if n_neighbors is not None:
        counts = np.bincount(row, minlength=n)
        if (counts < n_neighbors).any():
            short = int(np.argmax(counts < n_neighbors))
            raise ValueError(
                f"{n_neighbors} neighbours are asked for, but row {short} has the distances to {counts[short]} others only"
            )
        place = np.arange(len(row)) - (np.cumsum(counts) - counts)[row]
        row, column = row[place < n_neighbors], column[place < n_neighbors]
    one_way = sparse.csr_matrix((np.ones(len(row)), (row, column)), shape=(n, n))
    return (one_way + one_way.T) / 2
