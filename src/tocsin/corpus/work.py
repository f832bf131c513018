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
from multiprocessing import parent_process
from multiprocessing.connection import Connection

from tocsin.corpus.partition import Thing, take_step
from tocsin.errors import TocsinError
from tocsin.settings import Settings

#: Seconds after which a worker that nobody stops stops itself, over the limit of a task.
_GRACE = 30.0


def serve(channel: Connection, settings: Settings, seconds: float) -> None:
    """Answer every task that comes through `channel`, until it closes.

    A task is a tuple of things, its answer a tuple of as many answers.  Before the first the
    worker sends None, or the error for which it cannot work.
    """
    _fall_silent()
    _end_with_parent()
    from tocsin.pipeline import open_tools

    try:
        tools = open_tools(settings)
    except TocsinError as error:
        channel.send(error)
        return
    gc.collect()
    gc.freeze()  # models and lexicons stay: looking through them for garbage took 5 % of the time
    channel.send(None)
    while True:
        try:
            things: tuple[Thing, ...] = channel.recv()
        except (EOFError, OSError):  # the other end is gone
            return
        # The main process stops a task that takes too long.  Should it be gone, and this process
        # be busy in compiled code that lets no other thread run, this ends it all the same.
        faulthandler.dump_traceback_later(seconds + _GRACE, exit=True)
        answers = tuple(take_step(thing, tools, settings) for thing in things)
        faulthandler.cancel_dump_traceback_later()
        channel.send(answers)


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
