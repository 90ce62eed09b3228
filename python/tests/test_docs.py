"""What the docstrings and the README show is what happens; the stubs name what there is."""

import ast
import doctest
from pathlib import Path

import pytest

import fiedler
from fiedler import _answers, _estimator, _fiedler


@pytest.mark.parametrize("module", [fiedler, _answers, _estimator, _fiedler], ids=lambda module: module.__name__)
def test_the_examples_of_the_docstrings_hold(module):
    found = doctest.testmod(module)
    assert found.failed == 0 and found.attempted > 0


@pytest.mark.parametrize("page", ["python/README.md", "README.md"])
def test_the_examples_of_the_readme_hold(page):
    path = Path(__file__).parents[2] / page
    found = doctest.testfile(str(path), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert found.failed == 0 and found.attempted > 0


def test_every_function_says_what_it_does_and_shows_it():
    for name in fiedler.__all__:
        documentation = getattr(fiedler, name).__doc__
        assert documentation and (">>>" in documentation or name == "ClusteringWarning"), name


def test_the_stubs_name_every_function_with_its_arguments():
    stub = ast.parse(Path(_fiedler.__file__).with_name("_fiedler.pyi").read_text())
    functions = {node.name: [each.arg for each in node.args.args] for node in stub.body if isinstance(node, ast.FunctionDef)}
    compiled = {name for name in dir(_fiedler) if callable(getattr(_fiedler, name)) and not isinstance(getattr(_fiedler, name), type)}
    assert set(functions) == compiled
    for name, arguments in functions.items():
        signature = getattr(_fiedler, name).__text_signature__
        found = [part.split("=")[0].strip() for part in signature.strip("()").split(",") if part.strip()]
        assert arguments == found, name
