"""Print the versions of Python and of the packages that are measured."""

import platform
from importlib.metadata import PackageNotFoundError, version

PACKAGES = ("numpy", "scipy", "scikit-learn", "pyamg")


def found(package):
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


print(", ".join([f"Python {platform.python_version()}", *(f"{name} {found(name)}" for name in PACKAGES)]))
