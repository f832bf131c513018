"""A hostile visitor: whatever is asked of whatever route, no answer of the desk is a fault."""

import re
import socket
from urllib.parse import unquote

import anyio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.desk.conftest import HOST
from tests.desk.test_hostile_store import ROUTES
from tocsin.publish.desk.application import make_app
from tocsin.publish.desk.opened import Desk

#: Parts of addresses that have broken web servers before.
ODD = (
    *(
        "..",
        "%2e%2e",
        "..%2f..%2fetc%2fpasswd",
        "%00",
        "%0a",
        "%0d%0aset-cookie:x",
        "%ff",
        "%ed%a0%80",
    ),
    *(
        "%c0%ae",
        "%",
        "%zz",
        "\\",
        "//",
        "'",
        '"',
        "<script>",
        "{{7*7}}",
        "%F0%9F%92%A9",
        "a" * 3_000,
    ),
)
NAMES = (
    *("limit", "after", "sort", "since", "until", "actor", "text", "about", "record", "q", "id"),
    *(
        "type",
        "grade",
        "page",
        "as",
        "one",
        "other",
        "days",
        "end",
        "key",
        "x",
        "on",
        "office",
        "name",
    ),
)


def quote_bytes(text):
    return "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))


PIECES = st.one_of(st.sampled_from(ODD), st.text(max_size=20).map(quote_bytes))


@st.composite
def addresses(draw):
    """Draw an address of one of the routes, with odd parts and an odd query."""
    route = draw(st.sampled_from(sorted(ROUTES)))
    path = re.sub(r"{[^}]+}", lambda _: draw(PIECES), route)
    asked = draw(st.lists(st.tuples(st.sampled_from(NAMES), PIECES), max_size=4))
    query = "&".join(f"{name}={value}" for name, value in asked)
    return f"{path}?{query}"


@pytest.fixture(scope="module")
def app(crisis):
    return make_app(Desk(crisis), [HOST])


def ask(app, address):
    """Return the status of the answer to an address as it stands, which no client puts in order."""
    path, _, query = address.partition("?")
    sent = []

    async def send(message):
        sent.append(message)

    body = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive():
        for message in body:
            return message
        return await anyio.sleep_forever()  # the visitor stays

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", HOST.encode())],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8710),
    }
    anyio.run(app, scope, receive, send)
    return sent[0]["status"]


@pytest.mark.slow
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(address=addresses())
def test_no_address_is_a_fault(app, address):
    assert ask(app, address) < 500


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("route", ["/events/{}", "/articles/{}?record={}", "/static/{}/{}", "/{}"])
def test_odd_parts_of_an_address_are_no_fault(app, route, odd):
    assert ask(app, route.replace("{}", odd)) < 500


@pytest.mark.parametrize(
    "path", ["..%2f..%2fpyproject.toml", "../application.py", "%2e%2e/desk.css"]
)
def test_assets_are_files_of_the_desk_alone(app, path):
    assert ask(app, f"/static/0123456789abcdef/{path}") == 404


@pytest.mark.parametrize("cursor", ["x", "e30", "W10", "WyJldmVudHMiXQ", "%00", "a" * 4_000])
def test_forged_cursors_are_refused(app, cursor):
    assert ask(app, f"/events?after={cursor}") == 422
    assert ask(app, f"/api/v1/events?after={cursor}") == 422


@pytest.mark.slow
def test_address_that_is_given_to_be_read_is_not_fetched(app, monkeypatch):
    def refuse(*_):
        raise AssertionError("the desk went out")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    client = TestClient(app, base_url=f"http://{HOST}")
    for address in ("https://www.example.org/news", "http://127.0.0.1:1/", "file:///etc/passwd"):
        answer = client.post("/read", data={"text": address})
        assert answer.status_code in (200, 422)
        assert "the desk went out" not in answer.text
