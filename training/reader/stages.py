"""The stages of the training that need torch: teacher, its marks, small reader."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from tocsin.models.networks import WEIGHTS
from tocsin.models.pieces import Vocabulary
from training.attribution.gold import Marked as Attributed
from training.attribution.gold import read_marked
from training.base import read_base_vocabulary, write_vocabulary
from training.reader.countries import read_countries
from training.reader.export import export
from training.reader.learn import Plan, load, train, train_countries
from training.reader.marked_articles import learned_from, marked_rows, split_quoted
from training.reader.marks import CountryWords, Marked, make_marked, read_rows
from training.reader.measure import events_of, read
from training.reader.network import Encoder, Heads, Shape, load_base
from training.reader.taught import read_taught, teach

TEACHER = Shape(width=768, heads=12, layers=12, relative=True, frozen=8)
SMALL = Shape(width=384, heads=12, layers=6, relative=False)

#: Of the teacher.
TEACHER_PLAN = Plan(passes=7, rate=5e-5, countries=False)
COUNTRIES_PLAN = Plan(passes=6, rate=0.0)
SMALL_PLAN = Plan(passes=2.6, rate=2e-4)
#: How often an article comes in one pass of the small reader: marked, with attributions, taught.
MARKED, QUOTED, TAUGHT = 3, 2, 1

#: Unmarked articles that the teacher reads; it reads one or two a second.
UNMARKED = 1200

Report = Callable[[int, int, float], None]


def train_teacher(given: Namespace, report: Report) -> None:
    """Train the teacher, and write what it finds in the development part."""
    encoder, heads, vocabulary = _open_base(given, TEACHER)
    articles = _marked(given, vocabulary)
    _say(articles)
    train(encoder, heads, articles, _plan(TEACHER_PLAN, given), report, given.work / "teacher.pt")
    train_countries(encoder, heads, articles, COUNTRIES_PLAN, report)
    torch.save(heads.state_dict(), given.work / "teacher.heads.pt")
    _write_events(encoder, heads, _dev(given, vocabulary), given.work / "teacher")


def mark_unmarked(given: Namespace, report: Report) -> None:
    """Let the teacher read what nobody marked."""
    encoder, heads, vocabulary = _open_base(given, TEACHER)
    load(given.work / "teacher.pt", encoder, heads)
    heads.load_state_dict(torch.load(given.work / "teacher.heads.pt"))
    for name, articles in _unmarked(given, vocabulary).items():
        teach(encoder, heads, articles, given.work / f"marks.{name}.pickle", report)


def train_small(given: Namespace, report: Report) -> None:
    """Train the small reader, write what it finds in the development part, and the graphs."""
    encoder, heads, vocabulary = _open_base(given, SMALL)
    articles = learned_from(_marked(given, vocabulary), given.part) * MARKED
    for name, unmarked in _unmarked(given, vocabulary).items():
        taught = read_taught(unmarked, given.work / f"marks.{name}.pickle")
        articles += taught * (QUOTED if name == "polnear" else TAUGHT)
    _say(articles)
    train(encoder, heads, articles, _plan(SMALL_PLAN, given), report, given.work / "small.pt")
    _write_events(encoder, heads, _dev(given, vocabulary), given.work / "small")
    export(encoder, heads, WEIGHTS)
    write_vocabulary(vocabulary, WEIGHTS / "vocabulary.txt")


def _open_base(given: Namespace, shape: Shape) -> tuple[Encoder, Heads, Vocabulary]:
    """Return networks that know what the base knows, and its vocabulary."""
    torch.set_num_threads(given.threads)
    torch.manual_seed(1)
    vocabulary, kept = read_base_vocabulary(given.base / "tokenizer.json")
    if shape.relative:  # MPNet writes the marks around a window in its own way
        for mark, own in (("[CLS]", "<s>"), ("[SEP]", "</s>"), ("[UNK]", "<unk>")):
            kept[vocabulary.numbers[mark]] = kept[vocabulary.numbers[own]]
    encoder, heads = Encoder(len(kept), shape), Heads(shape.width)
    load_base(encoder, load_file(given.base / "model.safetensors"), kept)
    return encoder, heads, vocabulary


def _plan(plan: Plan, given: Namespace) -> Plan:
    return plan if given.passes is None else replace(plan, passes=given.passes)


def _say(articles: Sequence[Marked]) -> None:
    windows = sum(len(article.examples) for article in articles)
    print(f"{len(articles)} articles, {windows} windows", flush=True)


# --------------------------------------------------------------------------- articles


def _marked(given: Namespace, vocabulary: Vocabulary) -> list[Marked]:
    named = read_countries(given.work)
    return [_make(row, vocabulary, named) for row in marked_rows(given.shared)]


def _dev(given: Namespace, vocabulary: Vocabulary) -> list[Marked]:
    named = read_countries(given.work)
    rows = read_rows([given.shared / "gold/events/dev.jsonl"])
    return [_make(row, vocabulary, named) for row in rows]


def _unmarked(given: Namespace, vocabulary: Vocabulary) -> dict[str, list[Marked]]:
    named = read_countries(given.work)
    gold = given.shared / "gold"
    rows = islice(read_rows([gold / "events/unmarked.jsonl"]), UNMARKED)
    quoted, _ = split_quoted(read_marked(gold / "polnear/train"))
    return {
        "polnear": [_attributed(one, vocabulary, named.get(one.stem, ())) for one in quoted],
        "news": [_make(row, vocabulary, named) for row in rows],
    }


def _make(
    row: dict[str, Any], vocabulary: Vocabulary, named: dict[str, list[CountryWords]]
) -> Marked:
    return make_marked(row, vocabulary, countries=named.get(row["id"], ()))


def _attributed(
    one: Attributed, vocabulary: Vocabulary, named: Sequence[CountryWords] = ()
) -> Marked:
    row = {"id": one.stem, "text": one.text}
    return make_marked(row, vocabulary, one.attributions, named)


# --------------------------------------------------------------------------- measuring


def _write_events(encoder: Encoder, heads: Heads, dev: Sequence[Marked], name: Path) -> None:
    """Write the events of `dev` at several thresholds, as `score_events.py` reads them."""
    found = [read(encoder, heads, article, 0.3) for article in dev]
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        with Path(f"{name}.dev.{least}.jsonl").open("w", encoding="utf-8") as out:
            for line in _lines(dev, found, least):
                print(line, file=out)


def _lines(dev: Sequence[Marked], found: Sequence[Any], least: float) -> Iterator[str]:
    for article, one in zip(dev, found, strict=True):
        yield json.dumps({"id": article.row["id"], "events": events_of(article, one, least)})
