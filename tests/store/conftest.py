"""Drafts of reports, and an empty store to keep them in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.made import Draft
from tests.made import selin as make_selin
from tocsin.store.database import open_database
from tocsin.store.writer import Writer


@pytest.fixture
def draft() -> Callable[..., Draft]:
    """Make an empty draft of a text."""
    return Draft


@pytest.fixture
def selin() -> Callable[..., Draft]:
    """Make the draft of an article with a record of every kind."""
    return make_selin


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "crisis"


@pytest.fixture
def connection(folder):
    connection = open_database(folder, create=True)
    yield connection
    connection.close()


@pytest.fixture
def writer(connection) -> Writer:
    return Writer(connection)
