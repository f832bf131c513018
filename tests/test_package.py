import subprocess
import sys

import pytest

import tocsin


@pytest.mark.parametrize("name", tocsin.__all__)
def test_package_offers_what_it_says(name):
    assert getattr(tocsin, name).__name__ == name


def test_package_has_nothing_else_to_offer():
    with pytest.raises(AttributeError, match="monster"):
        _ = tocsin.monster


def test_command_line_imports_nothing_heavy():
    code = "import sys, tocsin.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    heavy = {"spacy", "numpy", "trafilatura", "rich", "jinja2", "rapidfuzz", "onnxruntime"}
    assert heavy.isdisjoint(loaded.stdout.split())
