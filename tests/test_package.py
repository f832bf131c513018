import subprocess
import sys
from importlib.resources import files

import pytest

import tocsin


@pytest.mark.parametrize("name", tocsin.__all__)
def test_package_offers_what_it_says(name):
    assert getattr(tocsin, name).__name__ == name


def test_package_has_nothing_else_to_offer():
    with pytest.raises(AttributeError, match="monster"):
        _ = tocsin.monster


HEAVY = {
    *("spacy", "numpy", "trafilatura", "rich", "jinja2", "rapidfuzz", "onnxruntime"),
    *("pyarrow", "polars", "pandas", "sqlite3", "feedparser", "fastwarc", "zstandard", "lxml"),
}


@pytest.mark.parametrize("module", ["tocsin", "tocsin.cli", "tocsin.articles.corpora"])
def test_module_imports_nothing_heavy(module):
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert HEAVY.isdisjoint(loaded.stdout.split())


def test_package_tells_type_checkers_that_it_is_typed():
    assert files("tocsin").joinpath("py.typed").is_file()
