"""Alarms raised at a webhook on loopback: signed, tried again, and given up in the end."""

import hashlib
import hmac

import pytest

from tests.watch.feeds.served import Served
from tocsin.errors import FetchError
from tocsin.publish.raising import TRIES, deliver, sign

BODY = b'{"actor": "TCD"}'


@pytest.fixture
def bell():
    server = Served({})
    yield server
    server.shutdown()
    server.server_close()


def test_delivery_is_signed_with_its_time(bell):
    bell.answers["/bell"] = (204, {}, b"")
    deliver(BODY, bell.url("/bell"), "secret")
    [(_, headers, given)] = bell.asked
    signed = hmac.new(b"secret", headers["Tocsin-Timestamp"].encode() + b"." + BODY, hashlib.sha256)
    assert given == BODY
    assert headers["Tocsin-Signature"] == f"sha256={signed.hexdigest()}"
    assert headers["Content-Type"] == "application/json"


def test_other_secret_or_time_signs_otherwise():
    signatures = {sign(secret, stamp, BODY) for secret in ("a", "b") for stamp in ("1", "2")}
    assert len(signatures) == 4


def test_delivery_that_fails_is_tried_again(bell):
    waits = []
    bell.answers["/bell"] = [(500, {}, b""), (302, {"Location": "/other"}, b""), (200, {}, b"")]
    deliver(BODY, bell.url("/bell"), "secret", sleep=waits.append)
    assert bell.paths() == ["/bell"] * 3
    assert waits == [2, 4]


def test_delivery_is_given_up_in_the_end(bell):
    waits = []
    bell.answers["/bell"] = (503, {}, b"")
    with pytest.raises(FetchError, match="503"):
        deliver(BODY, bell.url("/bell"), "secret", sleep=waits.append)
    assert len(bell.asked) == TRIES
    assert waits == [2, 4, 8, 16]
