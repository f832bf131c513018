"""A worker process that loads no language pipeline: what it does stands in the item's body."""

import os
import pickle
import signal
import time
from pathlib import Path

from tocsin.errors import PipelineMissingError
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
