"""Scikit-learn's three ways to many clusters, timed: read by benches/many_clusters.rs.

Standard input: a line with the number of vertices and of clusters, then an edge a line: i, j, weight.
"""
import sys
import time
import warnings

import numpy as np
import scipy.sparse as sp
from sklearn.cluster import spectral_clustering

warnings.simplefilter("ignore")
n, k = map(int, sys.stdin.readline().split())
i, j, w = np.loadtxt(sys.stdin, unpack=True)
i, j = i.astype(int), j.astype(int)
a = sp.csr_matrix((np.r_[w, w], (np.r_[i, j], np.r_[j, i])), shape=(n, n))
d = np.asarray(a.sum(axis=1)).ravel()
for way in ["kmeans", "discretize", "cluster_qr"]:
    begin = time.perf_counter()
    labels = spectral_clustering(a, n_clusters=k, assign_labels=way, random_state=0)
    seconds = time.perf_counter() - begin
    inside = np.bincount(labels[i], w * 2 * (labels[i] == labels[j]), k)
    volumes = np.bincount(labels, d, k)
    taken = volumes > 0
    normcut = np.sum(1 - inside[taken] / volumes[taken])
    name = f"scikit-learn, {way}"
    print(f"  {name:<34} {seconds:>8.2f} s   normcut {normcut:.9f}", flush=True)
