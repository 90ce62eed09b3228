"""Ours beside scikit-learn's on moons, in one process, on the same neighbours: the fastest of many fits, and their ratio.

    python benches/measure.py

The two take turns, so that a busy machine slows both; the fastest is what other work disturbed least.
"""

import time

from sklearn.cluster import SpectralClustering as Theirs

from fiedler import SpectralClustering, adjusted_rand_index, moons

ROUNDS = {200: 100, 1_000: 40, 10_000: 12}


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
        turns = [(seconds(ours, x), seconds(theirs, x)) for _ in range(rounds)]
        here, there = (1000 * min(times) for times in zip(*turns))
        scores = [adjusted_rand_index(each.labels_, y) for each in (ours, theirs)]
        print(f"| {n:,} | {here:.1f} ms | {there:.1f} ms | {there / here:.0f} | {scores[0]:.3f} | {scores[1]:.3f} |")


if __name__ == "__main__":
    main()
