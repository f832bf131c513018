"""The endpoint: answers, failures for a reason, tries that end."""

import json
from typing import Any

import pytest

from tocsin.articles.http_exchange import Reply
from tocsin.errors import FetchError, ValueNotUnderstood
from tocsin.records import Article
from tocsin.second import endpoint
from tocsin.second.endpoint import TRIES, Endpoint, UnansweredError, Why, chat_address
from tocsin.second.prompt import Request
from tocsin.second.reader import SecondReader

REQUEST = Request(user="[1] It rained.")


def said(content: Any = "{}", **more: Any) -> Reply:
    return reply(json.dumps({"choices": [{"message": {"content": content}}], **more}).encode())


def reply(body: bytes = b"", status: int = 200, **headers: str) -> Reply:
    return Reply(status=status, headers=headers, body=body)


class Wire:
    """Gives one outcome after another, the last for ever; notes what was sent and waited."""

    def __init__(self, *outcomes: Reply | Exception) -> None:
        self.outcomes, self.sent, self.waited = list(outcomes), [], []

    def __call__(self, url, headers, data, **_):
        self.sent.append((url, headers, json.loads(data)))
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


@pytest.fixture
def on_wire(monkeypatch):
    def ask(*outcomes, key=""):
        wire = Wire(*outcomes)
        monkeypatch.setattr(endpoint, "exchange", wire)
        asked = Endpoint(url="http://h/v1", model="m", key=key, sleep=wire.waited.append)
        return asked, wire

    return ask


def test_an_answer_comes_with_the_tokens_that_were_counted(on_wire):
    asked, _ = on_wire(said("[]", usage={"prompt_tokens": 7, "completion_tokens": 3}))
    answer = asked.ask(REQUEST)
    assert (answer.content, answer.tokens_in, answer.tokens_out) == ("[]", 7, 3)


@pytest.mark.parametrize("usage", [None, [], {}, {"prompt_tokens": -1}, {"prompt_tokens": 10**30}])
def test_tokens_that_are_not_counted_are_estimated(on_wire, usage):
    asked, _ = on_wire(said("x" * 40, usage=usage))
    answer = asked.ask(REQUEST)
    assert (answer.tokens_in, answer.tokens_out) == (REQUEST.tokens, 10)


@pytest.mark.parametrize("content", [None, {"acts": []}])
def test_tokens_of_an_answer_without_words_are_counted(on_wire, content):
    usage = {"prompt_tokens": 100, "completion_tokens": 50}
    asked, _ = on_wire(said(content, usage=usage))
    second = SecondReader(endpoint=asked)
    assert second.read(Article(id="a", text="Chad shelled Agadez on Monday.")) is None
    spent = second.spent
    assert (spent.tokens_in, spent.tokens_out, spent.failed) == (100, 50, {Why.NONSENSE: 1})


def test_the_key_is_sent_and_shown_nowhere(on_wire):
    asked, wire = on_wire(said(), key="sekrit")
    asked.ask(REQUEST)
    assert wire.sent[0][1]["Authorization"] == "Bearer sekrit"
    assert "sekrit" not in repr(asked)


def test_without_a_key_none_is_sent(on_wire):
    asked, wire = on_wire(said())
    asked.ask(REQUEST)
    assert "Authorization" not in wire.sent[0][1]


def test_an_endpoint_that_takes_no_schema_is_asked_for_any_json_from_then_on(on_wire):
    asked, wire = on_wire(reply(status=400), said())
    asked.ask(REQUEST)
    asked.ask(REQUEST)
    forms = [body["response_format"]["type"] for *_, body in wire.sent]
    assert forms == ["json_schema", "json_object", "json_object"]


