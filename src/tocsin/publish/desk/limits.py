"""Limits: how long an address may be, how often one visitor may ask, how many are answered at once.

They are generous: a person with many tabs meets none of them, a script without pauses does.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tocsin.errors import SlowQuestionError, TooLargeError
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk.newest import Newest
from tocsin.publish.desk.problems import Problem, problem_of

#: Characters of an address, visitors that are remembered, and seconds for all of a request to come.
_ADDRESS, _VISITORS, _PATIENCE = 8_000, 1_000, 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How much may be asked."""

    at_once: int  #: requests of one visitor without a pause
    a_second: float  #: requests of one visitor over time
    at_work: int = 64  #: requests of all visitors that wait for their answer, and as many that come


#: On this machine, and beyond.
LOOPBACK, BEYOND = Pace(at_once=2_000, a_second=400), Pace(at_once=200, a_second=20)


@dataclass
class Limits:
    """Lets through as much as the desk can answer."""

    app: ASGIApp
    pace: Pace
    _now: Counter[bool] = field(default_factory=Counter)  #: requests, by whether they still come
    _buckets: Newest[tuple[float, float]] = field(default_factory=lambda: Newest(_VISITORS))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        comes = _has_body(scope)
        if refused := self._refused(scope, comes):
            await refused.as_json()(scope, receive, send)
            return

        def arrive() -> None:
            nonlocal comes
            self._now[comes] -= 1
            comes = False
            self._now[comes] += 1

        # Who sends slowly takes no place of those who are answered.
        self._now[comes] += 1
        try:
            await self.app(scope, _in_time(receive, arrive), send)
        finally:
            self._now[comes] -= 1

    def _refused(self, scope: Scope, comes: bool) -> Problem | None:
        length = len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"])
        if length > _ADDRESS:
            too_long = refusal(TooLargeError, "address_too_long", length, most=_ADDRESS)
            return problem_of(too_long, HTTPStatus.REQUEST_URI_TOO_LONG)
        if not self._may_ask((scope.get("client") or ("",))[0]):
            too_often = refusal(SlowQuestionError, "asked_too_often", number=self.pace.a_second)
            return problem_of(too_often, HTTPStatus.TOO_MANY_REQUESTS)
        if self._now[comes] >= self.pace.at_work:
            return problem_of(refusal(SlowQuestionError, "desk_is_busy", number=self.pace.at_work))
        return None

    def _may_ask(self, visitor: str) -> bool:
        """Take a token out of the bucket of a visitor, which fills up with time."""
        now = time.monotonic()
        left, then = self._buckets.get(visitor, (float(self.pace.at_once), now))
        left = min(left + (now - then) * self.pace.a_second, float(self.pace.at_once))
        self._buckets[visitor] = (max(left - 1, 0.0), now)
        return left >= 1


def _has_body(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def _in_time(receive: Receive, arrive: Callable[[], None]) -> Receive:
    """Return `receive` for a request that has to `arrive` at its end in time."""
    ends, ended = time.monotonic() + _PATIENCE, False

    async def receive_in_time() -> Message:
        nonlocal ended
        if ended:  # nothing is awaited but that the visitor leaves
            return await receive()
        with anyio.move_on_after(ends - time.monotonic()):
            message = await receive()
            ended = not message.get("more_body", False)
            if ended:
                arrive()
            return message
        raise refusal(SlowQuestionError, "body_awaited", seconds=_PATIENCE)

    return receive_in_time
