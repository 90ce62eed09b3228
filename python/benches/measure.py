"""Ours beside scikit-learn's on moons, in one process, on one graph's worth of neighbours: medians and their ratio.

    python benches/measure.py

The first fit of each is not counted, and the two take turns, so that a busy machine slows both.
"""

import statistics
import time

from sklearn.cluster import SpectralClustering as Theirs

from fiedler import SpectralClustering, adjusted_rand_index, moons

ROUNDS = {200: 31, 1_000: 21, 10_000: 11}


def seconds(estimator, x):
    """How long one fit takes."""
    began = time.perf_counter()
    estimator.fit(x)
    return time.perf_counter() - began


def main():
    """Prints a row for each size."""
    print("| n | fiedler | scikit-learn | ratio | ARI of ours | of theirs |\n|---:|---:|---:|---:|---:|---:|")
    for n, rounds in ROUNDS.items():
        x, y = moons(n, noise=0.06, seed=0)
        # Theirs counts the point itself among its neighbours.
        ours = SpectralClustering(2, n_neighbors=10)
        theirs = Theirs(2, affinity="nearest_neighbors", n_neighbors=11, random_state=0)
        pairs = [(seconds(ours, x), seconds(theirs, x)) for _ in range(rounds + 1)][1:]
        one, other = (1000 * statistics.median(times) for times in zip(*pairs))
        ratio = statistics.median(there / here for here, there in pairs)
        scores = [adjusted_rand_index(each.labels_, y) for each in (ours, theirs)]
        print(f"| {n:,} | {one:.1f} ms | {other:.1f} ms | {ratio:.0f} | {scores[0]:.3f} | {scores[1]:.3f} |")


if __name__ == "__main__":
    main()
