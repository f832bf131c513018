"""Polls: one feed is asked for if it has changed, and when it may be asked again.

A feed that fails is asked less and less often, once a day in the end; a server that says how long
to wait is believed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime

from tocsin.articles.forms import HEAD, form_of
from tocsin.articles.http_exchange import Reply
from tocsin.articles.items import failed
from tocsin.errors import FetchError
from tocsin.lexicons.refusals import refusal
from tocsin.records import Failure
from tocsin.watch.feeds.asking import Asker
from tocsin.watch.feeds.plan import Feed

_MINUTE, _DAY = 60.0, 86_400.0
#: Doublings of the time between two requests for a feed that fails again and again, at most.
_DOUBLINGS = 10
#: Nothing there for good.
_GONE = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of a feed from its last answers."""

    due: float = 0.0  #: when it may be asked again, in seconds of the epoch
    failures: int = 0  #: one after another
    etag: str | None = None
    modified: str | None = None


def poll(
    feed: Feed, standing: Standing, asker: Asker, now: float
) -> tuple[Standing, bytes | Failure | None]:
    """Ask for `feed`, and return how it stands then and its body; None: nothing has changed.

    No feed ends the run: whatever goes wrong is a `Failure`.
    """
    conditions = {"If-None-Match": standing.etag, "If-Modified-Since": standing.modified}
    try:
        reply = asker.ask(feed.url, {name: value for name, value in conditions.items() if value})
    except Exception as error:
        return _after_failure(feed, standing, now), failed(error, feed.url)
    well = Standing(due=now + feed.minutes * _MINUTE)
    if reply.status == 304:
        return replace(well, etag=standing.etag, modified=standing.modified), None
    if reply.status != 200 or form_of(reply.body[:HEAD], "", ()) != "feed":
        refused = refusal(FetchError, "feed_refused", feed.url, status=reply.status)
        least = _DAY if reply.status == _GONE else _wanted(reply, now)
        return _after_failure(feed, standing, now, least), failed(refused, feed.url)
    etag, modified = map(reply.headers.get, ("etag", "last-modified"))
    return replace(well, etag=etag, modified=modified), reply.body


def _wanted(reply: Reply, now: float) -> float:
    """Return how many seconds a server wants to be left alone, which it says so or as a date."""
    words = reply.headers.get("retry-after", "")
    try:
        wait = float(words) if words.isdecimal() else parsedate_to_datetime(words).timestamp() - now
    except (ValueError, OverflowError):
        return 0.0
    return min(wait, _DAY)


def _after_failure(feed: Feed, standing: Standing, now: float, least: float = 0.0) -> Standing:
    usual, failures = feed.minutes * _MINUTE, standing.failures + 1
    wait = max(usual, min(usual * 2 ** min(failures, _DOUBLINGS), _DAY), least)
    return replace(standing, due=now + wait, failures=failures)
