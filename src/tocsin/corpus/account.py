"""The account of a long work on a store, at its end and under way; how it ends, also by Ctrl-C."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from tocsin.articles.items import Item
from tocsin.records import Article, Failure, SetAside
from tocsin.second.reader import SecondReader, Spent
from tocsin.store.arrivals import Clock
from tocsin.store.settle import settle
from tocsin.store.tables import Connection
from tocsin.store.verify import damage_told
from tocsin.store.writer import Result

_Step = Callable[[], None]

#: Failures that are named in the account; all are in the store.
NAMED = 10
#: Seconds between two reports of progress.
_REPORT = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """The account of one `add_articles` or `reread_articles`, at its end or under way."""

    articles: int = 0  #: added, or texts read again
    prints: int = 0  #: of these: printed a text that the store had already, word for word
    known: int = 0  #: were in the store, or set aside, before
    set_aside: Mapping[str, int] = field(default_factory=dict)  #: by language, ISO 639-1
    failed: int = 0
    failures: tuple[Failure, ...] = ()  #: the first of them
    expected: int | None = None  #: articles in all, where every file is one article
    settled: int = 0  #: things worked out that articles say together
    to_settle: int = 0  #: and things that are left, so far as is known
    shards: int = 0  #: pieces of a shared work that were worked off, or gathered
    shards_left: int = 0  #: and those that are not, so far as is known
    unread_days: int = 0  #: articles of which the table or feed gives a day that was not read
    unread_day: str | None = None  #: the first of these, and where it stands
    refused: tuple[str, ...] = ()  #: what was wrong with parts that were not gathered
    lost: tuple[str, ...] = ()  #: ids in whose words nothing is found any more
    stale: int = 0  #: texts in the store that another version of the reader has read
    second: Spent | None = None  #: what a second reader was asked, where there is one
    interrupted: bool = False
    seconds: float = 0.0

    @property
    def seen(self) -> int:
        """Articles of which it is known what became of them."""
        return self.articles + self.known + sum(self.set_aside.values()) + self.failed


@dataclass(slots=True, kw_only=True)
class Tally:
    """The account in the making."""

    report: Callable[[Added], None] | None
    expected: int | None
    second: SecondReader | None = None
    counts: Counter[str] = field(default_factory=Counter)  #: the numbers of `Added`, by name
    set_aside: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unread_day: str | None = None
    started: float = field(default_factory=time.monotonic)
    reported: float = 0.0

    def count(self, result: Result | None) -> None:
        """Count what became of an item; None: it was known."""
        if result is None:
            self.counts["known"] += 1
        elif isinstance(result, Failure):
            self.counts["failed"] += 1
            if len(self.failures) < NAMED:
                self.failures.append(result)
        elif isinstance(result, SetAside):
            self.set_aside[result.language] += 1
        else:
            self.counts["articles"] += 1
            self.counts["prints"] += isinstance(result, Article)

    def note_day(self, item: Item) -> None:
        """Count the item, if a day is given with it that was not read."""
        if item.unread_day is not None:
            self.counts["unread_days"] += 1
            self.unread_day = self.unread_day or f"{item.unread_day!r} in {item.origin}"

    def tell(self) -> None:
        """Report, unless that was done a moment ago."""
        now = time.monotonic()
        if self.report is not None and now - self.reported >= _REPORT:
            self.reported = now
            self.report(self.account())

    def tell_settled(self, done: int, left: int) -> None:
        """Report how far it is worked out what articles say together."""
        self.counts["settled"], self.counts["to_settle"] = done, left
        self.tell()

    def account(self, *, interrupted: bool = False) -> Added:
        """Return how things stand."""
        return Added(
            **self.counts,
            set_aside=dict(sorted(self.set_aside.items())),
            failures=tuple(self.failures),
            lost=tuple(self.lost),
            refused=tuple(self.refused),
            unread_day=self.unread_day,
            expected=self.expected,
            second=self.second.spent if self.second else None,
            interrupted=interrupted,
            seconds=time.monotonic() - self.started,
        )


def carry_out(
    connection: Connection,
    workers: AbstractContextManager[object],
    tally: Tally,
    clock: Clock,
    *,
    do: _Step,
    keep: _Step,
) -> Added:
    """Have `workers` do it, then work out what the articles say together; return the account.

    Ctrl-C ends either early and cleanly: what there is by then is kept by `keep`.

    Raises:
        StoreError: the store is damaged, or cannot be written to.
    """
    with damage_told(connection):
        try:
            with workers:
                do()
        except KeyboardInterrupt:
            keep()
            return tally.account(interrupted=True)
        try:
            settle(connection, clock=clock, progress=tally.tell_settled)
        except KeyboardInterrupt:
            return tally.account(interrupted=True)
    return tally.account()
