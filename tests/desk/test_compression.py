"""Compression: what is sent, and that what is sent piece by piece still is."""

import gzip

import anyio
import pytest
from fastapi import APIRouter
from starlette.responses import StreamingResponse

from tests.desk.conftest import HOST
from tocsin.publish.desk import application
from tocsin.publish.desk.opened import Desk


def test_pages_are_compressed_for_those_who_read_that(client):
    compressed = client.get("/events", headers={"accept-encoding": "gzip"})
    plain = client.get("/events", headers={"accept-encoding": "identity"})
    assert compressed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert compressed.text == plain.text


def test_compressed_answers_have_the_content_policy(client):
    answer = client.get("/events", headers={"accept-encoding": "gzip"})
    assert "default-src 'self'" in answer.headers["content-security-policy"]


@pytest.fixture
def streaming(monkeypatch, crisis):
    """A desk with a download in pieces, which notes how many were made when one was sent."""
    made, router = [], APIRouter()

    def pieces():
        for number in range(200):
            made.append(number)
            yield f"{number:,} {'a line of a download'[number % 20 :]}\n" * 500

    @router.get("/download")
    def download():
        return StreamingResponse(pieces(), media_type="text/csv")

    monkeypatch.setattr(application, "ROUTERS", (router,))
    return application.make_app(Desk(crisis), [HOST]), made


def test_downloads_in_pieces_are_sent_while_they_are_made(streaming):
    app, made = streaming
    sent, made_by = [], []

    async def ask():
        asked = {"type": "http", "method": "GET", "path": "/download", "query_string": b""}
        headers = [(b"host", HOST.encode()), (b"accept-encoding", b"gzip")]
        await app(asked | {"headers": headers}, _nothing, keep)

    async def keep(message):
        if message.get("body"):
            sent.append(message["body"])
            made_by.append(len(made))

    anyio.run(ask)
    assert made_by[0] < 20
    assert gzip.decompress(b"".join(sent)).count(b"\n") == 200 * 500


async def _nothing():
    await anyio.sleep_forever()
