"""Alarms raised at a webhook on loopback: signed, tried again, and given up in the end."""

import hashlib
import hmac
import io
from datetime import date

import pytest
from rich.console import Console

from tests.watch.feeds.served import Served
from tocsin.corpus.account import Added
from tocsin.errors import FetchError
from tocsin.publish.raising import TRIES, deliver, sign, tell_round
from tocsin.second.reader import Spent
from tocsin.watch.alarms import Alarm
from tocsin.watch.feeds.plan import Bell
from tocsin.watch.feeds.rounds import Round

BODY, DAY = b'{"actor": "TCD"}', date(2024, 10, 29)


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


def test_address_of_a_webhook_is_in_no_complaint(bell):
    bell.answers["/bell/t0ken"] = (403, {}, b"")
    with pytest.raises(FetchError, match=r"127\.0\.0\.1") as refused:
        deliver(BODY, bell.url("/bell/t0ken"), "secret", sleep=lambda _: None)
    assert "t0ken" not in str(refused.value)


def test_alarm_is_sent_though_it_cannot_be_written_down(bell, tmp_path):
    bell.answers["/bell"] = (204, {}, b"")
    there = Bell(file=str(tmp_path / "none" / "alarms.jsonl"), webhook=bell.url("/bell"))
    alarm = Alarm(
        actor="TCD",
        recipient="NER",
        since=DAY,
        rang=DAY,
        until=None,
        size=9.0,
        rings="confirmed",
        seen=3,
        standing=3,
        expected=0.3,
        types={"ASSAULT": 3},
        events=(),
        before=(),
        after=(3,),
    )
    done = Round(asked=1, changed=1, failures=(), added=None, alarms=(alarm,))
    [complaint] = tell_round(done, there, "secret", Console(file=io.StringIO()))
    assert "written down" in complaint
    assert bell.paths() == ["/bell"]


def test_a_round_tells_what_a_second_reader_was_asked():
    asked = Added(second=Spent(model="m", failed={"refused": 1}))
    done = Round(asked=1, changed=1, failures=(), added=asked, alarms=())
    told = list(tell_round(done, Bell(), "", Console(file=io.StringIO())))
    assert "Second reader m" in told[0]
    assert "refused 1" in told[1]
