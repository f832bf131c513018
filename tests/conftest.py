"""What is dear to load is loaded once for all tests."""

from __future__ import annotations

import pytest

from tocsin.models.reading import Models, load_models
from tocsin.settings import Settings


@pytest.fixture(scope="session")
def models() -> Models:
    return load_models(Settings())
