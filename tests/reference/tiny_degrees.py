"""The second eigenvector of graphs with a vertex of tiny degree, in arithmetic of 110 digits (pip install mpmath).

Prints what tests/tiny_degrees.rs holds the crate to.
"""

from mpmath import eigsy, exp, mp, mpf, nstr, sqrt

mp.dps = 110


def second(n, edges):
    a = mp.zeros(n)
    for i, j, w in edges:
        a[i, j] += w
        a[j, i] += w
    d = [sum(a[i, j] for j in range(n)) for i in range(n)]
    s = mp.zeros(n)
    for i in range(n):
        for j in range(n):
            s[i, j] = ((d[i] if i == j else 0) - a[i, j]) / sqrt(d[i] * d[j])
    values, w = eigsy(s)
    return d, values[1], [w[i, 1] / sqrt(d[i]) for i in range(n)]


tiny = mpf(10) ** -60
CHAIN = [(0, 1, mpf(1)), (1, 2, mpf("0.1")), (2, 3, mpf(1)), (3, 4, tiny)]
TRIANGLES = [(i, j, mpf(1)) for i, j in [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)]]
TRIANGLES += [(2, 3, mpf(1) / 2), (6, 0, tiny)]
for name, n, edges in [("chain", 5, CHAIN), ("triangles", 7, TRIANGLES)]:
    _, value, z = second(n, edges)
    print(name, nstr(value, 17), [nstr(entry, 15) for entry in z])

points = [(x, y) for x in (0, 0.5, 1, 3, 3.5, 4) for y in (0, 0.5)] + [(2, 14)]
similar = lambda p, q: exp(-(mpf(p[0] - q[0]) ** 2 + mpf(p[1] - q[1]) ** 2) / 2)
edges = [(i, j, similar(points[i], points[j])) for i in range(13) for j in range(i)]
d, value, z = second(13, edges)
cut = sum(w for i, j, w in edges if (i < 6) != (j < 6))
print("blocks", nstr(value, 17), "normcut", nstr(cut / sum(d[:6]) + cut / sum(d[6:]), 17))
