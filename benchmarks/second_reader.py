"""A large model as second reader: what is lost of good answers, and the time that they take.

usage: python -m benchmarks.second_reader [GOLD] [--answers FILE] [--scorer FILE] [--misses N]
                                          [--processes N] [--add N]

A stand-in answers, for each article of GOLD, with the marks of its readers
(`benchmarks.marks_answered`), so that whatever is missed is lost by Tocsin: by words that it does
not find in the text, or by what it makes of them.  With `--answers` it answers with what a model
said, for the articles of which it said something: a JSON object a line, with the article's `id` and
the model's `acts` and `statements`.

First come the events that the model found; then those that both found, and all that `tocsin read`
prints, as it prints them and with Tocsin's word where the two differ; then what Tocsin finds alone.

With `--add` so many articles are then added with and without a model that takes 50 milliseconds
for each answer.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks import corpus
from benchmarks.events_marked import (
    GOLD,
    SCORER,
    article_of,
    load_scorer,
    predicted,
    read_rows,
    score,
    write_rows,
)
from benchmarks.marks_answered import acts_marked, find_article
from benchmarks.standin import Answer, Asked, Reply, answering, say
from tocsin.pipeline import opened_tools, process_article
from tocsin.records import Event
from tocsin.second.reader import open_second
from tocsin.settings import Settings, load_settings

Row = dict[str, Any]

#: What is asked of marks that come back as answers: acts found, of those the right status, and the
#: right parties of those whose marks have words for each side with a code.
FLOORS = {"found": 0.98, "status": 0.97, "parties": 0.85}
#: Seconds that an answer takes in `--add`, and how much longer that may make it.
DELAY, LONGER = 0.05, 1.3
MODEL = "standin"


# --------------------------------------------------------------------------- what is answered


def answer_marks(rows: Sequence[Row]) -> Answer:
    """Answer with the acts that are marked in the article asked about."""

    def answer(asked: Asked) -> Reply:
        return say(list(acts_marked(find_article(rows, asked.sentences), asked.sentences)))

    return answer


def answer_said(rows: Sequence[Row], said: Sequence[Row]) -> Answer:
    """Answer with what a model said of the article, for the sentences asked about."""
    by_id = {each["id"]: each for each in said}

    def answer(asked: Asked) -> Reply:
        told = by_id[find_article(rows, asked.sentences)["id"]]
        lists = (told["acts"], told.get("statements", []))
        return say(*([each for each in e if each["sentence"] in asked.sentences] for e in lists))

    return answer


def remembered(answer: Answer) -> Answer:
    """Answer the same question again without working the answer out again."""
    told: dict[tuple[tuple[int, str], ...], Reply] = {}

    def again(asked: Asked) -> Reply:
        question = tuple(asked.sentences.items())
        if question not in told:
            told[question] = answer(asked)
        return told[question]

    return again


# --------------------------------------------------------------------------- predictions


def read_all(rows: Sequence[Row], url: str | None, processes: int) -> list[tuple[Event, ...]]:
    """Return the events of each article as Tocsin reads it, with the model at `url`."""
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(partial(_read, url), rows, chunksize=4))


def _read(url: str | None, row: Row) -> tuple[Event, ...]:
    article, tools = article_of(row), opened_tools(load_settings())
    second = open_second(Settings(reader=url or "", model=MODEL))
    return process_article(article, tools, second.read(article) if second else None).events


def of_model(events: Iterable[Event]) -> Iterator[Event]:
    """Yield the events that the model found."""
    yield from (event for event in events if MODEL in event.readers)


def of_both(events: Iterable[Event]) -> Iterator[Event]:
    """Yield the events that both readers found."""
    yield from (event for event in events if len(event.readers) > 1)


def of_tocsin(events: Iterable[Event]) -> Iterator[Event]:
    """Yield events with Tocsin's word where the two readers differ."""
    for event in events:
        other = event.otherwise
        given = {name: getattr(other, name, None) for name in _DIFFER}
        yield replace(event, **{name: each for name, each in given.items() if each is not None})


_DIFFER = ("type", "status", "actors", "recipients")

VIEWS: dict[str, Callable[[Iterable[Event]], Iterable[Event]]] = {
    "events of the model": of_model,
    "events that both found": of_both,
    "all events": list,
    "all events, with Tocsin's word where the two differ": of_tocsin,
}


# --------------------------------------------------------------------------- scores


