"""The work of a worker process: it reads items and analyses articles, and answers each task.

Nothing here runs in the process that keeps the store.  This module may be loaded by the fork
server before anything else, so it imports little; the language pipeline is loaded by `serve`.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from traceback import format_exception
from typing import TYPE_CHECKING, Any

from tocsin.articles.items import Item
from tocsin.corpus.partition import take_step
from tocsin.errors import TocsinError
from tocsin.records import Explanation, Report
from tocsin.second.asked import Asked
from tocsin.settings import Settings

if TYPE_CHECKING:
    from tocsin.pipeline import Tools

#: Bytes that a worker may have: news takes an eighth of it.
MEMORY = 4 << 30
#: Seconds after which a worker that nobody stops stops itself, over the limit of a task.
_GRACE = 30.0
#: Objects that are made, and not gone, before the collector of garbage looks through them.
_OBJECTS = 20_000


def serve(channel: Connection, settings: Settings, seconds: float) -> None:
    """Answer every task that comes through `channel`, until it closes, in `MEMORY`.

    A task is a tuple of things, its answer a tuple of as many answers.  Before the first the
    worker sends None, or the error for which it cannot work.
    """
    _bound_memory(MEMORY)
    if (tools := _begin(channel, settings)) is None:
        return
    for things in _received(channel):
        with _ended_after(seconds):
            answers = tuple(take_step(thing, tools, settings) for thing in things)
        channel.send(answers)


def serve_questions(channel: Connection, settings: Settings, seconds: float, memory: int) -> None:
    """Answer every question that comes through `channel`, until it closes, in so much memory.

    A question is a function and the thing that it is asked of, as `report_on`; its answer is what
    the function returns or the error that it raises.  Before the first the worker sends None, or
    the error for which it cannot work.
    """
    _bound_memory(memory)
    if (tools := _begin(channel, settings)) is None:
        return
    for question, thing in _received(channel):
        with _ended_after(seconds):
            answer = _result(partial(question, thing, tools, settings))
        channel.send(answer)


def report_on(item: Item, tools: Tools, settings: Settings) -> Report:
    """Return the report on an item.

    Raises:
        InputError: there is no article in it.
        LanguageError: it is not in English.
    """
    from tocsin.articles.read import read_item
    from tocsin.pipeline import process_article

    return process_article(read_item(item, settings=settings), tools)


def explain(asked: Asked, tools: Tools, _: Settings) -> tuple[Explanation, ...]:
    """Return how the sentences of an article with acts were read, and why."""
    from tocsin.pipeline import explain_article

    return explain_article(asked.article, tools, asked.second)


def _begin(channel: Connection, settings: Settings) -> Tools | None:
    """Load what analyses, and say so; None where that was not possible, which is said too."""
    _fall_silent()
    _end_with_parent()
    from tocsin.pipeline import open_tools

    try:
        tools = open_tools(settings)
    except TocsinError as error:
        channel.send(error)
        return None
    tend_garbage()
    channel.send(None)
    return tools


def tend_garbage() -> None:
    """Let the collector pass over what is loaded, and come less often, as workers do all work.

    Models and lexicons stay: looking through them took 5 % of the time.  Of what an article makes
    nearly all goes by itself: looking through it every 700 objects is time lost to rules.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS)


def _received(channel: Connection) -> Iterator[Any]:
    with suppress(EOFError, OSError):  # the other end is gone
        while True:
            yield channel.recv()


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """End this process when the body takes much longer.

    The main process stops a task that takes too long.  Should it be gone, and this process be busy
    in compiled code that lets no other thread run, this ends it all the same.
    """
    faulthandler.dump_traceback_later(seconds + _GRACE, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


def _result(work: Callable[[], Any]) -> Any:
    """Return what comes of `work`: its value, or an error in a form that reaches who asked."""
    try:
        return work()
    except (TocsinError, MemoryError) as error:
        return error.with_traceback(None)
    except Exception as error:  # whatever it is: it may not be made to cross as what it is
        return RuntimeError("".join(format_exception(error)))


def _bound_memory(size: int) -> None:
    """Let this process have no more than `size` bytes, where the system knows such a bound."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _fall_silent() -> None:
    """Leave terminal and Ctrl-C to the main process: it knows what to do and what to say."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 - for as long as we live
    os.dup2(sys.stderr.fileno(), 2)


def _end_with_parent() -> None:
    """End this process when the main process ends, however it ends."""
    parent = parent_process()
    if parent is None:  # called in the main process, as tests do
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
