"""A worker: how soon it can work, how much memory it takes, and where its time goes.

usage: python -m benchmarks.worker NEWS.jsonl [--articles N] [--side-by-side]

Each worker is a process of its own, as `tocsin add` starts it.  Its start is the processor time
until it can read the first article, the modules included, which the workers of one `tocsin add`
load once for all.  Rules are all that is no network and no parse: what is left of the time of an
analysis when the calls of the models are taken out.

With --side-by-side two workers of `tocsin add` are set against one, and two processes with the bare
pipeline against one, each time by the clock.  What two cores give more than one is bounded by what
they share, so the measure of the one is the other.  It wants a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.reading import peak_megabytes
from benchmarks.speed import ONE_THREAD, load_ours
from tocsin.articles.plain import read_plain
from tocsin.corpus.account import Added
from tocsin.corpus.add import add_articles
from tocsin.settings import load_settings

#: What is allowed: seconds, megabytes, and shares.
START, MEMORY, RULES, SPEED_UP = 2.0, 500, 0.15, 0.95
#: Articles that are added before the clock runs, so that starts do not count.
_WARM = 16

Seconds = Counter[str]


def measure_worker(news: Path, number: int) -> dict[str, Any]:
    """Analyse so many articles and return what was measured; call it in a process of its own."""
    from tocsin.corpus.work import tend_garbage
    from tocsin.pipeline import open_tools, process_article

    tools = open_tools(load_settings())
    tend_garbage()
    start, loaded = time.process_time(), peak_megabytes()
    articles = [read_plain(text, "benchmark") for text in texts_of(news, number)]
    process_article(articles[0], tools)  # tables are read when they are first needed
    seconds: Seconds = Counter()
    began = time.process_time()
    with ExitStack() as patched:
        for model, call, name in calls_of_models():
            clocked = _timed(getattr(model, call), name, seconds)
            patched.enter_context(patch.object(model, call, clocked))
        for article in articles:
            process_article(article, tools)
    whole = time.process_time() - began
    return {
        "start": start,
        "loaded": loaded,
        "memory": peak_megabytes(),
        "whole": whole,
        "models": dict(seconds),
        "articles": len(articles),
    }


def calls_of_models() -> Iterator[tuple[type, str, str]]:
    """Yield the calls by which all time in models is spent, and what each does."""
    from spacy.language import Language

    from tocsin.models.acts import ActReader
    from tocsin.models.encoder import Encoder
    from tocsin.models.tagger import Tagger

    yield Language, "__call__", "parse"
    yield Encoder, "encode", "encoder"
    yield Tagger, "find_candidates", "statements"
    yield ActReader, "read", "acts"


def _timed(call: Callable[..., Any], name: str, seconds: Seconds) -> Callable[..., Any]:
    @wraps(call)
    def timed(*given: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return call(*given, **named)
        finally:
            seconds[name] += time.process_time() - began  # type: ignore[assignment]

    return timed


def texts_of(news: Path, number: int) -> Iterator[str]:
    """Yield the texts of so many articles, taken evenly."""
    rows = news.read_text(encoding="utf-8").splitlines()
    for row in islice(rows[:: max(1, len(rows) // number)], number):
        yield json.loads(row)["text"]


def tell_worker(measured: dict[str, Any]) -> Iterator[str]:
    """Yield the lines to print of what was measured."""
    whole, models = measured["whole"], measured["models"]
    rules = whole - sum(models.values())
    yield (
        f"start: {measured['start']:.1f} s of processor time ({START}), {measured['loaded']:.0f} MB"
    )
    yield f"memory after {measured['articles']} articles: {measured['memory']:.0f} MB ({MEMORY})"
    shares = [f"{name} {spent / whole:.1%}" for name, spent in models.items()]
    yield (
        f"an article: {whole / measured['articles']:.2f} s; {', '.join(shares)},"
        f" rules {rules / whole:.1%} ({RULES:.0%})"
    )


# --------------------------------------------------------------------------- side by side


def measure_side_by_side(news: Path, number: int) -> Iterator[str]:
    """Yield the lines to print of two workers and two bare pipelines."""
    texts = list(texts_of(news, number))
    ours = {count: _adding(texts, count) for count in (1, 2)}
    bare = {count: _reading(texts, count) for count in (1, 2)}
    gained, possible = ours[2] / ours[1], bare[2] / bare[1]
    yield f"tocsin add: {ours[1]:.2f} articles/s with one worker, {gained:.2f} times with two"
    yield f"bare pipeline: {bare[1]:.2f} articles/s in one process, {possible:.2f} times in two"
    yield f"two workers reach {gained / possible:.2f} of what is possible ({SPEED_UP})"


def _adding(texts: Sequence[str], workers: int) -> float:
    """Return the articles a second of `tocsin add` between the first ones and the last."""
    seen: list[tuple[int, float]] = []

    def look(added: Added) -> None:
        if added.articles >= _WARM and (not seen or added.articles > seen[-1][0]):
            seen.append((added.articles, time.perf_counter()))

    with tempfile.TemporaryDirectory() as folder:
        pile = Path(folder) / "pile.jsonl"
        pile.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
        store = Path(folder) / "store"
        settings = load_settings()
        add_articles([str(pile)], store, settings=settings, workers=workers, progress=look)
    (first, began), (last, ended) = seen[0], seen[-1]
    return (last - first) / (ended - began)


def _reading(texts: Sequence[str], processes: int) -> float:
    """Return the articles a second of so many processes, each of which reads all of `texts`."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(processes + 1)
    readers = [context.Process(target=_read_bare, args=(texts, ready)) for _ in range(processes)]
    for reader in readers:
        reader.start()
    ready.wait()
    began = time.perf_counter()
    for reader in readers:
        reader.join()
    return processes * len(texts) / (time.perf_counter() - began)


def _read_bare(texts: Sequence[str], ready: Any) -> None:
    language = load_ours(load_settings())
    language(texts[0])
    ready.wait()
    for text in texts:
        language(text)


# --------------------------------------------------------------------------- printing


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worker", description=__doc__)
    parser.add_argument("news", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--side-by-side", action="store_true")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        print(json.dumps(measure_worker(given.news, given.articles)))
        return
    if given.side_by_side:
        os.environ.update(ONE_THREAD)  # for the processes that are started
        lines = measure_side_by_side(given.news, given.articles)
    else:
        lines = tell_worker(measure_apart(given.news, given.articles))
    for line in lines:
        print(line, flush=True)


def measure_apart(news: Path, number: int) -> dict[str, Any]:
    """Return what `measure_worker` says in a process of its own, with one thread."""
    command = [sys.executable, "-m", "benchmarks.worker", news, "--articles", number, "--alone"]
    environment = os.environ | ONE_THREAD
    done = subprocess.run(
        [*map(str, command)], stdout=subprocess.PIPE, text=True, check=True, env=environment
    )
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


if __name__ == "__main__":
    main()
