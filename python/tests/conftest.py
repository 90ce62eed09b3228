"""Data that many tests share."""

import numpy as np
import pytest

import fiedler


@pytest.fixture(scope="session")
def moons():
    """The post's moons: points and true labels."""
    return fiedler.blog_moons()


@pytest.fixture(scope="session")
def path():
    """A path of four vertices with a weak edge in the middle."""
    a = np.zeros((4, 4))
    a[[0, 1, 2], [1, 2, 3]] = [1.0, 0.1, 1.0]
    return a + a.T
