"""The guard before every face: who may ask, from where, how much; and what a browser may do.

A desk on loopback is reached by every page that its user has open, so the host must be one of the
desk's own names (DNS rebinding) and a change must come from a page of the desk (cross-site
requests).  Every answer carries a content policy under which only the desk's own files run.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tocsin.errors import TooLargeError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk.problems import Problem, problem_of

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # under no-referrer forms say that they come from nowhere
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}

_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets through what may pass, and gives every answer its headers."""

    app: ASGIApp
    hosts: Collection[str]  #: names with port under which the desk may be asked for
    most_bytes: int  #: of one request

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refused = self._refused(scope)
        if refused:
            await refused.as_json()(scope, receive, guarded)
        else:
            await self.app(scope, self._bounded(receive), guarded)

    def _refused(self, scope: Scope) -> Problem | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host.lower() not in self.hosts:
            error = refusal(ValueNotUnderstood, "no_such_host", known=", ".join(sorted(self.hosts)))
            return problem_of(error, HTTPStatus.MISDIRECTED_REQUEST)
        if scope["method"] not in _SAFE and not _from_here(headers, host):
            return problem_of(refusal(ValueNotUnderstood, "foreign_origin"), HTTPStatus.FORBIDDEN)
        if _length(headers) > self.most_bytes:
            return problem_of(refusal(TooLargeError, "body_too_large", most=self.most_bytes))
        return None

    def _bounded(self, receive: Receive) -> Receive:
        """Return `receive` for a body whose length nobody said: it ends where it is too long."""
        read = 0

        async def bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.most_bytes:
                raise refusal(TooLargeError, "body_too_large", most=self.most_bytes)
            return message

        return bounded


def _from_here(headers: Headers, host: str) -> bool:
    """Tell whether a change is asked for by a page of the desk, or by no page at all.

    Browsers say where a change comes from, by `Origin` or `Sec-Fetch-Site`; programs say nothing.
    """
    origin = headers.get("origin")
    if origin is not None:
        return origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")
    return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def _length(headers: Headers) -> float:
    given = headers.get("content-length", "0")
    return float(given) if given.isascii() and given.isdecimal() else 0
