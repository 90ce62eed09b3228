"""Write scikit-learn's digits to a folder: x.npy and y.npy.

    python digits.py FOLDER

The pixels are whole numbers, so that several points are equally far from a point and the tenth
neighbour is not unique. A millionth of noise breaks the ties: every contestant has the same graph.
"""

import sys
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

folder = Path(sys.argv[1])
x, y = load_digits(return_X_y=True)
noise = np.random.RandomState(0).uniform(-1e-6, 1e-6, size=x.shape)
np.save(folder / "x.npy", np.ascontiguousarray(x + noise))
np.save(folder / "y.npy", y.astype(np.uint32))
