"""Asking: one polite request after another to a web server.

What `robots.txt` forbids is not asked for (RFC 9309: where there is none, all is allowed; where the
server fails, nothing), and its pause is kept.  A feed that has moved to another host is a failure
that names the new address, so that nobody is led anywhere: the file of feeds says who is asked.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from tocsin.addresses import host_of
from tocsin.articles.http_body import decode_body
from tocsin.articles.http_exchange import Reply, exchange
from tocsin.errors import FetchError
from tocsin.lexicons.refusals import refusal
from tocsin.settings import Settings

#: By which servers and their robots.txt know who asks.
AGENT = "tocsin"
_HEADERS = {
    "User-Agent": f"{AGENT} (news analysis; polls the feeds that its user names)",
    "Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
#: Seconds without an answer, for a whole answer, and between two requests to a host, at least and
#: at most.
_SILENCE, _WHOLE, _PAUSE, _LONGEST_PAUSE = 20.0, 120.0, 1.0, 60.0
_REDIRECTS, _DAY = 5, 86_400.0
_MOVED = frozenset((301, 302, 303, 307, 308))


def request(url: str, headers: Mapping[str, str], most: int, data: bytes | None = None) -> Reply:
    """Make one request, without following redirects, and return the answer whatever it is.

    Raises:
        FetchError: there is no answer, it takes too long, or it has more than `most` bytes.
    """
    try:
        return exchange(url, headers, data, most=most, silence=_SILENCE, whole=_WHOLE)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise refusal(FetchError, "not_fetched", url, why=error) from None


class Asker:
    """Asks one host: never twice at a time, and never sooner than it wants."""

    def __init__(self, settings: Settings, sleep: Callable[[float], None] = time.sleep) -> None:
        """Begin with nothing known of the host."""
        self._settings, self._sleep = settings, sleep
        self._robots: dict[str, tuple[float, RobotFileParser]] = {}
        self._pause, self._asked = _PAUSE, -_LONGEST_PAUSE

    def ask(self, url: str, conditions: Mapping[str, str]) -> Reply:
        """Return the answer for `url`, its body as it was before it was coded for the way.

        Raises:
            FetchError: it is forbidden, has moved to another host, or there is no answer.
            InputError: the body cannot be decoded.
        """
        reply, there = self._follow(url, {**_HEADERS, **conditions}, self._require_allowed)
        if there:
            raise refusal(FetchError, "feed_moved", url, there=there)
        return replace(reply, body=decode_body(reply.body, reply.headers, url, self._settings))

    def _follow(
        self, url: str, headers: Mapping[str, str], require: Callable[[str], None] | None = None
    ) -> tuple[Reply, str]:
        """Return the answer for `url`, or for where that leads on its host, and how far it leads.

        That is nowhere, unless to another host, from https to http, or in circles.

        Args:
            url: what is asked for first.
            headers: of each request.
            require: refuses, before it is asked for, what must not be.
        """
        for _ in range(_REDIRECTS):
            if require:
                require(url)
            reply = self._request(url, headers)
            if reply.status not in _MOVED:
                return reply, ""
            before, url = url, urljoin(url, reply.headers.get("location", ""))
            if not _is_as_safe(url, before):
                break
        return reply, url

    def _request(self, url: str, headers: Mapping[str, str]) -> Reply:
        self._sleep(max(0.0, self._asked + self._pause - time.monotonic()))
        try:
            return request(url, headers, self._settings.max_bytes)
        finally:
            self._asked = time.monotonic()

    def _require_allowed(self, url: str) -> None:
        """Refuse what robots.txt forbids; it is asked for once a day."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        until, robots = self._robots.get(site, (0.0, RobotFileParser()))
        if time.monotonic() >= until:
            robots = self._read_robots(f"{site}/robots.txt")
            self._robots[site] = time.monotonic() + _DAY, robots
            delay = robots.crawl_delay(AGENT)
            self._pause = min(max(_PAUSE, float(delay or 0)), _LONGEST_PAUSE)
        if not robots.can_fetch(AGENT, url):
            raise refusal(FetchError, "robots_forbid", url)

    def _read_robots(self, url: str) -> RobotFileParser:
        reply, _ = self._follow(url, _HEADERS)
        if reply.status >= 500 or reply.status == 429:
            raise refusal(FetchError, "robots_unread", url, status=reply.status)
        robots = RobotFileParser()
        there = reply.status == 200
        body = decode_body(reply.body, reply.headers, url, self._settings) if there else b""
        robots.parse(body.decode("utf-8-sig", "replace").splitlines())
        return robots


def _is_as_safe(there: str, here: str) -> bool:
    """Tell whether `there` is on the host of `here`, and read over no less safe a way."""
    same = host_of(there) == host_of(here) is not None
    return same and not (urlsplit(here).scheme == "https" != urlsplit(there).scheme)
