"""Raising alarms as they ring: in the terminal, in a file, at a webhook."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from tocsin.addresses import host_of
from tocsin.errors import FetchError
from tocsin.lexicons.numbered import counted
from tocsin.lexicons.refusals import refusal
from tocsin.publish.alarms import lines_of
from tocsin.publish.corpus import render_failures
from tocsin.publish.second import render_spent
from tocsin.records import to_json
from tocsin.watch.feeds.asking import AGENT, request
from tocsin.watch.feeds.plan import Bell
from tocsin.watch.feeds.rounds import Round

#: Times a delivery is tried, and seconds before the second; each wait is twice the one before.
TRIES, _FIRST_WAIT = 5, 2.0
_MOST_BYTES = 1 << 16


def tell_round(done: Round, bell: Bell, secret: str, console: Console) -> Iterator[str]:
    """Say what a round brought, raise its alarms, and yield what did not go well."""
    yield from (failure.told for failure in done.failures)
    if done.added:
        yield from render_failures(done.added)
        yield from render_spent(done.added.second).splitlines() if done.added.second else ()
    console.print(Text(_sum_up(done)), soft_wrap=True)
    for alarm in done.alarms:
        for line in lines_of(alarm):
            console.print(line, soft_wrap=True)
        yield from _pass_on(json.dumps(to_json(alarm)), bell, secret)


def _pass_on(record: str, bell: Bell, secret: str) -> Iterator[str]:
    """Write and send an alarm, each though the other fails, and yield why one did."""
    try:
        if bell.file:
            with Path(bell.file).open("a", encoding="utf-8") as file:
                file.write(record + "\n")
    except OSError as error:
        yield f"an alarm could not be written down: {error}"
    try:
        if bell.webhook:
            deliver(record.encode(), bell.webhook, secret)
    except FetchError as error:
        yield f"an alarm could not be passed on: {error}"


def _sum_up(done: Round) -> str:
    articles = done.added.articles if done.added else 0
    news = f"{counted(articles, 'new article')}, {counted(len(done.alarms), 'new alarm')}"
    return (
        f"{datetime.now():%Y-%m-%d %H:%M}  {counted(done.asked, 'feed')} asked, "
        f"{done.changed:,} changed, {len(done.failures):,} failed; {news}"
    )


def sign(secret: str, stamp: str, body: bytes) -> str:
    """Return the signature of a delivery: HMAC with SHA-256 of time stamp, a dot and the body.

    So the receiver can tell who sent it, and that it is not an old one sent again.
    """
    signed = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"


def deliver(
    body: bytes, url: str, secret: str, sleep: Callable[[float], None] = time.sleep
) -> None:
    """Send `body`, JSON, to the webhook at `url`: where that fails again, `TRIES` times in all.

    Raises:
        FetchError: it could not be delivered; only the host is named, for the address of a webhook
            is often its key.
    """
    for number in range(TRIES):
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            "Tocsin-Timestamp": stamp,
            "Tocsin-Signature": sign(secret, stamp, body),
        }
        try:
            why: object = request(url, headers, _MOST_BYTES, body).status
            if why in range(200, 300):
                return
        except FetchError as error:
            why = error.what
        if number < TRIES - 1:
            sleep(_FIRST_WAIT * 2**number)
    raise refusal(FetchError, "webhook_refused", host_of(url), why=why)
