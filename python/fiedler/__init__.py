"""Spectral clustering with a certificate that says how far to trust it.

The estimator has scikit-learn's interface:

>>> from fiedler import SpectralClustering, blog_moons
>>> x, y = blog_moons()
>>> clustering = SpectralClustering(2, n_neighbors=10).fit(x)
>>> clustering.labels_.shape
(200,)
>>> print(clustering.certificate_)  # doctest: +ELLIPSIS
clusters                  2  (the graph has 1 component(s))
normalised cut            ...
no 2 clusters have less   ...
ratio                     ...

The functions are those of the post "Spectral clustering from scratch", one for one: `similarity_matrix`, `cut`, `vols`,
`normcut`, `transform`, `orth_obj`, `fiedler_vector`, `spectral_clustering`; and the method that gets moons wrong, `kmeans`.
"""

from ._answers import Certificate, Characteristics, ClusteringWarning
from ._estimator import SpectralClustering
from ._fiedler import (
    Model,
    adjusted_rand_index,
    agreement,
    blobs,
    blog_blobs,
    blog_moons,
    circles,
    components,
    cut,
    degrees,
    fiedler_vector,
    kmeans,
    labels_by_sign,
    moons,
    normcut,
    orth,
    orth_obj,
    orth_obj_gradient,
    project,
    rayleigh_quotient,
    similarity_matrix,
    spectral_clustering,
    spirals,
    transform,
    vols,
)

__version__ = "0.1.0"

__all__ = [
    "Certificate",
    "Characteristics",
    "ClusteringWarning",
    "Model",
    "SpectralClustering",
    "adjusted_rand_index",
    "agreement",
    "blobs",
    "blog_blobs",
    "blog_moons",
    "circles",
    "components",
    "cut",
    "degrees",
    "fiedler_vector",
    "kmeans",
    "labels_by_sign",
    "moons",
    "normcut",
    "orth",
    "orth_obj",
    "orth_obj_gradient",
    "project",
    "rayleigh_quotient",
    "similarity_matrix",
    "spectral_clustering",
    "spirals",
    "transform",
    "vols",
]
