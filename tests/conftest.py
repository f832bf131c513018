"""What all tests share: an empty home, and what is dear to load, loaded once."""

from __future__ import annotations

import os
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

import tocsin
from tests.commands import TOCSIN
from tests.crisis import make_crisis
from tocsin.models.reading import Models, load_models
from tocsin.pipeline import Tools
from tocsin.reference.offices import load_reference
from tocsin.settings import Settings
from tocsin.store.database import open_database

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory):
    """A home with nothing in it: what whoever runs the tests imported or set changes none of them.

    Programs that a test starts have it too.  Caches stay where they are; to make those of a browser
    or of fonts anew takes long.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("TOCSIN_")]:
            patch.delenv(name)
        patch.setenv("XDG_CACHE_HOME", os.environ.get("XDG_CACHE_HOME") or f"{Path.home()}/.cache")
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def models() -> Models:
    return load_models(Settings())


@pytest.fixture(scope="session")
def tools(models: Models) -> Tools:
    return Tools(models=models, reference=load_reference())


@pytest.fixture(scope="session")
def shared_crisis(tmp_path_factory):
    """A small store of a made crisis, as its folder, and a connection that sees writes to it."""
    folder = make_crisis(tmp_path_factory.mktemp("crisis") / "store")
    with closing(open_database(folder, read_only=True)) as watching:
        yield folder, watching


@pytest.fixture(scope="session")
def crisis(shared_crisis):
    """A small store of a made crisis, as its folder; only to be read."""
    return shared_crisis[0]


@pytest.fixture(autouse=True)
def crisis_is_only_read(request):
    """Fail the test that writes into the store that all share, not those that read it later."""
    if "shared_crisis" not in request.fixturenames:
        yield
        return
    _, watching = request.getfixturevalue("shared_crisis")
    (before,) = watching.execute("PRAGMA data_version").fetchone()
    yield
    (after,) = watching.execute("PRAGMA data_version").fetchone()
    assert after == before, "this test wrote into the store that all share; it is to make its own"


@pytest.fixture(scope="session")
def store(crisis):
    """The same, opened."""
    with tocsin.open(crisis) as opened:
        yield opened


@pytest.fixture(scope="session")
def crisis_store(tmp_path_factory):
    """The store of `examples/crisis`, made by the real command line once for all tests."""
    store = tmp_path_factory.mktemp("stores") / "crisis"
    for command in (
        ("add", "examples/crisis/articles"),
        ("outlets", "examples/crisis/outlets.csv"),
    ):
        done = subprocess.run(
            [TOCSIN, *command, "--store", store], capture_output=True, cwd=PROJECT, timeout=600
        )
        assert done.returncode == 0, done.stderr.decode()
    return store
