"""Train the reader, in stages that resume.

usage: python -m training.reader teacher --shared DIR --base DIR --work DIR
       python -m training.reader small --shared DIR --base DIR --work DIR

The teacher (all-mpnet-base-v2, too slow to ship) learns acts from marked news.  The small reader
(all-MiniLM-L6-v2) learns acts from the same articles and attributions from PolNeAR's, with one
encoder for both.  What either finds in the development parts is written beside its weights.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from tocsin.models.pieces import Vocabulary
from tocsin.models.tagger import without_doubles
from training.attribution.gold import Marked as Attributed
from training.attribution.gold import read_marked
from training.attribution.measure import best_threshold
from training.attribution.vocabulary import read_base_vocabulary
from training.reader.learn import Plan, train
from training.reader.marks import Marked, make_marked, read_rows
from training.reader.measure import events_of, find_attributions, find_mentions
from training.reader.network import Encoder, Heads, Shape, load_base

TEACHER = Shape(width=768, heads=12, layers=12, relative=True, frozen=8)
SMALL = Shape(width=384, heads=12, layers=6, relative=False)
RATES = {"teacher": 5e-5, "small": 2e-4}


#: Marked for this project; the texts of the first lie in the corpus.
OWN = [Path(__file__).parent / "marked" / name for name in ("polnear.jsonl", "own.jsonl")]


def open_base(folder: Path, shape: Shape) -> tuple[Encoder, Heads, Vocabulary]:
    """Return networks that know what the base in `folder` knows, and its vocabulary."""
    vocabulary, kept = read_base_vocabulary(folder / "tokenizer.json")
    if shape.relative:  # MPNet writes the marks around a window in its own way
        for mark, own in (("[CLS]", "<s>"), ("[SEP]", "</s>"), ("[UNK]", "<unk>")):
            kept[vocabulary.numbers[mark]] = kept[vocabulary.numbers[own]]
    encoder, heads = Encoder(len(kept), shape), Heads(shape.width)
    load_base(encoder, load_file(folder / "model.safetensors"), kept)
    return encoder, heads, vocabulary


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training.reader",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stage", choices=tuple(RATES))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--base", type=Path, required=True, help="folder of the base's weights")
    parser.add_argument("--work", type=Path, required=True, help="where each stage is kept")
    parser.add_argument("--passes", type=float, default=9.0)
    parser.add_argument("--articles", type=int, help="learn from so many only, for a curve")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(1)
    given.work.mkdir(parents=True, exist_ok=True)
    small = given.stage == "small"
    encoder, heads, vocabulary = open_base(given.base, SMALL if small else TEACHER)
    gold = given.shared / "gold"
    rows = list(read_rows([gold / "events/train.jsonl"]))[: given.articles]
    rows += [_with_text(row, gold / "polnear/train/text") for row in read_rows(OWN)]
    articles = [make_marked(row, vocabulary) for row in rows]
    if small:
        quoted = list(read_marked(gold / "polnear/train"))[: given.articles]
        articles += [_attributed(one, vocabulary) for one in quoted]
    print(f"{len(articles)} articles, {sum(len(a.examples) for a in articles)} windows", flush=True)
    plan = Plan(passes=given.passes, rate=RATES[given.stage])
    train(encoder, heads, articles, plan, _Progress(), given.work / f"{given.stage}.pt")
    dev = [make_marked(row, vocabulary) for row in read_rows([gold / "events/dev.jsonl"])]
    _write_events(encoder, heads, dev, given.work / given.stage)
    if small:
        _tell_attributions(encoder, heads, list(read_marked(gold / "polnear/dev")), vocabulary)


def _with_text(row: dict[str, Any], texts: Path) -> dict[str, Any]:
    if "text" in row:
        return row
    return row | {"text": (texts / f"{row['id']}.txt").read_text(encoding="utf-8")}


def _attributed(one: Attributed, vocabulary: Vocabulary) -> Marked:
    return make_marked({"id": one.stem, "text": one.text}, vocabulary, one.attributions)


def _write_events(encoder: Encoder, heads: Heads, dev: Sequence[Marked], name: Path) -> None:
    """Write the events of `dev` at several thresholds, as `score_events.py` reads them."""
    found = [find_mentions(encoder, heads, article, 0.3) for article in dev]
    for least in (0.4, 0.5, 0.6, 0.7):
        with Path(f"{name}.dev.{least}.jsonl").open("w", encoding="utf-8") as out:
            for article, (mentions, joined) in zip(dev, found, strict=True):
                events = events_of(article, mentions, joined, least)
                print(json.dumps({"id": article.row["id"], "events": events}), file=out)


def _tell_attributions(
    encoder: Encoder, heads: Heads, dev: Sequence[Attributed], vocabulary: Vocabulary
) -> None:
    found = {
        one.stem: without_doubles(
            find_attributions(encoder, heads, _attributed(one, vocabulary), 0.1)
        )
        for one in dev
    }
    threshold, rates = best_threshold(dev, found)
    print(f"attributions of the development part, best at {threshold:.2f}: {rates}", flush=True)


class _Progress:
    """Prints where the training is."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def __call__(self, step: int, total: int, loss: float) -> None:
        spent = time.monotonic() - self.began
        print(f"step {step} of {total}, loss {loss:.3f}, {spent:.0f} s", flush=True)


if __name__ == "__main__":
    main()
