"""A stand-in for a large model: an endpoint of the chat protocol that answers as it is told.

It notes what it is asked, so that a caller can tell what was sent and how often.  A `Reply` may be
slow, cut off or no HTTP at all; `FAILS` and `LIES` are the ways in which real endpoints and models
go wrong, and some in which none ever did.
"""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.M)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, as the endpoint got it."""

    path: str
    headers: Mapping[str, str]  #: names in lower case
    body: dict[str, Any]

    @property
    def instructions(self) -> str:
        """What the model is told to do."""
        return str(self.body["messages"][0]["content"])

    @property
    def text(self) -> str:
        """What it is given to read."""
        return str(self.body["messages"][-1]["content"])

    @property
    def sentences(self) -> dict[int, str]:
        """The sentences that it is given, by their numbers."""
        return {int(number): words for number, words in _NUMBERED.findall(self.text)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes back over the wire."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pause: float = 0.0  #: seconds before each byte
    is_cut: bool = False  #: the connection closes in the middle of the body
    raw: bytes | None = None  #: sent instead of an answer in HTTP


Answer = Callable[[Asked], Reply]


def say(acts: Any = (), statements: Any = ()) -> Reply:
    """Reply as a model that keeps to the form."""
    return say_words(json.dumps({"acts": acts, "statements": statements}))


def say_words(content: Any) -> Reply:
    """Reply as a model that says `content`, whatever it is."""
    used = {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100}
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return Reply(body=json.dumps({"choices": [choice], "usage": used}).encode())


def act(sentence: Any, words: Any, **said: Any) -> dict[str, Any]:
    """Return an act as a model tells it: an attack unless `said` tells another."""
    nothing: dict[str, Any] = {
        "actor": [],
        "recipient": [],
        "day": None,
        "place": None,
        "again": [],
    }
    told = {"type": "ASSAULT", "status": "asserted", "background": False}
    return {"sentence": sentence, "words": words} | nothing | told | said


# --------------------------------------------------------------------------- the endpoint


class StandIn:
    """A running endpoint.  `asked` grows while it answers."""

    def __init__(self, answer: Answer, delay: float) -> None:
        """Answer with what `answer` returns, `delay` seconds after each question."""
        self.answer, self.delay = answer, delay
        self.asked: list[Asked] = []
        self.busiest = 0  #: most questions that were open at once
        self._open = 0
        self._lock = threading.Lock()
        self.server = _Server(("127.0.0.1", 0), _Handler)
        self.server.standin = self

    @property
    def url(self) -> str:
        """Its address, as `--reader` takes it."""
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def reply_to(self, asked: Asked) -> Reply:
        """Note the question, wait, and return the reply."""
        with self._lock:
            self.asked.append(asked)
            self._open += 1
            self.busiest = max(self.busiest, self._open)
        time.sleep(self.delay)
        try:
            return self.answer(asked)
        finally:
            with self._lock:
                self._open -= 1


@contextmanager
def answering(answer: Answer, delay: float = 0.0) -> Iterator[StandIn]:
    """Yield an endpoint that gives `answer` to everyone, each after `delay` seconds."""
    standin = StandIn(answer, delay)
    thread = threading.Thread(target=standin.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield standin
    finally:
        standin.server.shutdown()
        standin.server.server_close()
        thread.join(10)


class _Server(ThreadingHTTPServer):
    """Takes many connections at once, and is silent about those that a client gives up."""

    request_queue_size = 128
    daemon_threads = True
    block_on_close = False
    standin: StandIn

    def handle_error(self, *_: Any) -> None:
        """Say nothing: that clients go away is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(path=self.path, headers=headers, body=json.loads(body))
        self._send(self.server.standin.reply_to(asked))

    def do_GET(self) -> None:
        """Note it: a client that follows a redirection comes so."""
        self.server.standin.asked.append(Asked(path=self.path, headers={}, body={}))
        self._send(Reply(status=404))

    def _send(self, reply: Reply) -> None:
        if reply.raw is not None:
            self.wfile.write(reply.raw)
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in ({"Content-Type": "application/json"} | dict(reply.headers)).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self._send_body(reply)

    def _send_body(self, reply: Reply) -> None:
        body = reply.body[: len(reply.body) // 2] if reply.is_cut else reply.body
        if not reply.pause:
            self.wfile.write(body)
        for byte in body if reply.pause else b"":
            time.sleep(reply.pause)
            self.wfile.write(bytes([byte]))
        if reply.is_cut:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: Any) -> None:
        """Print nothing."""