@pytest.mark.parametrize("status", [400, 422])
def test_a_model_that_takes_no_temperature_is_asked_without_from_then_on(on_wire, status):
    asked, wire = on_wire(reply(status=status), reply(status=status), said())
    asked.ask(REQUEST)
    asked.ask(REQUEST)
    told = [(body["response_format"]["type"], "temperature" in body) for *_, body in wire.sent]
    assert told == [("json_schema", True), ("json_object", True), *[("json_schema", False)] * 2]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_endpoint_is_asked_again_ever_later_until_it_answers(on_wire, status):
    asked, wire = on_wire(reply(status=status), reply(status=status), said())
    asked.ask(REQUEST)
    assert wire.waited == [endpoint.PAUSE, 2 * endpoint.PAUSE]


def test_it_waits_as_long_as_it_is_asked_to(on_wire):
    asked, wire = on_wire(reply(status=429, **{"retry-after": "7"}), said())
    asked.ask(REQUEST)
    assert wire.waited == [7.0]


@pytest.mark.parametrize("asked_for", ["3600", "inf"])
def test_it_does_not_wait_for_longer_than_a_bound(on_wire, asked_for):
    asked, wire = on_wire(reply(status=429, **{"retry-after": asked_for}))
    with pytest.raises(UnansweredError) as error:
        asked.ask(REQUEST)
    assert (error.value.why, wire.waited) == (Why.BUSY, [])


@pytest.mark.parametrize(
    ("outcome", "why", "tries"),
    [
        (reply(status=503), Why.BUSY, TRIES),
        (ConnectionRefusedError(), Why.UNREACHABLE, TRIES),
        (OSError("the answer is cut off"), Why.UNREACHABLE, TRIES),
        (TimeoutError(), Why.TIME, 1),
        (OSError(TimeoutError()), Why.UNREACHABLE, TRIES),
        (FetchError("too large"), Why.TOO_LARGE, 1),
        (reply(status=401), Why.KEY, 1),
        (reply(status=403), Why.KEY, 1),
        (reply(status=404), Why.NO_MODEL, 1),
        (reply(status=451), Why.REFUSED, 1),
        (reply(status=302, location="http://elsewhere/"), Why.REFUSED, 1),
        (reply(status=400), Why.REFUSED, 4),
        (reply(b"<html>"), Why.NONSENSE, 1),
        (reply(b"[" * 200_000), Why.NONSENSE, 1),
        (reply(b'{"choices": []}'), Why.NONSENSE, 1),
        (reply(b'{"choices": [{"message": null}]}'), Why.NONSENSE, 1),
        (reply(b"[]"), Why.NONSENSE, 1),
    ],
)
def test_what_fails_fails_for_a_reason_after_so_many_tries(on_wire, outcome, why, tries):
    asked, wire = on_wire(outcome)
    with pytest.raises(UnansweredError) as error:
        asked.ask(REQUEST)
    assert (error.value.why, len(wire.sent)) == (why, tries)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1/chat/completions"),
        ("https://h/v1/", "https://h/v1/chat/completions"),
        ("https://h/v1/chat/completions", "https://h/v1/chat/completions"),
        ("https://h/a?version=2", "https://h/a/chat/completions?version=2"),
    ],
)
def test_chats_are_taken_below_the_address(url, address):
    assert chat_address(url) == address


@pytest.mark.parametrize(
    "url", ["h/v1", "ftp://h", "file:///etc/passwd", "http://", "http://h:x", "http://h\n/v1", "é"]
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ValueNotUnderstood):
        chat_address(url)


@pytest.mark.parametrize(
    "url", ["http://me:sekrit@h/v1", "ftp://me:sekrit@h", "http://:sekrit@[::1", "me:sekrit@h"]
)
def test_a_password_in_the_address_is_refused_and_not_shown(url):
    with pytest.raises(ValueNotUnderstood) as error:
        chat_address(url)
    assert "sekrit" not in str(error.value)


def test_a_key_that_would_break_the_header_is_refused_and_not_shown():
    with pytest.raises(ValueNotUnderstood) as error:
        Endpoint(url="http://h/v1", model="m", key="sekrit\r\nX: y")
    assert "sekrit" not in str(error.value)


def test_a_model_must_be_named():
    with pytest.raises(ValueNotUnderstood, match="--model"):
        Endpoint(url="http://h/v1", model="")
