"""The way of a corpus into the store.

The main process finds items, drops those that the store's ledger knows, has the rest read and
analysed by worker processes, and is the only one that writes.  It may be killed at any moment: what
was kept stays, and the same command run again goes on from there.

What the store holds in the end depends on what was added, and not on which of it came first.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from tocsin.articles.corpora import find_items
from tocsin.articles.files import no_such_path
from tocsin.articles.items import Found, failed
from tocsin.corpus.account import Added, Tally, carry_out
from tocsin.corpus.flow import Flow
from tocsin.corpus.workers import HELD, Workers
from tocsin.errors import TocsinError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.models.networks import reader_version
from tocsin.records import Article, Failure
from tocsin.reference.layers import read_own_actors
from tocsin.second.ahead import Ahead
from tocsin.second.reader import SecondReader, open_second
from tocsin.settings import Settings
from tocsin.store.arrivals import Clock, begin_run, utc_now
from tocsin.store.database import FILE_NAME, open_database
from tocsin.store.reread import count_stale
from tocsin.store.rows import storable
from tocsin.store.writer import Writer

#: Seconds that the reading or the analysis of one article may take, unless told otherwise: the
#: longest that is read by default, of 400,000 characters, took 54 s, on a very busy machine more.
SECONDS = 300.0
#: And at most: the clocks by which workers are stopped count no further than some weeks.
MOST_SECONDS = 86_400.0


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

    >>> tocsin.add_articles(["examples/sound.txt"], "news", settings=settings, workers=1).articles
    1

    Args:
        paths: files, folders or ``"-"``, as `tocsin.articles.corpora.find_items` takes them.
        store_folder: the folder of the store.
        settings: of reading, of the language pipeline and of a second reader, if there is one.
        mapping: fields of an article to columns of a table, ``{"text": "body"}``.
        workers: processes that read and analyse; default: one for each processor.
        seconds_per_article: that reading, and analysing, one article may take.
        progress: is called with the account so far, a few times a second.
        clock: tells the time, for the ledger of arrivals.

    Raises:
        ValueNotUnderstood: `mapping` does not fit the table, or there is no such limit of time, or
            second reader.
        NotFoundError: there is nothing at any of the paths; no store is made then.
        PipelineMissingError: the language pipeline that `settings` names cannot be used.
        ReferenceFileError: what was imported into the reference has been damaged.
        WorkerError: no worker process can be started.
        StoreError: the folder holds something else, or cannot be written to.
    """
    paths = list(paths)
    require_seconds(seconds_per_article)
    require_any(paths)
    second = open_second(settings)
    with closing(open_database(store_folder, create=True)) as connection:
        tally = Tally(report=progress, expected=_count_files(paths), second=second)
        reader = read_own_actors(settings.data_dir).mark(reader_version())
        tally.counts["stale"] = count_stale(connection, reader)
        begin_run(connection, f"add {' '.join(map(storable, paths))}", clock)
        read_through: list[str] = []
        found = find_all(paths, settings, mapping or {}, read_through)
        others = without_store(found, Path(store_folder))
        pool = Workers(workers or count_processors(), settings, seconds_per_article)
        writer = Writer(connection, clock)
        queue = queue_for(second, pool)
        flow = Flow(found=others, writer=writer, workers=pool, tally=tally, to_analyse=queue)
        work = partial(add_found, flow, writer, read_through)
        return carry_out(connection, pool, tally, clock, do=work, keep=flow.keep)


def queue_for(second: SecondReader | None, pool: Workers) -> deque[Article] | Ahead:
    """Return the queue of articles to be analysed: with a second reader, as it has read them.

    It is asked about no more of them than all workers take while it answers; a run that is killed
    has paid for these, and must pay again.
    """
    if second is None:
        return deque()
    return Ahead(second.read, jobs=second.jobs, ahead=second.jobs + HELD * pool.count)


def add_found(flow: Flow, writer: Writer, read_through: Sequence[str], *, most: int = 0) -> None:
    """Work off the flow, then drop what failed earlier at paths that were read to their end.

    What has not failed again was mended, or is no longer there.  Done at the end, so that a run
    that is killed before leaves it to the next; what another process finds failing meanwhile is
    not touched.
    """
    failed_before = writer.failures()
    flow.work(most=most)
    writer.drop_failures(
        key
        for key, origin in failed_before.items()
        if key not in flow.failed_keys
        and any(_stands_at(origin, storable(path)) for path in read_through)
    )


def require_seconds(seconds: float) -> None:
    """Refuse a limit of time under which no article can be worked on."""
    if not 0 < seconds <= MOST_SECONDS:  # nor nan
        raise refusal(ValueNotUnderstood, "no_such_time", seconds, most=MOST_SECONDS)


def require_any(paths: Sequence[str]) -> None:
    """Refuse paths where there is nothing; of several one that is not there is a failure."""
    if paths and not any(path == "-" or os.path.lexists(path) for path in paths):
        raise no_such_path(paths[0])


def count_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def find_all(
    paths: Iterable[str],
    settings: Settings,
    mapping: Mapping[str, str],
    read_through: list[str] | None = None,
) -> Found:
    """Find the items at all `paths`, and note in `read_through` those that were read to their end.

    Raises:
        ValueNotUnderstood: `mapping` does not fit a table at one of the paths.
    """
    for path in paths:
        try:
            yield from find_items(path, settings=settings, mapping=mapping)
        except TocsinError:  # a mapping that does not fit: nothing of it can be right
            raise
        except Exception as error:  # the other paths must not pay for it
            yield failed(error, path)
            continue
        if read_through is not None:
            read_through.append(path)


def without_store(found: Found, store: Path) -> Found:
    """Leave out the store itself, which may lie in one of the folders that are read."""
    here = store.resolve()
    for each in found:
        at = Path(each.origin) if isinstance(each, Failure) else None
        if not (at and at.name.startswith(FILE_NAME) and at.parent.resolve() == here):
            yield each


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
        if not is_one_article(name):
            return None
        total += 1
    return total


def is_one_article(name: str) -> bool:
    """Whether the file of this name holds one article, so far as the name tells."""
    return name.lower().removesuffix(".gz").removesuffix(".zst").endswith(_ONE_ARTICLE)


def _names(paths: Iterable[str]) -> Iterator[str]:
    """Yield the names of the files that will be read; see `tocsin.articles.folders`."""
    for path in paths:
        if path == "-" or not os.path.isdir(path):  # noqa: PTH112 - never raises
            yield path
            continue
        for _, folders, files in os.walk(path, followlinks=False):
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (name for name in files if not name.startswith("."))
