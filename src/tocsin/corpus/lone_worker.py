"""The lone worker: a process that analyses one thing after another, each while somebody waits.

What it does cannot harm who asks: it has so much time and so much memory for each thing, and
whatever becomes of it, the next is given to a fresh one.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from tocsin.corpus.work import MEMORY, serve_questions
from tocsin.corpus.workers import LIFETIME, how_it_ended, start_process
from tocsin.errors import TimeLimitError, TocsinError, TooLargeError, WorkerError
from tocsin.lexicons.refusals import refusal
from tocsin.settings import Settings

Result = TypeVar("Result")

#: Seconds that a thing may take.
SECONDS = 90.0


@dataclass(slots=True, kw_only=True)
class _Process:
    process: BaseProcess
    channel: Connection
    asked: int = 0


@dataclass
class LoneWorker:
    """A worker process, started with the first question.  Ask in one thread at a time."""

    settings: Settings
    seconds: float = SECONDS
    memory: int = MEMORY
    serve: Callable[..., None] = serve_questions  #: what the process runs
    _running: _Process | None = field(default=None, init=False)

    def ask(self, question: Callable[..., Result], thing: object) -> Result:
        """Return what `question` says of `thing`; see `tocsin.corpus.work.report_on`.

        Raises:
            TocsinError: what the question raises, or what keeps the worker from working.
            TimeLimitError: it took longer than `seconds`.
            TooLargeError: it took more than `memory`.
            WorkerError: the worker died.
            RuntimeError: a fault in the question.
        """
        running = self._ready()
        running.asked += 1
        answer: Result | Exception = self._exchange(running, (question, thing))
        if isinstance(answer, MemoryError):
            self.end()
            raise refusal(TooLargeError, "memory_spent", most=self.memory / (1 << 30)) from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def end(self) -> None:
        """Stop the worker at once, whatever it does."""
        running, self._running = self._running, None
        if running:
            running.process.kill()
            running.process.join()
            running.channel.close()

    def _ready(self) -> _Process:
        """Return the worker that there is, or a fresh one that can work."""
        running = self._running
        if running and running.process.is_alive() and running.asked < LIFETIME:
            return running
        self.end()
        process, channel = start_process(self.serve, self.settings, self.seconds, self.memory)
        running = self._running = _Process(process=process, channel=channel)
        if error := self._hear(running):
            self.end()
            raise error
        return running

    def _exchange(self, running: _Process, message: object) -> Any:
        try:
            with suppress(OSError):  # it has died; hearing tells how
                running.channel.send(message)
            return self._hear(running)
        except KeyboardInterrupt:  # else the next to ask would hear this answer
            self.end()
            raise

    def _hear(self, running: _Process) -> Any:
        """Return what the worker says, if it does in time; else stop it."""
        try:
            if running.channel.poll(self.seconds):
                return running.channel.recv()
            error: TocsinError = refusal(TimeLimitError, "waited_in_vain", most=self.seconds)
        except (EOFError, OSError):
            running.process.join()
            how = how_it_ended(running.process.exitcode)
            error = refusal(WorkerError, "worker_died", how=how)
        self.end()
        raise error