# --------------------------------------------------------------------------- what goes wrong


def always(reply: Reply) -> Answer:
    """Give `reply` whatever is asked."""
    return lambda _: reply


def _say_each(**wrong: Any) -> Answer:
    """Say an act of the first sentence's first word, with what is `wrong` about it."""

    def answer(asked: Asked) -> Reply:
        number, words = next(iter(asked.sentences.items()))
        return say([act(number, words.split()[0]) | wrong])

    return answer


_NINES = "9" * 5000

#: What an endpoint does that fails: the article is then read by Tocsin alone.
FAILS: Mapping[str, Answer] = {
    "no-json": always(say_words("I am sorry, I cannot read this.")),
    "half-json": always(say_words('{"acts": [{"sentence": 1, "wor')),
    "deep-json": always(say_words('{"acts": ' + "[" * 100_000 + "]" * 100_000 + "}")),
    "acts-of-object": always(say({"sentence": 1})),
    "list": always(say_words("[]")),
    "no-content": always(say_words(None)),
    "content-of-number": always(say_words(17)),
    "huge-number": always(say_words(f'{{"acts": {_NINES}}}')),
    "no-choices": always(Reply(body=b'{"choices": []}')),
    "deep-envelope": always(Reply(body=b"[" * 100_000)),
    "page": always(Reply(body=b"<html>Sign in</html>", headers={"Content-Type": "text/html"})),
    "no-utf-8": always(Reply(body=b'{"choices": "\xff\xfe"}')),
    "empty": always(Reply()),
    "huge": always(Reply(body=b'{"choices": "' + b"x" * 50_000_000 + b'"}')),
    "refused": always(Reply(status=401, body=b'{"error": {"message": "no such key"}}')),
    "redirected": always(Reply(status=302, headers={"Location": "/v1/elsewhere"})),
    "broken": always(Reply(status=500, body=b"Traceback")),
    "cut": always(Reply(body=b'{"choices": [' + b" " * 2000, is_cut=True)),
    "no-http": always(Reply(raw=b"\x15\x03\x01\x00\x02\x02\x28")),
    "closed": always(Reply(raw=b"")),
}

#: What a model says that can be read, but holds nothing that may be taken.
LIES: Mapping[str, Answer] = {
    "invented-words": _say_each(words="annexed the Moon"),
    "no-words": _say_each(words=""),
    "blank-words": _say_each(words=" \n"),
    "words-of-number": _say_each(words=17),
    "nul-words": _say_each(words="\0"),
    "turned-words": _say_each(words="\u202eyap\u2066"),
    "no-such-sentence": _say_each(sentence=99_999),
    "sentence-zero": _say_each(sentence=0),
    "sentence-below": _say_each(sentence=-1),
    "sentence-of-nines": always(
        say_words(f'{{"acts": [{{"sentence": {"9" * 300}, "words": "a"}}]}}')
    ),
    "sentence-of-words": _say_each(sentence="first"),
    "sentence-true": _say_each(sentence=True),
    "type-of-fancy": _say_each(type="GENOCIDE"),
    "type-of-list": _say_each(type=["ASSAULT"]),
    "status-of-fancy": _say_each(status="certain"),
    "act-of-number": always(say([1, None, "x", [], {}])),
    "not-a-number": always(say_words('{"acts": [{"sentence": NaN, "words": "x"}]}')),
}


def slow(seconds: float) -> Answer:
    """Reply with a byte in so many seconds."""
    return always(Reply(body=b'{"choices": []}' * 100, pause=seconds))


def by_word(answers: Mapping[str, Answer], otherwise: Answer) -> Answer:
    """Give the answer whose name stands as a word of its own in the text."""

    def answer(asked: Asked) -> Reply:
        for name in re.findall(r"[\w-]+", asked.text):
            if name in answers:
                return answers[name](asked)
        return otherwise(asked)

    return answer
