"""The door of a desk beyond loopback: nobody comes in who has not shown the token.

A program shows it with every request; a browser once, on the page of the door, and gets a cookie
that no script can read and no other site can use.  Only the digest of a token is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs

import anyio
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk.frame import render_alone
from tocsin.publish.desk.newest import Newest
from tocsin.publish.desk.problems import problem_of
from tocsin.settings import Settings

PATH, OUT = "/sign-in", "/sign-out"

#: What is shown to everybody: the looks of the page of the door.
_OPEN = "/static/"

#: Faces of programs, which are not sent to a page.
_PROGRAMS = ("/api/", "/mcp")

#: Characters of a token that somebody chose.
_SHORTEST = 16

#: Bytes of the form of the door, and seconds that it is waited for.
_FORM, _PATIENCE = 2_000, 10.0

#: Seconds that a browser stays in, and how many may be in.
_STAYS, _MOST_IN = 12 * 3600.0, 1_000

#: Wrong tokens from one address before it has to wait, for how long, and how late each is answered.
_TRIES, _WAIT, _LATE = 5, 60.0, 1.0


# --------------------------------------------------------------------------- the token


def make_token(folder: Path) -> str:
    """Make a new token in place of any before, and keep its digest in `folder`."""
    token = secrets.token_urlsafe(32)
    folder.mkdir(parents=True, exist_ok=True)
    file = _file(folder)
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_text(_digest(token) + "\n", encoding="ascii")
    return token


def digest_of(settings: Settings) -> str:
    """Return the digest of the token: that of the environment, else the one that was made.

    Raises:
        ValueNotUnderstood: there is none, or one that can be guessed.
    """
    if 0 < len(settings.desk_token) < _SHORTEST:
        raise refusal(ValueNotUnderstood, "token_too_short", least=_SHORTEST)
    if settings.desk_token:
        return _digest(settings.desk_token)
    try:
        return _file(settings.data_dir.expanduser()).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        raise refusal(ValueNotUnderstood, "token_unmade") from None


def _file(folder: Path) -> Path:
    return folder / "desk-token"


def _digest(token: str) -> str:
    """Return what is kept of a token; it is long and random, so that one round is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


# --------------------------------------------------------------------------- the door


@dataclass
class Door:
    """Lets in who shows the token, or came in before."""

    app: ASGIApp
    digest: str
    secure: bool  #: whether browsers come over TLS
    port: str = ""  #: cookies are of all ports of a host
    late: float = _LATE
    _in: Newest[float] = field(default_factory=partial(Newest, _MOST_IN))  #: digests, until when
    _wrong: Newest[list[float]] = field(default_factory=partial(Newest, _MOST_IN))  #: by address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        answer: ASGIApp = self.app
        if scope["type"] == "http" and not scope["path"].startswith(_OPEN):
            answer = await self._instead(scope, receive) or self.app
        await answer(scope, receive, send)

    @property
    def _cookie(self) -> str:
        return f"__Host-tocsin{self.port}" if self.secure else f"tocsin{self.port}"

    async def _instead(self, scope: Scope, receive: Receive) -> Response | None:
        """Return what is answered instead; None to who came in before, or shows the token."""
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        key = _digest(cookies.get(self._cookie, ""))
        if time.monotonic() >= self._in.get(key, 0.0) or scope["path"] == PATH:
            return await self._refusal(scope, receive)
        if scope["path"] == OUT and scope["method"] == "POST":
            return self._let_out(key)
        scope.setdefault("state", {})["signed_in"] = True
        return None

    async def _refusal(self, scope: Scope, receive: Receive) -> Response | None:
        """Return what is answered instead; None to a program that shows the token."""
        kind, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return await self._try(scope, token)
        if scope["path"] == PATH:
            return await self._enter(scope, receive)
        if scope["path"].startswith(_PROGRAMS):
            return _unknown()
        return RedirectResponse(PATH, HTTPStatus.SEE_OTHER)

    async def _enter(self, scope: Scope, receive: Receive) -> Response:
        """Return the page of the door, and let in who gives it the token."""
        if scope["method"] != "POST":
            return _page()
        refused = await self._try(scope, (await _form(Request(scope, receive))).get("token", ""))
        if refused is None:
            return self._let_in()
        return _page(wrong=True) if refused.status_code == HTTPStatus.UNAUTHORIZED else refused

    async def _try(self, scope: Scope, token: str) -> Response | None:
        """Return None for the right token; a wrong one is answered late, and many of them not."""
        address, now = (scope.get("client") or ("",))[0], time.monotonic()
        tried = [each for each in self._wrong.get(address, ()) if now - each < _WAIT]
        if len(tried) >= _TRIES:
            error = refusal(ValueNotUnderstood, "too_many_tokens", seconds=_WAIT)
            return problem_of(error, HTTPStatus.TOO_MANY_REQUESTS).as_json()
        if hmac.compare_digest(_digest(token.strip()), self.digest):
            return None
        self._wrong[address] = [*tried, now]
        await anyio.sleep(self.late)
        return _unknown()

    def _let_in(self) -> Response:
        key = secrets.token_urlsafe(32)
        self._in[_digest(key)] = time.monotonic() + _STAYS
        return self._led("/", key, int(_STAYS))

    def _let_out(self, key: str) -> Response:
        del self._in[key]
        return self._led(PATH, "", 0)

    def _led(self, path: str, cookie: str, seconds: int) -> Response:
        """Return the way to a page, with a cookie for so long."""
        answer = RedirectResponse(path, HTTPStatus.SEE_OTHER)
        answer.set_cookie(
            self._cookie,
            cookie,
            max_age=seconds,
            secure=self.secure,
            httponly=True,
            samesite="strict",
        )
        return answer


def _unknown() -> Response:
    problem = problem_of(refusal(ValueNotUnderstood, "token_unknown"), HTTPStatus.UNAUTHORIZED)
    answer = problem.as_json()
    answer.headers["www-authenticate"] = "Bearer"
    return answer


def _page(*, wrong: bool = False) -> Response:
    status = HTTPStatus.UNAUTHORIZED if wrong else HTTPStatus.OK
    return render_alone("sign_in.html.jinja", {"title": "Sign in", "wrong": wrong}, status=status)


async def _form(request: Request) -> Mapping[str, str]:
    """Return the fields of the form; nothing where it is too long, or does not come to its end."""
    body = b""
    with anyio.move_on_after(_PATIENCE):
        async for piece in request.stream():
            body += piece
            if len(body) > _FORM:
                return {}
    fields = parse_qs(body.decode("utf-8", "replace"))
    return {name: values[0] for name, values in fields.items()}
