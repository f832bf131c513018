"""The latest: what is worked out of a whole store, once for each state of it, for all requests.

It is worked out in a thread of its own.  Who asks meanwhile gets the one before, or nothing yet,
and is told so: no page waits for what takes seconds.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread
from typing import Generic, TypeVar

from tocsin.store.database import FILE_NAME

T = TypeVar("T")
State = tuple[tuple[int, int], ...]

#: Seconds that a request waits for what is being worked out: a small store is done in that time,
#: and for one that was not the last time nobody waits.
MOMENT = 0.1

#: Rests between two workings, in times that one takes: while articles are added, and each batch is
#: another state, a large store does not keep a processor busy.
_REST = 4.0


def state_of(folder: Path) -> State:
    """Return what changes with every commit to a store: size and time of its file and of its log.

    An empty log, as a reader may make one, is the same as none.
    """
    found = []
    for end in ("", "-wal"):
        with suppress(FileNotFoundError):
            found.append((folder / f"{FILE_NAME}{end}").stat())
    return tuple((each.st_size, each.st_mtime_ns) for each in found if each.st_size)


def file_of(folder: Path) -> tuple[int, int] | None:
    """Return what tells a store's file from another of its name; None where there is none."""
    with suppress(FileNotFoundError):
        found = (folder / FILE_NAME).stat()
        return found.st_dev, found.st_ino
    return None


@dataclass(frozen=True, slots=True)
class Seen(Generic[T]):
    """What there is for now."""

    value: T | None  #: None where nothing has been worked out yet
    fresh: bool  #: whether it is of the store as it is now


@dataclass
class Latest(Generic[T]):
    """Works out one thing of the store in a folder, and keeps it."""

    folder: Path
    work_out: Callable[[], T]
    _lock: Lock = field(default_factory=Lock)
    _task: Future[None] | None = None
    _value: T | None = None
    _state: State | None = None  #: of the store, for which `_value` is
    _took: float = 0.0  #: seconds, the last time
    _rested: float = 0.0  #: when the next may be worked out, on the monotonic clock
    _failed: tuple[State, Exception] | None = None  #: what could not be, the last time

    def look(self, wait: float | None = None) -> Seen[T]:
        """Return what there is, and see to it that there will be a fresh one.

        Args:
            wait: seconds for what is being worked out; a moment where it may take no longer.

        Raises:
            StoreError: it could not be worked out; it is tried again when somebody looks.
        """
        with self._lock:
            now = state_of(self.folder)
            if self._task is None and now != self._state and time.monotonic() >= self._rested:
                self._task = Future()
                Thread(target=self._work, args=(self._task, now), daemon=True).start()
            task, failed = self._task, self._failed
            moment = MOMENT if self._took <= MOMENT else 0.0
        if task is not None:
            with suppress(TimeoutError):
                task.result(moment if wait is None else wait)
        elif failed and failed[0] == now:
            raise failed[1]
        with self._lock:
            return Seen(self._value, now == self._state)

    def _work(self, task: Future[None], state: State) -> None:
        began = time.monotonic()
        try:
            value = self.work_out()
        except Exception as error:  # raised where somebody waits for it
            with self._lock:
                self._task, self._failed = None, (state, error)
                self._rested = time.monotonic() + _REST * (time.monotonic() - began)
            task.set_exception(error)
            return
        with self._lock:
            self._value, self._state, self._task, self._failed = value, state, None, None
            self._took = time.monotonic() - began
            self._rested = time.monotonic() + _REST * self._took
        task.set_result(None)
        _keep_from_collector()


def _keep_from_collector() -> None:
    """Let garbage collection pass over what is kept from now on.

    Looking through what is worked out of a million events stops every request for a quarter of a
    second, and again and again.  What was kept before is looked through this once.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
