"""Progress: where long work stands, on standard error: a bar on a terminal, elsewhere lines.

A line comes each half minute from a thread of its own, also while one step takes long: who looks at
a log sees that the work lives, how much is done, how fast, and what is left.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")

SECONDS_A_LINE = 30.0


@contextmanager
def show_lines(
    describe: Callable[[float], str], console: Console, every: float = SECONDS_A_LINE
) -> Iterator[None]:
    """Print each `every` seconds what `describe` says of the body after so many seconds."""
    begun, over = time.monotonic(), Event()

    def tell() -> None:
        while not over.wait(every):
            said = describe(time.monotonic() - begun)
            with suppress(OSError):  # nobody reads it any more
                console.print(said, soft_wrap=True, markup=False, highlight=False)

    thread = Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def show_working(what: str, every: float = SECONDS_A_LINE) -> Iterator[None]:
    """Show that the body works, of which no steps are known; `what` is like "finding alarms"."""
    from rich.console import Console

    console = Console(stderr=True)
    if console.is_terminal:
        with console.status(what):
            yield
        return
    with show_lines(lambda seconds: _unmeasured(what, seconds), console, every):
        yield


def show_steps(
    things: Iterable[T],
    total: int | None,
    what: str,
    *,
    transient: bool = True,
    every: float = SECONDS_A_LINE,
) -> Iterator[T]:
    """Pass `things` on, and show how many have passed of a `total`, where one is known.

    `what` they are is like "rows read"; where they are fewer than can be counted, what is done.
    """
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if console.is_terminal:
        yield from track(things, what, total, console=console, transient=transient)
        return
    done = 0
    with show_lines(lambda seconds: describe_steps(done, total, what, seconds), console, every):
        for each in things:
            yield each
            done += 1


def describe_steps(done: int, total: int | None, what: str, seconds: float) -> str:
    """Return "1,200 of 50,000 rows read, 40.0/s, 20:20 min left"."""
    if not done:
        return _unmeasured(what, seconds)
    of = "" if total is None else f" of {max(done, total):,}"
    return ", ".join([f"{done:,}{of} {what}", *describe_speed(done, total, seconds)])


def describe_speed(done: int, total: int | None, seconds: float) -> Iterator[str]:
    """Yield how many were done a second, and the time that the rest takes at this speed."""
    if done and seconds > 0:
        yield f"{done / seconds:,.1f}/s"
        if total is not None:
            yield f"{spell_time(max(0, total - done) * seconds / done)} left"


def _unmeasured(what: str, seconds: float) -> str:
    return f"{what}: {spell_time(seconds)} so far"


def spell_time(seconds: float) -> str:
    """Return a time as people say it: "8.1 s", "2:05 min", "3:10 h"."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02d} h"
