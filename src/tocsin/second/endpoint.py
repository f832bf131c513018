"""The endpoint: a server of the user's that speaks the OpenAI-compatible chat protocol.

One request has one answer or fails for a reason.  It is tried again, a few times and ever later,
where the server says that it is busy or broken; each try is bounded in time and size, and led
nowhere else.  The key is sent in a header and stands in no message.
"""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tocsin.articles.http_exchange import Reply, exchange
from tocsin.errors import FetchError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.second.differing import TOCSIN
from tocsin.second.prompt import CHARACTERS_PER_TOKEN, WAYS, Request, Way, body_of

#: Seconds without a byte, which is as long as a model may think, and for a whole answer.
SILENCE, WHOLE = 180.0, 300.0
#: Characters of the name of a model.
LONGEST_NAME = 200
#: Bytes of an answer.
MOST_BYTES = 1 << 20
#: Tries, seconds before the second one, doubled for each after it, and the longest that a server
#: may have us wait.
TRIES, PAUSE, LONGEST_PAUSE = 4, 0.5, 60.0
#: Tokens that a server may say it has counted.
_MOST_TOKENS = 10_000_000
_BUSY = frozenset((408, 409, 425, 429, *range(500, 600)))


class Why(StrEnum):
    """Why there is no answer."""

    TIME = "too_slow"
    UNREACHABLE = "not_reached"
    BUSY = "busy_or_broken"
    KEY = "key_refused"
    NO_MODEL = "no_such_model"
    REFUSED = "refused"
    TOO_LARGE = "too_large"
    NONSENSE = "unreadable"
    FAULT = "fault_of_tocsin"


#: What an endpoint says to a body that it does not take, and what other refusals are of.
_MISFORMED = frozenset((400, 422))
_REFUSALS = {401: Why.KEY, 403: Why.KEY, 404: Why.NO_MODEL}


class UnansweredError(Exception):
    """A request has no answer; `why` says which kind of failure it was, and no more is kept."""

    def __init__(self, why: Why) -> None:
        """Say why."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a model answered, and the tokens that were counted."""

    content: str
    tokens_in: int
    tokens_out: int


@dataclass(slots=True, kw_only=True)
class Endpoint:
    """A model at an address; it may be asked from several threads."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    sleep: Callable[[float], None] = time.sleep
    #: Which of `WAYS` it takes; it is asked so, and never in an earlier one again.
    _way: int = 0

    def __post_init__(self) -> None:
        """Refuse an address or a key that cannot be asked with.

        Raises:
            ValueNotUnderstood: it is no address of http or https, the model's name none that can be
                kept and shown, or the key no token.
        """
        self.url = chat_address(self.url)
        if not self.model:
            raise refusal(ValueNotUnderstood, "model_missing")
        is_shown = self.model.isprintable() and bool(self.model.strip())
        if not is_shown or len(self.model) > LONGEST_NAME or self.model == TOCSIN:
            raise refusal(ValueNotUnderstood, "model_unfit", self.model, most=LONGEST_NAME)
        if self.key and not (self.key.isascii() and self.key.isprintable()):
            raise refusal(ValueNotUnderstood, "reader_key_unusable")

    def ask(self, request: Request) -> Answer:
        """Return the model's answer.

        Raises:
            UnansweredError: there is none.
        """
        for way in range(self._way, len(WAYS)):
            reply = self._tried(request, WAYS[way])
            if reply.status not in _MISFORMED:
                break
        if reply.status != 200:
            raise UnansweredError(_REFUSALS.get(reply.status, Why.REFUSED))
        self._way = max(self._way, way)
        return _answer(reply, request)

    def _tried(self, request: Request, way: Way) -> Reply:
        """Return what is answered, whatever it says, unless that is to try again for too long."""
        body = json.dumps(body_of(request, self.model, way)).encode()
        pause = PAUSE
        for left in reversed(range(TRIES)):
            try:
                reply = self._exchanged(body)
            except UnansweredError as error:
                if error.why is not Why.UNREACHABLE or not left:
                    raise
                wait = pause
            else:
                if reply.status not in _BUSY:
                    return reply
                wait = _asked_to_wait(reply) or pause
                if not left or wait > LONGEST_PAUSE:
                    raise UnansweredError(Why.BUSY)
            self.sleep(wait)
            pause *= 2
        raise AssertionError("the last try returns or raises")

    def _exchanged(self, body: bytes) -> Reply:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        limits = {"silence": SILENCE, "whole": WHOLE}
        try:
            return exchange(self.url, headers, body, most=MOST_BYTES, **limits)
        except FetchError:
            raise UnansweredError(Why.TOO_LARGE) from None
        except TimeoutError:
            raise UnansweredError(Why.TIME) from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            late = isinstance(getattr(error, "reason", error), TimeoutError)
            why = Why.TIME if late else Why.UNREACHABLE
            raise UnansweredError(why) from None


def chat_address(url: str) -> str:
    """Return where an endpoint takes its chats; an address with an “@” is shown in no message.

    >>> chat_address("http://127.0.0.1:11434/v1")
    'http://127.0.0.1:11434/v1/chat/completions'

    Raises:
        ValueNotUnderstood: this is no address of http or https, or one with a password in it.
    """
    if "@" in url:
        raise refusal(ValueNotUnderstood, "reader_password")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isascii() or not url.isprintable() or " " in url:
        raise refusal(ValueNotUnderstood, "reader_address", url)
    path = parts.path.rstrip("/")
    path = path if path.endswith("/chat/completions") else f"{path}/chat/completions"
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


def _asked_to_wait(reply: Reply) -> float | None:
    """Return the seconds after which a server would be asked again, where it says so."""
    try:
        return max(0.0, float(reply.headers.get("retry-after", "")))
    except ValueError:  # it says nothing, or names a day
        return None


def _answer(reply: Reply, request: Request) -> Answer:
    try:
        told = json.loads(reply.body)
        content = told["choices"][0]["message"].get("content")
        usage = told.get("usage")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise UnansweredError(Why.NONSENSE) from None
    # Without words, as where all went into thinking, it is paid for, and read as no answer.
    content = content if isinstance(content, str) else ""
    rough = len(content) // CHARACTERS_PER_TOKEN
    return Answer(
        content=content,
        tokens_in=_counted(usage, "prompt_tokens", request.tokens),
        tokens_out=_counted(usage, "completion_tokens", rough),
    )


def _counted(usage: Any, name: str, otherwise: int) -> int:
    """Return the tokens that the server has counted, else what they are roughly."""
    count = usage.get(name) if isinstance(usage, dict) else None
    return count if type(count) is int and 0 <= count <= _MOST_TOKENS else otherwise
