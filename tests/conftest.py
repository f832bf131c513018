"""What is dear to load is loaded once for all tests."""

from __future__ import annotations

import pytest

import tocsin
from tests.crisis import make_crisis
from tocsin.models.reading import Models, load_models
from tocsin.pipeline import Tools
from tocsin.reference.offices import load_reference
from tocsin.settings import Settings


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
