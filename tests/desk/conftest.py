"""The desk in this process, on a small store of a made crisis."""

import pytest
from lxml import html
from starlette.testclient import TestClient

from tocsin.publish.desk.application import make_app
from tocsin.publish.desk.opened import Desk

HOST = "127.0.0.1:8710"


@pytest.fixture(scope="session")
def client(crisis):
    """Ask the desk: `client.get("/events")`; what nobody foresaw is raised."""
    return client_of(crisis)


def client_of(desk):
    """Ask a desk, or one on the store in a folder."""
    opened = desk if isinstance(desk, Desk) else Desk(desk)
    return TestClient(make_app(opened, [HOST]), base_url=f"http://{HOST}")


def page_of(client, path="/", **asked):
    """Return a page that is there, as a tree of elements."""
    answer = client.get(path, **asked)
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.text)


def words(element):
    """Return the words of an element, on one line."""
    return " ".join(element.text_content().split())
