"""Worker processes: each thing given to them gets one answer, whatever becomes of the worker.

Every worker has a channel of its own.  So a worker that dies in the middle of a message, or is
stopped because its task takes too long, takes nothing with it but that task: there is no lock and
no queue that it could leave broken.  (Pools that share one queue stand still when a worker is
killed while it holds the lock; both in the standard library and in pebble that ends the run.)
"""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from typing import Any

from tocsin.articles.items import Item, failed
from tocsin.corpus.partition import Answer, Thing, article_in
from tocsin.corpus.work import serve
from tocsin.errors import TimeLimitError, TocsinError, WorkerError
from tocsin.lexicons.refusals import refusal
from tocsin.settings import Settings

#: Tasks that a worker holds: one under its hands, one waiting while the main process is busy.
HELD = 2
#: Articles analysed after which a worker makes room for a fresh one: spaCy remembers every word.
LIFETIME = 1000
#: Bytes of a task that are sent ahead.  They must fit into the channel: a process that writes into
#: a full one waits for the other to read, and the other may be waiting for the same.
AHEAD = 1 << 16
#: Seconds between two looks at the clock, and by which a look may be late on a busy machine.
_TICK, _OVERSLEPT = 1.0, 5.0
#: Times in a row that a worker may die before it can work.
_STARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Things that are given to one worker together."""

    things: tuple[Thing, ...]
    deaths: int = 0  #: workers that died over it


@dataclass(slots=True, kw_only=True)
class _Worker:
    process: BaseProcess
    channel: Connection
    ready: bool = False
    held: deque[Task] = field(default_factory=deque)
    sent: int = 0  #: how many of `held`
    since: float = 0.0  #: when it began with the first of `held`, or later
    analysed: int = 0  #: articles; items that were only read are not counted

    def feed(self) -> None:
        """Send what the worker takes without making this process wait."""
        while self.ready and self.sent < len(self.held):
            message = ForkingPickler.dumps(self.held[self.sent].things)
            if self.sent and len(message) > AHEAD:
                return
            if not self.sent:
                self.since = time.monotonic()
            try:
                self.channel.send_bytes(message)
            except OSError:  # it has died; `Workers.collect` will hear of it
                return
            self.sent += 1


class Workers(AbstractContextManager["Workers"]):
    """Up to `count` processes that are started when there is work; use as a context manager."""

    def __init__(
        self,
        count: int,
        settings: Settings,
        seconds: float,
        serve: Callable[[Connection, Settings, float], None] = serve,
    ) -> None:
        """Prepare; nothing is started yet.

        Args:
            count: processes that work side by side.
            settings: of reading and of the pipeline.
            seconds: that the reading or the analysis of one article may take.
            serve: what a process runs; see `tocsin.corpus.work.serve`.
        """
        self.count, self._settings, self._seconds = count, settings, seconds
        self._serve = serve
        self._workers: list[_Worker] = []
        self._again: deque[Task] = deque()
        self._deaths_at_start = 0

    def __exit__(self, *_: object) -> None:
        """Stop all workers at once, whatever they are doing."""
        for worker in self._workers:
            worker.process.kill()
        for worker in list(self._workers):
            self._remove(worker)

    @property
    def room(self) -> int:
        """How many more tasks can be given now."""
        held = sum(len(worker.held) for worker in self._workers) + len(self._again)
        return self.count * HELD - held

    @property
    def busy(self) -> bool:
        """Whether a task has been given that is not answered yet."""
        return bool(self._again) or any(worker.held for worker in self._workers)

    def give(self, things: Sequence[Thing]) -> None:
        """Have `things` worked on.  Several are one task: they should be small."""
        self._give(Task(things=tuple(things)))

    def collect(self) -> Iterator[tuple[Thing, Answer]]:
        """Wait a moment for something to happen; yield things with their answers, if any.

        Raises:
            TocsinError: the workers cannot work at all, for instance without language pipeline.
        """
        ends = {worker.process.sentinel: worker for worker in self._workers}
        channels: dict[Any, _Worker] = {worker.channel: worker for worker in self._workers}
        patience, began = self._patience(), time.monotonic()
        found = wait([*channels, *ends], timeout=patience)
        late = time.monotonic() - began - patience
        for worker in self._workers if late > _OVERSLEPT else ():
            worker.since += late  # all processes were stopped (Ctrl-Z), and the workers too
        for worker in {id(w): w for w in ((channels | ends)[each] for each in found)}.values():
            yield from self._hear(worker)
        yield from self._stop_overdue()
        while self._again and self.room + len(self._again) > 0:
            self._give(self._again.popleft())

    # ------------------------------------------------------------------ giving

    def _give(self, task: Task) -> None:
        fresh = [worker for worker in self._workers if worker.analysed < LIFETIME]
        freest = min(fresh, key=lambda worker: len(worker.held), default=None)
        if freest is None or (freest.held and len(fresh) < self.count):
            freest = self._start()
        freest.held.append(task)
        freest.feed()

    def _start(self) -> _Worker:
        process, channel = start_process(self._serve, self._settings, self._seconds)
        with socket.socket(fileno=os.dup(channel.fileno())) as end:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2 * AHEAD)
        worker = _Worker(process=process, channel=channel)
        self._workers.append(worker)
        return worker

    # ------------------------------------------------------------------ hearing

    def _hear(self, worker: _Worker) -> Iterator[tuple[Thing, Answer]]:
        """Take what `worker` sent; with its last words read, take note of its death."""
        try:
            while worker in self._workers and worker.channel.poll():
                yield from self._take(worker, worker.channel.recv())
        except (EOFError, OSError):
            yield from self._bury(worker)

    def _take(self, worker: _Worker, message: Any) -> Iterator[tuple[Thing, Answer]]:
        if not worker.ready:
            if isinstance(message, TocsinError):
                raise message
            worker.ready = True
            self._deaths_at_start = 0
            worker.feed()
            return
        task = worker.held.popleft()
        worker.sent -= 1
        worker.since = time.monotonic()
        worker.analysed += sum(not isinstance(thing, Item) for thing in task.things)
        worker.feed()
        if worker.analysed >= LIFETIME and not worker.held:
            self._remove(worker)
        yield from zip(task.things, message, strict=True)

    def _bury(self, worker: _Worker) -> Iterator[tuple[Thing, Answer]]:
        self._remove(worker)
        if not worker.ready:
            self._deaths_at_start += 1
            if self._deaths_at_start >= _STARTS:
                code = f"exit code {worker.process.exitcode}"
                raise refusal(WorkerError, "deaths_at_start", code)
            self._again.extend(worker.held)
            return
        yield from self._blame(worker, died=True)

    def _stop_overdue(self) -> Iterator[tuple[Thing, Answer]]:
        now = time.monotonic()
        for worker in list(self._workers):
            if worker.sent and now - worker.since > self._seconds:
                self._remove(worker)
                yield from self._blame(worker, died=False)

    def _blame(self, worker: _Worker, *, died: bool) -> Iterator[tuple[Thing, Answer]]:
        """Find out which thing it was: those of a task are tried one by one, a death once more."""
        if not worker.sent:
            self._again.extend(worker.held)
            return
        exitcode = worker.process.exitcode
        task, *innocent = worker.held
        self._again.extend(innocent)
        if len(task.things) > 1:
            self._again.extend(Task(things=(thing,)) for thing in task.things)
        elif died and not task.deaths:
            self._again.append(Task(things=task.things, deaths=1))
        else:
            [thing] = task.things
            overdue = refusal(TimeLimitError, "overdue", _size(thing), most=self._seconds)
            error = _death(thing, exitcode) if died else overdue
            yield thing, failed(error, thing.origin or "")

    # ------------------------------------------------------------------ ending

    def _patience(self) -> float:
        """Seconds until the next task is overdue, or `_TICK`, if that is sooner."""
        begun = [worker.since for worker in self._workers if worker.sent]
        left = min(begun, default=math.inf) + self._seconds - time.monotonic()
        return min(max(0.0, left) + 0.01, _TICK) if self._workers else 0.0

    def _remove(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.channel.close()


def _death(thing: Thing, code: int | None) -> TocsinError:
    return refusal(WorkerError, "two_deaths", _size(thing), how=how_it_ended(code))


def how_it_ended(code: int | None) -> str:
    """Return what the exit code of a process says, in words."""
    if code is not None and code < 0:
        return signal.strsignal(-code) or f"signal {-code}"
    return f"exit code {code}"


def _size(thing: Thing) -> str:
    """Describe an article by its size, which is the same for all its copies."""
    if isinstance(thing, Item):
        return f"{len(thing.body):,} bytes"
    return f"{len(article_in(thing).text):,} characters"


def start_process(serve: Callable[..., None], *args: object) -> tuple[BaseProcess, Connection]:
    """Start a process that runs `serve(channel, *args)`; return it and our end of the channel."""
    context = _context()
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, *args), daemon=True)
    with _inherited():
        process.start()
    theirs.close()
    return process, ours


def _context() -> Any:
    """Return how processes are started: by a server without threads that has loaded the modules.

    A fork of the main process would copy a database that is open and threads that are not there;
    a fresh start of each would load the modules anew each time.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tocsin.corpus.work", "tocsin.pipeline"])
    return context


@contextmanager
def _inherited() -> Iterator[None]:
    """Give what is started in the body a deaf ear for Ctrl-C and one thread for matrices.

    Ctrl-C goes to all processes of a terminal; that of the workers is the main process's to say.
    Each worker has one core: more threads than cores take turns.
    """
    name = "OPENBLAS_NUM_THREADS"
    threads = os.environ.get(name)
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    os.environ[name] = "1"
    try:
        yield
    finally:
        if threads is None:
            del os.environ[name]
        else:
            os.environ[name] = threads
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
