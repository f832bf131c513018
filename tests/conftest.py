"""What is dear to load is loaded once for all tests."""

from __future__ import annotations

import pytest

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
