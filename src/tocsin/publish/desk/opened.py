"""The open desk: one store and what is loaded once for it, shared by every request.

Requests run in threads, each with a connection of its own.  A question that takes longer than a
visitor would wait is stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock, Semaphore
from typing import Any

import tocsin
from tocsin.articles.items import Item
from tocsin.corpus.lone_worker import LoneWorker
from tocsin.corpus.work import explain, report_on
from tocsin.errors import SlowQuestionError
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk.given import Given
from tocsin.publish.desk.latest import Latest, Seen, file_of, state_of
from tocsin.records import Article, Explanation, Report, SecondReading
from tocsin.reference.offices import Reference, load_reference
from tocsin.second.asked import Asked
from tocsin.settings import Settings, load_settings
from tocsin.store.handle import Store
from tocsin.watch.alarms import Watch
from tocsin.watch.brief.records import Brief
from tocsin.watch.brief.stored import make_brief, read_scope
from tocsin.watch.situation import OverTime, Situation, read_situation

#: Seconds that a question to the store may take.
PATIENCE = 20.0

#: Bytes of a store of which a brief takes longer than a visitor waits without a word: of 100,000
#: events a second, of a million ten.
LARGE = 500_000_000

#: Articles that wait while another is analysed.  Each holds one of the threads that answer.
WAITING = 2


@dataclass
class Desk:
    """What a running desk works with.  Made once; safe to use from several threads."""

    folder: Path
    settings: Settings = field(default_factory=load_settings)
    patience: float = PATIENCE
    reading: Lock = field(default_factory=Lock)  #: held while an article is analysed: one at a time
    given: Given = field(default_factory=Given)  #: articles that visitors gave to be read
    _opening: Lock = field(default_factory=Lock)
    _file: tuple[int, int] | None = (0, 0)  #: of the store that is open; no file yet
    _places: Semaphore = field(default_factory=lambda: Semaphore(1 + WAITING))
    _explained: tuple[Asked | None, tuple[Explanation, ...]] = (None, ())  #: guarded by `reading`

    def __post_init__(self) -> None:
        """Open the store, so that a desk on none does not start.

        Raises:
            StoreError: there is no store, it is damaged, or another Tocsin made it.
        """
        self.store.connection()

    @property
    def store(self) -> Store:
        """The store; opened anew where another has been made in its place.

        Raises:
            StoreError: it is gone, or as in `__post_init__`.
        """
        with self._opening:
            if (file := file_of(self.folder)) != self._file:
                self._store, self._file = tocsin.open(self.folder), file
                # What was worked out of another store is not said of this one.
                self.situation = Latest(self.folder, lambda: read_situation(self.store))
                self._held = self._store.connection()  # so long no other file has its inode
            return self._store

    @contextmanager
    def asking(self) -> Iterator[Store]:
        """Yield the store for one request, as it is at this moment, for a bounded time.

        Raises:
            SlowQuestionError: the body asked the store for longer than `patience` seconds.
        """
        store = self.store
        with store.within(self.patience), store.at_one_moment():
            yield store

    @property
    def is_large(self) -> bool:
        """Whether what is worked out of the store takes seconds."""
        return sum(size for size, _ in state_of(self.folder)) > LARGE

    def over_time(self) -> tuple[Seen[Situation], OverTime | None]:
        """Return the situation as far as it is known now, and of it what goes on over time."""
        self.store.connection()  # another store may lie in its place
        seen = self.situation.look()
        return seen, seen.value.over_time if seen.value else None

    def watch(self, until: date | None = None) -> Watch | None:
        """Return the relations up to a day, watched, where the store as it is now has been."""
        seen, over_time = self.over_time()
        whole = over_time and (until is None or until >= over_time.outcome.last)
        return over_time.watch if over_time and whole and seen.fresh else None

    def brief(self, store: Store, about: str, reader: str | None, **asked: Any) -> Brief:
        """Return the brief that is asked for; what was worked out already is not read again."""
        scope = read_scope(store, about, reader, **asked)
        return make_brief(store, scope, self.watch(scope.until))

    def report_on(self, item: Item) -> Report:
        """Return the report on what a visitor gave to be read; nothing of it is kept.

        Raises:
            InputError: there is no article in it, or one that takes too much memory.
            LanguageError: it is not in English.
            TimeLimitError: it takes too long.
            WorkerError: what read it died.
            SlowQuestionError: other articles are read, and more wait or the turn did not come.
        """
        with self._turn():
            return self.worker.ask(report_on, item)

    def explain(
        self, article: Article, second: SecondReading | None = None
    ) -> tuple[Explanation, ...]:
        """Return how the sentences with acts were read, and why; of the last article it is kept.

        Raises:
            TocsinError: as `report_on` does.
        """
        with self._turn():
            asked = Asked(article=article, second=second)
            if self._explained[0] != asked:
                self._explained = asked, self.worker.ask(explain, asked)
            return self._explained[1]

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Let the visitor's article be the one that is analysed; wait for that, if few do."""
        if not self._places.acquire(blocking=False):
            raise refusal(SlowQuestionError, "others_wait", number=WAITING)
        try:
            if not self.reading.acquire(timeout=self.patience):
                raise refusal(SlowQuestionError, "turn_awaited", seconds=self.patience)
            try:
                yield
            finally:
                self.reading.release()
        finally:
            self._places.release()

    @cached_property
    def reference(self) -> Reference:
        """Who held which office."""
        return load_reference(self.settings)

    @cached_property
    def worker(self) -> LoneWorker:
        """What analyses articles, in a process of its own: hostile ones take time and memory."""
        return LoneWorker(self.settings)
