"""The stages of the training that need torch: teacher, its marks, small reader."""

from __future__ import annotations

import json
import random
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from tocsin.models.networks import WEIGHTS
from tocsin.models.pieces import Vocabulary
from training.attribution.gold import Attribution, read_marked
from training.attribution.gold import Marked as Attributed
from training.base import read_base_vocabulary, write_vocabulary
from training.device import DEVICE, use_device
from training.reader.countries import read_countries
from training.reader.export import export
from training.reader.learn import Plan, load, train, train_countries, train_names
from training.reader.marked_articles import (
    held_ids,
    learned_from,
    learned_quoted,
    marked_rows,
    news_ids,
)
from training.reader.marks import CountryWords, Marked, NameWords, make_marked, read_rows
from training.reader.measure import events_of, read
from training.reader.names import read_names
from training.reader.network import Encoder, Heads, Shape, load_base
from training.reader.taught import read_taught, teach

TEACHER = Shape(width=768, heads=12, layers=12, relative=True, frozen=8)
SMALL = Shape(width=384, heads=12, layers=6, relative=False)

#: Of the teacher.
TEACHER_PLAN = Plan(passes=7, rate=5e-5, countries=False)
COUNTRIES_PLAN = Plan(passes=6, rate=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of the small reader: how to train, and how often an article of each sort comes."""

    plan: Plan
    marked: int = 3
    news: int = 3  #: marked for this project in news that nobody had marked
    quoted: int = 2  #: with attributions; acts are the teacher's
    taught: int | None = None  #: of the articles that only the teacher read, so many; None: all


#: The small reader goes over its articles in rounds, the later ones slower and nearer to the marks.
SMALL_ROUNDS = (
    Round(plan=Plan(passes=2.6, rate=2e-4)),
    Round(plan=Plan(passes=3.5, rate=1e-4, new_rate=5e-4, seed=2)),
    Round(
        plan=Plan(passes=1.6, rate=1e-4, new_rate=2e-4, seed=4, warm_up=0.05),
        marked=2,
        news=4,
        quoted=1,
        taught=600,
    ),
)
#: A lighter trial on parts of the marked articles alone, each with as many steps: a learning curve.
CURVE, CURVE_STEPS, CURVE_PLAN = (0.25, 0.5, 1.0), 900, Plan(passes=0.0, rate=2e-4)
NAMES_PLAN = Plan(passes=5, rate=0.0, new_rate=2e-3)
#: Articles in whose states names are learned last; more do not fit into the memory.
NAMED = 1800
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
    heads.load_state_dict(torch.load(given.work / "teacher.heads.pt", map_location=DEVICE))
    for name, articles in _unmarked(given, vocabulary).items():
        teach(encoder, heads, articles, given.work / f"marks.{name}.pickle", report)


def train_small(given: Namespace, report: Report) -> None:
    """Train the small reader, write what it finds in the development part, and the graphs."""
    encoder, heads, vocabulary = _open_base(given, SMALL)
    sorts = _sorts(given, vocabulary)
    for number, one in enumerate(SMALL_ROUNDS, 1):
        articles = _articles_of(one, *sorts)
        _say(articles)
        saved = given.work / f"small.{number}.pt"
        train(encoder, heads, articles, _plan(one.plan, given), report, saved)
    every = _articles_of(SMALL_ROUNDS[0], *sorts)
    train_names(encoder, heads, _once(every)[:NAMED], NAMES_PLAN, report)
    _write_events(encoder, heads, _dev(given, vocabulary), given.work / "small")
    export(encoder, heads, WEIGHTS)
    write_vocabulary(vocabulary, WEIGHTS / "vocabulary.txt")


def _sorts(given: Namespace, vocabulary: Vocabulary) -> list[list[Marked]]:
    """Return the articles that are marked, those of news marked here, the quoted, the taught."""
    learned = learned_from(_marked(given, vocabulary))
    news = news_ids()
    quoted, taught = (
        read_taught(unmarked, given.work / f"marks.{name}.pickle")
        for name, unmarked in _unmarked(given, vocabulary).items()
    )
    return [
        [each for each in learned if each.row["id"] not in news],
        [each for each in learned if each.row["id"] in news],
        quoted,
        [each for each in taught if each.row["id"] not in news],
    ]


def _articles_of(
    one: Round,
    marked: list[Marked],
    news: list[Marked],
    quoted: list[Marked],
    taught: list[Marked],
) -> list[Marked]:
    return marked * one.marked + news * one.news + quoted * one.quoted + taught[: one.taught]


def draw_curve(given: Namespace, report: Report) -> None:
    """Train small readers on parts of the marked articles, and write what each finds."""
    for part in CURVE:
        encoder, heads, vocabulary = _open_base(given, replace(SMALL, frozen=SMALL.layers // 2))
        articles = learned_from(_marked(given, vocabulary), part)
        passes = CURVE_STEPS * CURVE_PLAN.articles / len(articles)
        _say(articles)
        plan, saved = replace(CURVE_PLAN, passes=passes), given.work / f"curve.{part}.pt"
        train(encoder, heads, articles, plan, report, saved)
        _write_events(encoder, heads, _dev(given, vocabulary), given.work / f"curve.{part}")


def _open_base(given: Namespace, shape: Shape) -> tuple[Encoder, Heads, Vocabulary]:
    """Return networks that know what the base knows, and its vocabulary."""
    use_device(given.threads)
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


def _once(articles: Sequence[Marked]) -> list[Marked]:
    """Return each article once, those of all origins mixed."""
    each = list({id(article): article for article in articles}.values())
    random.Random(1).shuffle(each)
    return each


def _say(articles: Sequence[Marked]) -> None:
    windows = sum(len(article.examples) for article in articles)
    print(f"{len(articles)} articles, {windows} windows", flush=True)


# --------------------------------------------------------------------------- articles


def _marked(given: Namespace, vocabulary: Vocabulary) -> list[Marked]:
    words = Words.read(given.work)
    return [_make(row, vocabulary, words) for row in marked_rows(given.shared)]


def _dev(given: Namespace, vocabulary: Vocabulary) -> list[Marked]:
    words = Words.read(given.work)
    rows = read_rows([given.shared / "gold/events/dev.jsonl"])
    return [_make(row, vocabulary, words) for row in rows]


def _unmarked(given: Namespace, vocabulary: Vocabulary) -> dict[str, list[Marked]]:
    words = Words.read(given.work)
    gold = given.shared / "gold"
    read = islice(read_rows([gold / "events/unmarked.jsonl"]), UNMARKED)
    held = held_ids()
    rows = (row for row in read if row["id"] not in held)
    quoted = learned_quoted(read_marked(gold / "polnear/train"))
    return {
        "polnear": [_attributed(one, vocabulary, words) for one in quoted],
        "news": [_make(row, vocabulary, words) for row in rows],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What other tools found in the articles, by their ids: words for countries, and names."""

    countries: dict[str, list[CountryWords]]
    names: dict[str, list[NameWords]]

    @classmethod
    def read(cls, work: Path) -> Words:
        """Read what the earlier stages left."""
        return cls(countries=read_countries(work), names=read_names(work))


def _make(
    row: dict[str, Any],
    vocabulary: Vocabulary,
    words: Words,
    attributions: Sequence[Attribution] | None = None,
) -> Marked:
    countries, names = words.countries.get(row["id"], ()), words.names.get(row["id"])
    return make_marked(row, vocabulary, attributions, countries, names)


def _attributed(one: Attributed, vocabulary: Vocabulary, words: Words) -> Marked:
    return _make({"id": one.stem, "text": one.text}, vocabulary, words, one.attributions)


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
