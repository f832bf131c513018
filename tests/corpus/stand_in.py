"""A worker process that loads no language pipeline: what it does stands in the item's body."""

import os
import pickle
import signal
import time
from pathlib import Path

from tocsin.errors import PipelineMissingError, TooLargeError
from tocsin.records import Article, SetAside


def serve_stand_in(channel, _settings, _seconds):
    channel.send(None)
    while True:
        try:
            things = channel.recv()
        except EOFError:
            return
        channel.send(tuple(_answer(thing, channel) for thing in things))


def serve_without_pipeline(channel, _settings, _seconds):
    channel.send(PipelineMissingError("the language pipeline is not installed", value="none"))


def serve_dead_on_arrival(_channel, _settings, _seconds):
    os._exit(9)


def serve_orders(channel, _settings, _seconds, memory):
    """Do what the thing that a question is asked of says."""
    channel.send(None)
    while True:
        try:
            _question, order = channel.recv()
        except EOFError:
            return
        if order == "die":
            os._exit(7)
        if order == "hang":
            time.sleep(3600)
        answers = {"fail": TooLargeError("too large"), "spend": MemoryError(), "memory": memory}
        channel.send(answers.get(order, (os.getpid(), order)))


def refuse_orders(channel, *_):
    channel.send(PipelineMissingError("the language pipeline is not installed", value="none"))


def hang(path, _tools, _settings):
    """Tell which process this is, then do nothing."""
    written = Path(f"{path}.part")
    written.write_text(str(os.getpid()))
    written.rename(path)
    time.sleep(3600)


def divide(by, _tools, _settings):
    return 1 / by


def spend(size, _tools, _settings):
    return len(bytearray(size))


def _answer(item, channel):
    body = item.text.encode() if isinstance(item, Article) else item.body
    order, _, about = body[:200].decode().partition(" ")
    if order == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "die-once" and not Path(about).exists():
        Path(about).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "die-speaking":
        message = pickle.dumps([SetAside(origin=item.origin, language="x" * 100_000)])
        os.write(channel.fileno(), len(message).to_bytes(4, "big") + message[:50_000])
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "hang":
        time.sleep(3600)
    return SetAside(origin=item.origin, language=f"{os.getpid()} {'x' * len(body)}")
