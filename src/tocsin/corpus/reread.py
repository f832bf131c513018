"""The way of a store to a later reader: every text that another version read is read again.

The texts are those that the store keeps; no file is opened.  Each is done or not done, so work that
is killed goes on where it was.  A text that cannot be read now keeps what was found before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tocsin.corpus.account import Added, Tally, carry_out
from tocsin.corpus.add import SECONDS, count_processors, require_seconds
from tocsin.corpus.flow import RESULTS, WAIT
from tocsin.corpus.workers import Workers
from tocsin.models.networks import reader_version
from tocsin.records import Article, Report
from tocsin.reference.layers import read_own_actors
from tocsin.second.asked import Asked
from tocsin.settings import Settings
from tocsin.store.arrivals import Clock, begin_run, utc_now
from tocsin.store.database import open_database
from tocsin.store.reread import count_stale, next_stale, replace_found, second_of
from tocsin.store.tables import Connection


def reread_articles(
    store_folder: Path | str,
    *,
    settings: Settings,
    workers: int | None = None,
    seconds_per_article: float = SECONDS,
    progress: Callable[[Added], None] | None = None,
    clock: Clock = utc_now,
) -> Added:
    """Read again what another version of the reader has read, and return the account.

    Arguments and behaviour are those of `tocsin.corpus.add.add_articles`.

    Raises:
        ValueNotUnderstood: there is no such limit of time.
        PipelineMissingError: the language pipeline that `settings` names cannot be used.
        ReferenceFileError: what was imported into the reference has been damaged.
        WorkerError: no worker process can be started.
        StoreError: there is no store, it is damaged, or cannot be written to.
    """
    require_seconds(seconds_per_article)
    with closing(open_database(store_folder)) as connection:
        reader = read_own_actors(settings.data_dir).mark(reader_version())
        tally = Tally(report=progress, expected=count_stale(connection, reader))
        if tally.expected:
            begin_run(connection, "reread", clock)
        pool = Workers(workers or count_processors(), settings, seconds_per_article)
        run = Rereading(
            found=find_stale(connection, reader),
            replace=partial(replace_found, connection, clock=clock),
            workers=pool,
            tally=tally,
        )
        return carry_out(connection, pool, tally, clock, do=run.work, keep=run.keep)


def find_stale(connection: Connection, reader: str) -> Iterator[Article | Asked]:
    """Yield an article for each text that was read by another version than `reader`.

    What a second reader said of it goes along: nobody is asked again.
    """
    last = ""
    while article := next_stale(connection, reader, last):
        second = second_of(connection, article.text_id)
        yield Asked(article=article, second=second) if second else article
        last = article.text_id


@dataclass(slots=True, kw_only=True)
class Rereading:
    """Everything between the texts found and what is kept of them."""

    found: Iterator[Article | Asked]
    replace: Callable[[list[Report]], list[str]]
    workers: Workers
    tally: Tally
    results: list[Report] = field(default_factory=list)  #: not kept yet
    kept: float = field(default_factory=time.monotonic)  #: when results were last kept

    def work(self) -> None:
        """Have every text read again; memory is bounded throughout."""
        left = True
        while left or self.workers.busy:
            while left and self.workers.room > 0:
                article = next(self.found, None)
                left = article is not None
                if article is not None:
                    self.workers.give([article])
            for _, answer in self.workers.collect() if self.workers.busy else ():
                if isinstance(answer, Report):
                    self.results.append(answer)
                else:
                    self.tally.count(answer)
            if len(self.results) >= RESULTS or time.monotonic() - self.kept > WAIT:
                self.keep()
            self.tally.tell()
        self.keep()

    def keep(self) -> None:
        """Keep all results there are.  They stay at hand until that has happened."""
        self.kept = time.monotonic()
        if self.results:
            self.tally.lost += self.replace(self.results)
        for report in self.results:
            self.tally.count(report)
        self.results.clear()
