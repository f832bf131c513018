"""What a teacher finds in unmarked articles, kept as marks from which a small reader can learn."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from tocsin.models.reader import ACT_ROLES
from training.device import to_array
from training.reader.given import Report
from training.reader.marks import Act, Example, Marked, Parts, parts_of
from training.reader.measure import Read, read
from training.reader.network import Encoder, Heads

#: Where a teacher sees an act with less probability, the small reader learns no parties from it.
LEAST_TAUGHT = 0.35
#: What was read is kept after so many articles.
KEPT_EVERY = 200

#: Of one article: what each piece of each window is, the acts of each window, and which are one.
Taught = tuple[list[Parts], list[tuple[Act, ...]], Parts]


def teach(
    encoder: Encoder, heads: Heads, articles: Iterable[Marked], saved: Path, report: Report
) -> None:
    """Keep in `saved` what the teacher finds in `articles`, by their ids; each is read once.

    Goes on where it was left.
    """
    done = _kept(saved)
    left = {one.row["id"]: one for one in articles if one.row["id"] not in done}
    for number, (key, article) in enumerate(left.items(), 1):
        done[key] = _taught(article, read(encoder, heads, article, LEAST_TAUGHT))
        if number % KEPT_EVERY == 0 or number == len(left):
            part = saved.with_suffix(".part")
            part.write_bytes(pickle.dumps(done))
            part.replace(saved)
            report(number, len(left), 0.0)


def read_taught(articles: Sequence[Marked], saved: Path) -> list[Marked]:
    """Return `articles` with what the teacher left in `saved`.

    Raises:
        SystemExit: the teacher has not read all of them.
    """
    done = _kept(saved)
    lacking = sum(article.row["id"] not in done for article in articles)
    if lacking:
        raise SystemExit(
            f"{saved} lacks what the teacher finds in {lacking} of {len(articles)} articles; let "
            "the stage `marks` come to its end first"
        )
    return [_with(article, done[article.row["id"]]) for article in articles]


def _kept(saved: Path) -> dict[str, Taught]:
    kept: dict[str, Taught] = pickle.loads(saved.read_bytes()) if saved.exists() else {}
    return kept


def _taught(article: Marked, found: Read) -> Taught:
    sizes = [len(example.spans) for example in article.examples]
    labels = [parts_of(to_array(found.labels[n, :size])) for n, size in enumerate(sizes)]
    acts = [tuple(_acts(found, window, size)) for window, size in enumerate(sizes)]
    return labels, acts, parts_of(to_array(found.same))


def _acts(found: Read, window: int, size: int) -> Iterator[Act]:
    for number, (row, place) in enumerate(found.at):
        if row != window:
            continue
        yield Act(
            act=number,
            pieces=np.array([place]),
            type=int(found.types[number].argmax()),
            status=parts_of(to_array(found.statuses[number])),
            roles=parts_of(to_array(found.roles[number, : len(ACT_ROLES), :size])),
            codes=tuple(
                dict(zip(found.codes, map(float, side), strict=True))
                for side in found.countries[number]
            ),
        )


def _with(article: Marked, taught: Taught) -> Marked:
    examples: list[Example] = [
        replace(example, taught=labels, acts=acts)
        for example, labels, acts in zip(article.examples, taught[0], taught[1], strict=True)
    ]
    return replace(article, examples=tuple(examples), same=taught[2])
