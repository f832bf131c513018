"""The desk in this process, on a small store of a made crisis."""

import pytest
from lxml import html
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
    return client_of(crisis)


def client_of(desk):
    """Ask a desk, or one on the store in a folder."""
    opened = desk if isinstance(desk, Desk) else Desk(desk)
    return TestClient(make_app(opened, [HOST]), base_url=f"http://{HOST}")


def page_of(client, path="/"):
    """Return a page that is there, as a tree of elements."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.text)


def words(element):
    """Return the words of an element, on one line."""
    return " ".join(element.text_content().split())
