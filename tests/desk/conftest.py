"""The desk in this process, on a small store of a made crisis."""

import pytest
from starlette.testclient import TestClient

from tests.crisis import make_crisis
from tocsin.publish.desk.application import make_app
from tocsin.publish.desk.opened import Desk

HOST = "127.0.0.1:8710"


@pytest.fixture(scope="session")
def crisis(tmp_path_factory):
    """A store; only to be read."""
    return make_crisis(tmp_path_factory.mktemp("desk") / "store")


@pytest.fixture(scope="session")
def client(crisis):
    """Ask the desk: `client.get("/events")`; what nobody foresaw is raised."""
    return TestClient(make_app(Desk(crisis), [HOST]), base_url=f"http://{HOST}")
