"""What is dear to load is loaded once for all tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import tocsin
from tests.crisis import make_crisis
from tocsin.models.reading import Models, load_models
from tocsin.pipeline import Tools
from tocsin.reference.offices import load_reference
from tocsin.settings import Settings

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def models() -> Models:
    return load_models(Settings())


@pytest.fixture(scope="session")
def tools(models: Models) -> Tools:
    return Tools(models=models, reference=load_reference())


@pytest.fixture(scope="session")
def crisis(tmp_path_factory):
    """A small store of a made crisis, as its folder; only to be read."""
    return make_crisis(tmp_path_factory.mktemp("crisis") / "store")


@pytest.fixture(scope="session")
def store(crisis):
    """The same, opened."""
    with tocsin.open(crisis) as opened:
        yield opened


@pytest.fixture(scope="session")
def crisis_store(tmp_path_factory):
    """The store of `examples/crisis`, made by the real command line once for all tests."""
    store = tmp_path_factory.mktemp("stores") / "crisis"
    program = Path(sys.executable).with_name("tocsin")
    for command in (
        ("add", "examples/crisis/articles"),
        ("outlets", "examples/crisis/outlets.csv"),
    ):
        done = subprocess.run(
            [program, *command, "--store", store], capture_output=True, cwd=PROJECT, timeout=600
        )
        assert done.returncode == 0, done.stderr.decode()
    return store