def kept(scorer: ModuleType, rows: Sequence[Row], predictions: Sequence[Row]) -> dict[str, float]:
    """Return what of good answers comes back: the measures that `FLOORS` bounds."""
    count: Counter[str] = Counter()
    for row, prediction in zip(rows, predictions, strict=True):
        acts = scorer.acts_of(row)
        count["marked"] += len(acts)
        for _, number, agreed in scorer.pair(prediction["events"], acts)[0]:
            named = names_its_sides(acts[number])
            count["found"] += 1
            count["status"] += agreed[3]
            count["named"] += named
            count["parties"] += named and agreed[1] and agreed[2]
    return {
        "found": count["found"] / count["marked"],
        "status": count["status"] / count["found"],
        "parties": count["parties"] / count["named"],
    }


def names_its_sides(mentions: Sequence[Row]) -> bool:
    """Tell whether an act has words for each side that has a code."""
    sides = (("actors", "actor_words"), ("recipients", "recipient_words"))
    return all(
        any(mention[words] for mention in mentions)
        for codes, words in sides
        if any(mention[codes] for mention in mentions)
    )


def report(
    rows: Sequence[Row], scorer: Path, answer: Answer, processes: int, misses: int
) -> Iterator[str]:
    """Yield every figure for an answering model."""
    with answering(answer) as model, tempfile.TemporaryDirectory() as folder:
        gold, out = Path(folder) / "gold.jsonl", Path(folder) / "predicted.jsonl"
        write_rows(rows, gold)
        read = read_all(rows, model.url, processes)
        shown = {name: [tuple(view(each)) for each in read] for name, view in VIEWS.items()}
        shown["events of Tocsin alone"] = read_all(rows, None, processes)
        yield f"{len(rows)} articles, {len(model.asked)} requests"
        module = load_scorer(scorer)
        for name, events in shown.items():
            predictions = [predicted(row, each) for row, each in zip(rows, events, strict=True)]
            write_rows(predictions, out)
            yield name
            yield score(scorer, gold, out, f"--misses={misses}")
            figures = kept(module, rows, predictions)
            yield "  " + ", ".join(f"{what} {figures[what]:.3f}" for what in FLOORS)
        yield "  of the first, with marks for answers, are asked: " + ", ".join(
            f"{what} {least}" for what, least in FLOORS.items()
        )


# --------------------------------------------------------------------------- time


def add_beside(rows: Sequence[Row], answer: Answer) -> Iterator[str]:
    """Yield the seconds and the memory of `tocsin add` with and without a slow model.

    The answers are worked out beforehand: what they cost here, a model would spend elsewhere.
    """
    answer = remembered(answer)
    with answering(answer) as model:
        second = open_second(Settings(reader=model.url, model=MODEL))
        _ = [second.read(article_of(row)) for row in rows if second]
    with answering(answer, DELAY) as model, tempfile.TemporaryDirectory() as folder:
        news = Path(folder) / "news.jsonl"
        write_rows([{"text": row["text"], "id": row["id"]} for row in rows], news)
        options = {"without": (), "with": ("--reader", model.url, "--model", MODEL)}
        runs = {
            name: corpus.add([news], Path(folder) / name, given) for name, given in options.items()
        }
        for name, run in runs.items():
            yield f"add {run.done} articles {name} a model: {run.seconds:.1f} s; {run.said}"
            yield f"  memory after a quarter: {run.memory(0.25)}; at the end: {run.memory(1)}"
        ratio = runs["with"].seconds / runs["without"].seconds
        yield f"  {ratio:.2f} times the time (at most {LONGER}), {model.busiest} asked at once"


def main() -> None:
    """Read, score and print what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.second_reader", description=__doc__)
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD)
    parser.add_argument("--answers", type=Path, help="answer with what this file says")
    parser.add_argument("--scorer", type=Path, default=SCORER)
    parser.add_argument("--misses", type=int, default=0, help="print so many misses and extras")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--add", type=int, default=0, help="add so many articles, and time it")
    given = parser.parse_args()
    rows = read_rows(given.gold)
    answer = answer_marks(rows)
    if given.answers:
        said = read_rows(given.answers)
        rows = [row for row in rows if row["id"] in {each["id"] for each in said}]
        answer = answer_said(rows, said)
    for line in report(rows, given.scorer, answer, given.processes, given.misses):
        print(line, flush=True)
    if given.add:
        for line in add_beside(rows[: given.add], answer):
            print(line, flush=True)


if __name__ == "__main__":
    main()
