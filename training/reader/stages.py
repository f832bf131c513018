"""The stages of the training that need torch: teacher, its marks, small reader."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from tocsin.models.pieces import Vocabulary
from training.attribution.gold import Attribution, read_marked
from training.attribution.gold import Marked as Attributed
from training.base import read_base_vocabulary, write_vocabulary
from training.device import DEVICE, use_device
from training.reader.bases import read_config
from training.reader.export import export
from training.reader.given import Given, Report
from training.reader.learn import (
    Course,
    Plan,
    keep_lower,
    load,
    train,
    train_countries,
    train_names,
)
from training.reader.marked_articles import (
    dev_rows,
    learned_from,
    learned_quoted,
    marked_rows,
    news_ids,
    unmarked_rows,
)
from training.reader.marks import Marked, make_marked
from training.reader.measure import events_of, read
from training.reader.network import Encoder, Heads, Shape, load_base
from training.reader.taught import read_taught, teach
from training.reader.words import Words, read_words

#: Of the teacher, whose lower layers stay as they are, so large a part of them.
TEACHER_FROZEN = 2 / 3
TEACHER_PASSES, TEACHER_PLAN = 3.0, Plan(rate=5e-5, countries=False)
COUNTRIES_PASSES, COUNTRIES_PLAN = 6.0, Plan(rate=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """What a pass of the small reader goes over: how often an article of each sort comes."""

    passes: float
    marked: int = 3
    news: int = 3  #: marked for this project in news that nobody had marked
    quoted: int = 1  #: marked for attributions alone
    taught: int | None = None  #: of the articles that only the teacher read, so many; None: all
    settled: float = 0.0  #: so large a part of the layers, the lower ones, learns no more


#: Of the small reader.  The second half stays nearer to the marks, and goes back through the upper
#: layers alone: the rate falls, and what the lower ones would still learn is little (after Brock et
#: al. 2017, FreezeOut).
SMALL_PLAN = Plan(rate=2e-4)
SMALL_MIXES = (
    Mix(passes=1.6, quoted=2),
    Mix(passes=2.4, taught=400, settled=1 / 2),
)
#: A lighter trial on parts of the marked articles alone, each with as many steps: a learning curve.
CURVE, CURVE_STEPS, CURVE_PLAN, CURVE_FROZEN = (0.25, 0.5, 1.0), 900, Plan(rate=2e-4), 1 / 2
NAMES_PASSES, NAMES_PLAN = 5.0, Plan(rate=0.0, new_rate=2e-3)
#: Articles in whose states names are learned last; more take gigabytes and are no better.
NAMED = 1000


def train_teacher(given: Given, report: Report) -> None:
    """Train the teacher, and write what it finds in the development part."""
    done = given.work / "teacher.heads.pt"
    if done.exists():
        return
    encoder, heads, vocabulary = _open_base(given, given.teacher_base(), TEACHER_FROZEN)
    articles = _marked(given, vocabulary)
    kept = keep_lower(encoder, articles)
    course = _course(given, articles, TEACHER_PASSES)
    train(encoder, heads, [course], TEACHER_PLAN, report, given.work / "teacher.pt", kept)
    of_countries = _course(given, articles, COUNTRIES_PASSES)
    train_countries(encoder, heads, of_countries, COUNTRIES_PLAN, report, kept)
    _write_events(encoder, heads, _dev(given, vocabulary), given.work / "teacher")
    _save(heads.state_dict(), done)


def mark_unmarked(given: Given, report: Report) -> None:
    """Let the teacher read what nobody marked."""
    encoder, heads, vocabulary = _open_base(given, given.teacher_base(), TEACHER_FROZEN)
    load(given.work / "teacher.pt", encoder, heads)
    heads.load_state_dict(torch.load(given.work / "teacher.heads.pt", map_location=DEVICE))
    teach(encoder, heads, _unmarked(given, vocabulary), given.work / "marks.pickle", report)


def train_small(given: Given, report: Report) -> None:
    """Train the small reader, write what it finds in the development part, and the graphs."""
    done = given.weights / "vocabulary.txt"
    if done.exists():
        return
    encoder, heads, vocabulary = _open_base(given, given.small_base())
    sorts = _sorts(given, vocabulary)
    courses = [
        replace(
            _course(given, _mixed(mix, *sorts), mix.passes),
            settled=round(mix.settled * len(encoder.layers)),
        )
        for mix in SMALL_MIXES
    ]
    train(encoder, heads, courses, SMALL_PLAN, report, given.work / "small.pt")
    each = [article for sort in sorts for article in sort]
    random.Random(1).shuffle(each)
    named = _course(given, each[:NAMED], NAMES_PASSES)
    train_names(encoder, heads, named, NAMES_PLAN, report)
    _write_events(encoder, heads, _dev(given, vocabulary), given.work / "small")
    export(encoder, heads, given.weights)
    write_vocabulary(vocabulary, done)


def draw_curve(given: Given, report: Report) -> None:
    """Train small readers on parts of the marked articles, and write what each finds."""
    for part in CURVE:
        encoder, heads, vocabulary = _open_base(given, given.small_base(), CURVE_FROZEN)
        articles = learned_from(_marked(given, vocabulary), part)
        passes = CURVE_STEPS * CURVE_PLAN.articles / len(articles)
        course, saved = _course(given, articles, passes), given.work / f"curve.{part}.pt"
        kept = keep_lower(encoder, articles)
        train(encoder, heads, [course], CURVE_PLAN, report, saved, kept)
        _write_events(encoder, heads, _dev(given, vocabulary), given.work / f"curve.{part}")


def _open_base(given: Given, base: Path, frozen: float = 0.0) -> tuple[Encoder, Heads, Vocabulary]:
    """Return networks that know what the base knows, and its vocabulary.

    So large a part of the layers is not to be trained.
    """
    use_device(given.threads)
    torch.manual_seed(1)
    vocabulary, kept = read_base_vocabulary(base / "tokenizer.json")
    shape = Shape.of(read_config(base), frozen)
    if shape.relative:  # MPNet writes the marks around a window in its own way
        for mark, own in (("[CLS]", "<s>"), ("[SEP]", "</s>"), ("[UNK]", "<unk>")):
            kept[vocabulary.numbers[mark]] = kept[vocabulary.numbers[own]]
    encoder, heads = Encoder(len(kept), shape), Heads(shape.width)
    load_base(encoder, load_file(base / "model.safetensors"), kept)
    return encoder, heads, vocabulary


def _course(given: Given, articles: Sequence[Marked], passes: float) -> Course:
    return Course(articles=articles, passes=passes * given.part)


def _save(state: dict[str, Any], path: Path) -> None:
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


# --------------------------------------------------------------------------- articles


def _marked(given: Given, vocabulary: Vocabulary) -> list[Marked]:
    words = read_words(given.work)
    return [_make(row, vocabulary, words) for row in marked_rows(given.shared)]


def _dev(given: Given, vocabulary: Vocabulary) -> list[Marked]:
    words = read_words(given.work)
    return [_make(row, vocabulary, words) for row in dev_rows(given.shared)]


def _quoted(given: Given, vocabulary: Vocabulary) -> list[Marked]:
    """Return what is marked for attributions; an article comes once for each annotation."""
    words = read_words(given.work)
    quoted = learned_quoted(read_marked(given.shared / "gold/polnear/train"))
    return [_attributed(one, vocabulary, words) for one in quoted]


def _unmarked(given: Given, vocabulary: Vocabulary) -> list[Marked]:
    """Return the news that nobody marked."""
    words, marked = read_words(given.work), news_ids()
    rows = (row for row in unmarked_rows(given.shared) if row["id"] not in marked)
    return [_make(row, vocabulary, words) for row in rows]


def _sorts(given: Given, vocabulary: Vocabulary) -> list[list[Marked]]:
    """Return the articles that are marked, those of news marked here, the quoted, the taught."""
    learned, news = learned_from(_marked(given, vocabulary)), news_ids()
    return [
        [each for each in learned if each.row["id"] not in news],
        [each for each in learned if each.row["id"] in news],
        _quoted(given, vocabulary),
        read_taught(_unmarked(given, vocabulary), given.work / "marks.pickle"),
    ]


def _mixed(
    mix: Mix,
    marked: list[Marked],
    news: list[Marked],
    quoted: list[Marked],
    taught: list[Marked],
) -> list[Marked]:
    return marked * mix.marked + news * mix.news + quoted * mix.quoted + taught[: mix.taught]


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
