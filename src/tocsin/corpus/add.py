"""The way of a corpus into the store.

The main process finds items, drops those that the store's ledger knows, has the rest read and
analysed by worker processes, and is the only one that writes.  It may be killed at any moment: what
was kept stays, and the same command run again goes on from there.

A text is analysed once, whoever prints it: when a second article with the same text comes while the
first is still being analysed, it waits for it.  What the store holds in the end depends on what was
added, and not on which of them came first.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from tocsin.articles.corpora import find_items
from tocsin.articles.files import no_such_path
from tocsin.articles.items import Item, failed
from tocsin.corpus.account import Added, Tally, carry_out
from tocsin.corpus.work import Answer, Thing
from tocsin.corpus.workers import Workers
from tocsin.errors import TocsinError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.models.networks import reader_version
from tocsin.records import Article, Failure
from tocsin.settings import Settings
from tocsin.store.arrivals import Clock, begin_run, utc_now
from tocsin.store.database import FILE_NAME, open_database
from tocsin.store.reread import count_stale
from tocsin.store.rows import storable
from tocsin.store.writer import Result, Writer, failure_key

#: Seconds that the reading or the analysis of one article may take, unless told otherwise: the
#: longest that is read by default, of 400,000 characters, took 54 s, on a very busy machine more.
SECONDS = 300.0
#: And at most: the clocks by which workers are stopped count no further than some weeks.
MOST_SECONDS = 86_400.0

#: Items looked up in the ledger together, and read together by a worker, at most.
_ITEMS, _ITEM_BYTES = 16, 1 << 18
#: Items between being found and being kept, for each worker; and their bytes in all.
_UNDER_WAY, _BYTES_UNDER_WAY = 48, 1 << 25
#: Results kept in one transaction, and seconds that a result waits for others at most.
RESULTS, WAIT = 32, 2.0


def add_articles(
    paths: Iterable[str],
    store_folder: Path | str,
    *,
    settings: Settings,
    mapping: Mapping[str, str] | None = None,
    workers: int | None = None,
    seconds_per_article: float = SECONDS,
    progress: Callable[[Added], None] | None = None,
    clock: Clock = utc_now,
) -> Added:
    """Add every article at `paths` to the store in `store_folder`, which is made if need be.

    What is in the store already is passed over; what failed before is tried again.  Ctrl-C ends it
    early and cleanly (`Added.interrupted`); the same call goes on where it ended.

    In a script, call it under ``if __name__ == "__main__":``, for worker processes load the script.

    Args:
        paths: files, folders or ``"-"``, as `tocsin.articles.corpora.find_items` takes them.
        store_folder: the folder of the store.
        settings: of reading and of the language pipeline.
        mapping: fields of an article to columns of a table, ``{"text": "body"}``.
        workers: processes that read and analyse; default: one for each processor.
        seconds_per_article: that reading, and analysing, one article may take.
        progress: is called with the account so far, a few times a second.
        clock: tells the time, for the ledger of arrivals.

    Raises:
        ValueNotUnderstood: `mapping` does not fit the table, or there is no such limit of time.
        NotFoundError: there is nothing at any of the paths; no store is made then.
        PipelineMissingError: the language pipeline that `settings` names cannot be used.
        ReferenceFileError: what was imported into the reference has been damaged.
        WorkerError: no worker process can be started.
        StoreError: the folder holds something else, or cannot be written to.
    """
    paths = list(paths)
    require_seconds(seconds_per_article)
    if paths and not any(path == "-" or os.path.lexists(path) for path in paths):
        raise no_such_path(paths[0])  # of several paths one that is not there is a failure
    with closing(open_database(store_folder, create=True)) as connection:
        tally = Tally(report=progress, expected=_count_files(paths))
        tally.counts["stale"] = count_stale(connection, reader_version())
        begin_run(connection, f"add {' '.join(map(storable, paths))}", clock)
        read_through: list[str] = []
        found = _find_all(paths, Path(store_folder), settings, mapping or {}, read_through)
        count = workers or count_processors()
        pool = Workers(count, settings, seconds_per_article)
        run = _Run(found=found, writer=Writer(connection, clock), workers=pool, tally=tally)
        work = partial(run.work, most=_UNDER_WAY * count, read_through=read_through)
        return carry_out(connection, pool, tally, clock, do=work, keep=run.keep)


def require_seconds(seconds: float) -> None:
    """Refuse a limit of time under which no article can be worked on."""
    if not 0 < seconds <= MOST_SECONDS:  # nor nan
        raise refusal(ValueNotUnderstood, "no_such_time", seconds, most=MOST_SECONDS)


def count_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _find_all(
    paths: Iterable[str],
    store: Path,
    settings: Settings,
    mapping: Mapping[str, str],
    read_through: list[str],
) -> Iterator[Item | Failure]:
    """Find the items at all `paths`, and note in `read_through` those that were read to their end.

    The store itself may lie in one of the folders.
    """
    here = store.resolve()
    for path in paths:
        try:
            for found in find_items(path, settings=settings, mapping=mapping):
                at = Path(found.origin) if isinstance(found, Failure) else None
                if not (at and at.name.startswith(FILE_NAME) and at.parent.resolve() == here):
                    yield found
            read_through.append(path)
        except TocsinError:  # a mapping that does not fit: nothing of it can be right
            raise
        except Exception as error:  # the other paths must not pay for it
            yield failed(error, path)


def _stands_at(origin: str, path: str) -> bool:
    """Whether `origin` is `path`, or a place in that file, or anything in that folder.

    Standard input is no place: what is piped in next is something else.
    """
    if path == "-":
        return False
    given = str(Path(path))
    if given == ".":
        return not (origin.startswith(("/", "..", "-#")) or origin == "-")
    return origin == path or origin.startswith((f"{path}#", given.rstrip("/") + "/"))


#: A file with one of these suffixes is one article, so far as can be told from its name.
_ONE_ARTICLE = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml")


def _count_files(paths: Iterable[str]) -> int | None:
    """Return how many articles there are, if that can be told without opening a file."""
    total = 0
    for name in _names(paths):
        if not name.lower().removesuffix(".gz").removesuffix(".zst").endswith(_ONE_ARTICLE):
            return None
        total += 1
    return total


def _names(paths: Iterable[str]) -> Iterator[str]:
    """Yield the names of the files that will be read; see `tocsin.articles.folders`."""
    for path in paths:
        if path == "-" or not os.path.isdir(path):  # noqa: PTH112 - never raises
            yield path
            continue
        for _, folders, files in os.walk(path, followlinks=False):
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (name for name in files if not name.startswith("."))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    """An article whose text is being analysed, and the item that it was read from."""

    key: str
    origin: str
    article: Article


@dataclass(slots=True, kw_only=True)
class _Run:
    """Everything between the items found and the results kept; memory is bounded throughout."""

    found: Iterator[Item | Failure]
    writer: Writer
    workers: Workers
    tally: Tally
    exhausted: bool = False
    to_read: deque[Item] = field(default_factory=deque)
    bytes_to_read: int = 0
    to_analyse: deque[Article] = field(default_factory=deque)
    waiting: dict[str, list[_Waiting]] = field(default_factory=dict)  #: by text_id
    results: list[tuple[str, str, Result]] = field(default_factory=list)  #: not kept yet
    under_way: set[str] = field(default_factory=set)  #: keys from being found to being kept
    analysed: set[str] = field(default_factory=set)  #: text_ids in `results`
    failed_keys: set[str] = field(default_factory=set)  #: nothing is tried twice in a run
    failed_texts: dict[str, Failure] = field(default_factory=dict)
    kept: float = field(default_factory=time.monotonic)  #: when results were last kept
    failed_before: dict[str, str] = field(init=False)  #: origins by key, in earlier runs

    def __post_init__(self) -> None:
        self.failed_before = self.writer.failures()

    def work(self, *, most: int, read_through: Sequence[str] = ()) -> None:
        """Work off all that is found, with at most `most` items under way.

        In the end `read_through` names the paths that were read to their end.
        """
        while not self.exhausted or self.under_way:
            self._find(most)
            self._give()
            if self.workers.busy:
                for thing, answer in self.workers.collect():
                    self._take(thing, answer)
            full = len(self.results) >= RESULTS or not self.workers.busy
            if full or time.monotonic() - self.kept > WAIT:
                self.keep()
            self.tally.tell()
        self._drop_failures(read_through)

    def keep(self) -> None:
        """Keep all results there are.  They stay at hand until that has happened."""
        self.kept = time.monotonic()
        if not self.results:
            return
        for key, result in self.writer.keep(self.results):
            self.tally.count(result)
            self.under_way.discard(key)
            if isinstance(result, Failure):
                self.failed_keys.add(key)
        self.results.clear()
        self.analysed.clear()

    def _drop_failures(self, read_through: Sequence[str]) -> None:
        """Drop what failed at these paths in earlier runs and has not failed in this one.

        It was mended, or is no longer there.  Done at the end, so that a run that is killed before
        leaves it to the next; what another process finds failing meanwhile is not touched.
        """
        self.writer.drop_failures(
            key
            for key, origin in self.failed_before.items()
            if key not in self.failed_keys
            and any(_stands_at(origin, storable(path)) for path in read_through)
        )

    # ------------------------------------------------------------------ finding

    def _find(self, most: int) -> None:
        """Fill up what is to be read, leaving out what is known."""
        while (
            not self.exhausted
            and len(self.under_way) < most
            and self.bytes_to_read < _BYTES_UNDER_WAY
            and len(self.to_read) < _ITEMS * self.workers.count
        ):
            items = self._next_items()
            known = self.writer.known_keys(items)
            for key, item in items.items():
                if key in known:
                    self.tally.count(None)
                else:
                    self.under_way.add(key)
                    self.to_read.append(item)
                    self.bytes_to_read += len(item.body)
            self.tally.tell()

    def _next_items(self) -> dict[str, Item]:
        """Take the next few items by their keys; the same item twice counts as known."""
        items: dict[str, Item] = {}
        size = 0
        while len(items) < _ITEMS and size < _ITEM_BYTES:
            found = next(self.found, None)
            if found is None:
                self.exhausted = True
                break
            if isinstance(found, Failure):
                self._conclude(failure_key(found), found.origin, found)
                break
            key = found.key
            if key in items or key in self.under_way or key in self.failed_keys:
                self.tally.count(None)
                continue
            items[key] = found
            size += len(found.body)
        return items

    # ------------------------------------------------------------------ giving and taking

    def _give(self) -> None:
        """Give work while there is room: first what is read already, so that little piles up."""
        while self.workers.room > 0:
            if self.to_analyse:
                self.workers.give([self.to_analyse.popleft()])
            elif self.to_read:
                self.workers.give(self._next_to_read())
            else:
                return

    def _next_to_read(self) -> list[Item]:
        """Take as many small items as make a fair share; reading one takes milliseconds."""
        share = min(_ITEMS, -(-len(self.to_read) // self.workers.count))
        items = [self.to_read.popleft()]
        size = len(items[0].body)
        while len(items) < share and size + len(self.to_read[0].body) <= _ITEM_BYTES:
            items.append(self.to_read.popleft())
            size += len(items[-1].body)
        self.bytes_to_read -= size
        return items

    def _take(self, thing: Thing, answer: Answer) -> None:
        if isinstance(thing, Article):
            self._take_analysis(thing.text_id, answer)
        elif isinstance(answer, Article):
            self._take_article(_Waiting(key=thing.key, origin=thing.origin, article=answer))
        else:
            self._conclude(thing.key, thing.origin, answer)

    def _take_article(self, read: _Waiting) -> None:
        """Have the text analysed, unless that has been done, or is being done."""
        text_id = read.article.text_id
        if text_id in self.waiting:
            self.waiting[text_id].append(read)
        elif text_id in self.failed_texts:
            failure = self.failed_texts[text_id]
            self._conclude(read.key, read.origin, replace(failure, origin=read.origin))
        elif text_id in self.analysed or self.writer.knows_text(text_id):
            self._conclude(read.key, read.origin, read.article)
        else:
            self.waiting[text_id] = [read]
            self.to_analyse.append(read.article)

    def _take_analysis(self, text_id: str, answer: Answer) -> None:
        first, *others = self.waiting.pop(text_id)
        if isinstance(answer, Failure):
            self.failed_texts[text_id] = answer
            for read in (first, *others):
                self._conclude(read.key, read.origin, replace(answer, origin=read.origin))
            return
        self.analysed.add(text_id)
        self._conclude(first.key, first.origin, answer)
        for read in others:
            self._conclude(read.key, read.origin, read.article)

    def _conclude(self, key: str, origin: str, result: Result) -> None:
        self.under_way.add(key)
        self.results.append((key, origin, result))
