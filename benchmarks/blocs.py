"""Ties and moves on real event streams: moves where nothing changed, known triangles, and speed.

usage: python -m benchmarks.blocs STREAMS

STREAMS is a folder with event tables (*.tsv).  Where nothing changed: the days of every two months
are dealt out in turn to two periods, so that both hold the same weeks; each move between the two is
false.  Talk: the net of all pairs together with it and without.  Speed: a million acts of 5,000
pairs of unequal size over two years, by chance, and the moves that are seen in them.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from tocsin.lexicons.plover import types, value_of
from tocsin.reference.offices import load_reference
from tocsin.settings import load_settings
from tocsin.watch.blocs import find_blocs
from tocsin.watch.event_tables import read_event_table
from tocsin.watch.events import relations_of
from tocsin.watch.relations import Relations

_TALK = [types().index(each) for each in ("AGREE", "CONSULT", "REQUEST")]
#: First days (ordinals) from which the days of sixty are dealt out, and their months.
_OFFSETS, _MONTH = (0, 17, 30), 30
_TRIANGLE = ("RUS", "UKR", "USA")


def deal(relations: Relations, offset: int) -> Relations:
    """Return the acts with the days of each two months dealt out to two months of 28 days."""
    two, day = np.divmod(relations.days - relations.span[0] + offset, 2 * _MONTH)
    month = 2 * two + day % 2
    first = np.datetime64("2000-01-01", "M") + month
    days = first.astype("datetime64[D]").astype(np.int64) + 719163 + np.minimum(day // 2, 27)
    order = np.argsort(days, kind="stable")
    columns = ("actors", "recipients", "types", "quads", "scores", "stands")
    moved = {each: getattr(relations, each)[order] for each in columns}
    span = range(730120, int(days.max()) + 1)
    return replace(relations, days=days[order], span=span, **moved)


def false_moves(relations: Relations) -> tuple[int, int]:
    """Return how many ties were compared within two months that are alike, and how many moved."""
    compared = moves = 0
    for offset in _OFFSETS:
        blocs = find_blocs(deal(relations, offset))
        known = {(tie.parties, tie.period) for tie in blocs.ties}
        second = {
            period: first for first, period in zip(blocs.periods, blocs.periods[1:], strict=False)
        }
        compared += sum(
            tie.period.month % 2 == 0 and (tie.parties, second[tie.period]) in known
            for tie in blocs.ties
        )
        moves += sum(move.period.month % 2 == 0 for move in blocs.moves)
    return compared, moves


def net_of(relations: Relations, some: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    """Return the net of all acts between two parties, of `some` of them."""
    scores = relations.scores[some & (relations.actors != relations.recipients)]
    return float(scores.sum() / np.abs(scores).sum())


def at_random(acts: int = 1_000_000, pairs: int = 5_000, days: int = 730) -> Relations:
    """Return acts of pairs of unequal size that never change."""
    random = np.random.default_rng(3)
    parties = tuple(f"P{number:03}" for number in range(101))
    one, other = (each[:pairs] for each in np.triu_indices(len(parties), 1))
    sizes = random.pareto(1, pairs) + 1
    pair = random.choice(pairs, acts, p=sizes / sizes.sum())
    kinds = random.integers(0, len(types()), acts)
    values = [value_of(each, None) for each in types()]
    span = range(730000, 730000 + days)
    return Relations(
        parties=parties,
        span=span,
        exposure=np.ones(days),
        days=np.sort(random.integers(span.start, span.stop, acts)),
        actors=one[pair],
        recipients=other[pair],
        types=kinds,
        quads=np.array([each.quad for each in values], dtype=np.int64)[kinds],
        scores=np.array([each.score for each in values])[kinds],
        stands=np.ones(acts, dtype=np.bool_),
        event=lambda row: {"row": row},
    )


def main(folder: Path) -> None:
    """Print what the tables of `folder` and acts by chance say."""
    settings = load_settings()
    people = load_reference(settings)
    for path in sorted(folder.glob("icews*.tsv")):
        relations = relations_of(read_event_table(str(path), settings), people)
        compared, moves = false_moves(relations)
        every = np.ones(len(relations.types), dtype=np.bool_)
        talk = np.isin(relations.types, _TALK)
        with_talk, without = (net_of(relations, some) for some in (every, ~talk))
        print(f"{path.name}: {moves} of {compared} moved where nothing changed")
        print(f"  net of all pairs: {with_talk:+.2f}; without talk: {without:+.2f}")
        for each in find_blocs(relations).triangles:
            if each.parties == _TRIANGLE:
                print(f"  {'-'.join(_TRIANGLE)} {each.period}: {each.before} to {each.after}")
    relations, start = at_random(), time.process_time()
    blocs = find_blocs(relations)
    seconds = time.process_time() - start
    print(
        f"a million acts by chance: {seconds:.1f} s, {len(blocs.moves)} of {blocs.compared} moved"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
