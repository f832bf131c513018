"""Exchanges with a web server: one request, one answer, bounded in time and size, led nowhere."""

from __future__ import annotations

import http.client
import io
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from tocsin.errors import FetchError
from tocsin.lexicons.refusals import refusal

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]  #: names in small letters
    body: bytes  #: as it came, coded for the way


def exchange(
    url: str,
    headers: Mapping[str, str],
    data: bytes | None,
    *,
    most: int,
    silence: float,
    whole: float,
) -> Reply:
    """Make one request, without following redirects, and return the answer whatever it is.

    Args:
        url: of http or https.
        headers: of the request.
        data: what is posted; None: nothing, it is a question only.
        most: bytes of the answer.
        silence: seconds without a byte, connecting and answering.
        whole: seconds that the answer may take in all once it is awaited.

    Raises:
        FetchError: the answer has more than `most` bytes.
        TimeoutError: it takes too long.
        OSError: there is no answer, or none to its end.
        ValueError: there can be no such request.
        http.client.HTTPException: what answers speaks no HTTP.
    """
    asked = urllib.request.Request(url, data, dict(headers))  # noqa: S310 - callers take http(s)
    try:
        answer = _opener(whole).open(asked, timeout=silence)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        body = _read(answer, url, most)
        names = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(status=answer.status, headers=names, body=body)


def _read(answer: Any, url: str, most: int) -> bytes:
    """Read all of an answer."""
    body = bytearray()
    while piece := answer.read1(_PIECE):
        body += piece
        if len(body) > most:
            raise refusal(FetchError, "page_too_large", url, most=most)
    if getattr(answer, "length", None):
        raise OSError("the answer is cut off")
    return bytes(body)


# --------------------------------------------------------------------------- bounded in time


class _Bounded(io.RawIOBase):
    """What comes over a connection, as long as it does not take too long in all."""

    def __init__(self, raw: io.RawIOBase, whole: float) -> None:
        self._raw, self._whole, self._end = raw, whole, time.monotonic() + whole

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any, /) -> int | None:
        """Read some of it: a server that lets its answer drip must not hold the others up."""
        if time.monotonic() > self._end:
            raise TimeoutError(f"the answer takes over {self._whole:g} seconds")
        return self._raw.readinto(room)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """An answer of which head and body together are bounded in time."""

    def __init__(self, whole: float, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fp = io.BufferedReader(_Bounded(self.fp.detach(), whole))


def _connection(kind: Any, whole: float, *given: Any, **named: Any) -> Any:
    made = kind(*given, **named)
    made.response_class = partial(_Answer, whole)
    return made


class _HttpHandler(urllib.request.HTTPHandler):
    whole: float

    def http_open(self, asked: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_connection, http.client.HTTPConnection, self.whole), asked)


class _HttpsHandler(urllib.request.HTTPSHandler):
    whole: float

    def https_open(self, asked: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_connection, http.client.HTTPSConnection, self.whole), asked)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow nothing: `exchange` returns the answer, and callers say what may be followed."""


@cache
def _opener(whole: float) -> urllib.request.OpenerDirector:
    handlers = _HttpHandler(), _HttpsHandler()
    for each in handlers:
        each.whole = whole
    return urllib.request.build_opener(_NoRedirects, *handlers)
