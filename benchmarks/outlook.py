"""The outlook on real event streams: Brier scores beside the long run and persistence; calibration.

usage: python -m benchmarks.outlook STREAMS

STREAMS is a folder with event tables (*.tsv, but `onsets.tsv`).  The last four months of each are
foreseen every seven days, for each pair with five acts by then.  All that is learned is learned
once, from what lies before; what is known on a day is what the table has up to it.  Beside the
outlook as it is given stand the long run (share of the pair's past stretches that had one),
persistence (what the last stretch had: yes or no) and the same as a chance (how often what had one,
or had none, was followed by one before the four months).

Then what followed the five stretches that are most like the last weeks of a pair, taken as a
chance, beside the long run: it is no forecast.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from tocsin.reference.offices import load_reference
from tocsin.settings import load_settings
from tocsin.watch.alarms import find_rings
from tocsin.watch.detector import Bools, Floats, Ints
from tocsin.watch.event_tables import read_event_table
from tocsin.watch.events import relations_of
from tocsin.watch.outlook import (
    FEWEST_ACTS,
    HORIZONS,
    KINDS,
    STEP,
    Asked,
    Past,
    foresee,
    learn_from,
)
from tocsin.watch.past import AFTER, describe_stretches, most_alike
from tocsin.watch.relations import Relations

SCORED = 122  #: days
NAMES = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_BINS = (0, 0.01, 0.03, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 1)
_RESAMPLED, _SEED = 200, 20241029


@dataclass(frozen=True, slots=True)
class Scored:
    """What was foreseen of one kind and horizon, and what came; all of one length."""

    kind: str
    days: int
    outlook: Floats
    long_run: Floats
    lately: Bools
    persisted: Floats  #: persistence as a chance
    happened: Bools
    better: Bools  #: where the outlook is not the long run
    pair: Ints

    def brier(self, chance: Floats | Bools) -> float:
        """Return the mean squared distance of `chance` from what came."""
        return float(((chance - self.happened.astype(np.float64)) ** 2).mean())

    @property
    def skill(self) -> float:
        """Share of the long run's Brier score that the outlook saves."""
        return 1 - self.brier(self.outlook) / self.brier(self.long_run)

    def spread(self) -> float:
        """Return the standard error of the skill, by drawing the pairs anew."""
        happened = self.happened.astype(np.float64)
        ours, theirs = (
            np.bincount(self.pair, (chance - happened) ** 2)
            for chance in (self.outlook, self.long_run)
        )
        random, pairs = np.random.default_rng(_SEED), len(ours)
        drawn = random.multinomial(pairs, np.full(pairs, 1 / pairs), _RESAMPLED)
        return float((1 - (drawn @ ours) / (drawn @ theirs)).std())


def read_stream(path: Path) -> Relations:
    """Return the relations of the event table in `path`."""
    return relations_of(read_event_table(str(path), load_settings()), load_reference())


def until(relations: Relations, day: int) -> Relations:
    """Return what was there before the `day`-th day."""
    kept = relations.days < relations.span[0] + day
    columns = ("days", "actors", "recipients", "types", "quads", "scores", "stands")
    return replace(
        relations,
        span=relations.span[:day],
        exposure=relations.exposure[:day],
        **{each: getattr(relations, each)[kept] for each in columns},
    )


def measure(relations: Relations, scored: int = SCORED) -> Iterator[Scored]:
    """Yield what was foreseen of the last days of `relations`, for each kind and horizon."""
    today = len(relations.span) - scored
    first = date.fromordinal(relations.span[today])
    later = (each for each in find_rings(relations) if each[-1] >= first)
    past = Past(relations, [*find_rings(until(relations, today)), *later])
    for days in HORIZONS:
        starts = np.arange(today, len(relations.span) - days + 1, STEP)
        for kind in range(len(KINDS)):
            learned = learn_from(past, kind, days, today)
            asked = past.ask(kind, days, starts)
            before = past.ask(kind, days, np.arange(today - days, days, -STEP)[::-1])
            counted = asked.counted
            better = np.broadcast_to(learned.better, counted.shape)
            chance = np.where(better, foresee(learned.powers, asked.signs), asked.long_run)
            yield Scored(
                kind=NAMES[kind] if KINDS[kind] else "alarm",
                days=days,
                outlook=chance[counted],
                long_run=asked.long_run[counted],
                lately=asked.lately[counted],
                persisted=_followed(before)[asked.lately[counted].astype(np.int64)],
                happened=asked.happened[counted],
                better=better[counted],
                pair=np.nonzero(counted)[1],
            )


def _followed(before: Asked) -> Floats:
    """Return how often a stretch had one after one that had none, and after one that had one."""
    return np.array(
        [before.happened[before.counted & (before.lately == had)].mean() for had in (False, True)]
    )


def report(name: str, scored: Sequence[Scored]) -> Iterator[str]:
    """Yield a line for each target, then how often what was foreseen came."""
    yield f"{name}: Brier scores; skill is the share of the long run's that is saved"
    yield (
        f"  {'':<20} days {'n':>7} {'base':>6}  {'outlook':>8} {'long run':>8} {'persist.':>8} "
        f"{'as chance':>9}  {'skill':>14}  not the long run"
    )
    for each in scored:
        chances = (each.outlook, each.long_run, each.lately, each.persisted)
        briers = " ".join(f"{each.brier(chance):8.5f}" for chance in chances)
        verdict = "" if each.skill > 0 else "  no better than the long run"
        skill = f"{each.skill:7.3f} ± {each.spread():.3f}"
        yield (
            f"  {each.kind:<20} {each.days:>4} {len(each.happened):>7} {each.happened.mean():6.4f}"
            f"  {briers}  {skill}  {each.better.mean():6.2f}{verdict}"
        )
    for days in HORIZONS:
        kinds: Mapping[str, list[Scored]] = {
            "acts": [each for each in scored if each.days == days and each.kind != "alarm"],
            "alarms": [each for each in scored if each.days == days and each.kind == "alarm"],
        }
        for what, some in kinds.items():
            yield f"  {what} in {days} days, foreseen and come"
            yield from calibration(
                np.concatenate([each.outlook for each in some]),
                np.concatenate([each.happened for each in some]),
            )


def calibration(chance: Floats, happened: Bools) -> Iterator[str]:
    """Yield how often what was foreseen with such a chance came."""
    place = np.clip(np.digitize(chance, _BINS) - 1, 0, len(_BINS) - 2)
    for number in np.unique(place):
        inside = place == number
        yield (
            f"    {_BINS[number]:4.0%} to {_BINS[number + 1]:4.0%}: {inside.sum():>7}  "
            f"foreseen {chance[inside].mean():.3f}  came {happened[inside].mean():.3f}"
        )


def report_past(relations: Relations, scored: int = SCORED) -> Iterator[str]:
    """Yield Brier scores of what followed what was most like, for acts of conflict in 30 days."""
    days, past = len(relations.span), Past(relations, ())
    told = describe_stretches(relations, inside=False)
    columns = np.array([past.column(*pair) for pair in told.pairs])[told.pair]
    ends = [end for end in np.unique(told.end).tolist() if days - scored <= end <= days - AFTER]
    for kind in (2, 3):
        happened = past.ask(kind, AFTER, np.arange(days + 1)).happened
        found = []
        for end in ends:
            then, now = np.flatnonzero(told.end + AFTER <= end), np.flatnonzero(told.end == end)
            long_run = past.ask(kind, AFTER, np.array([end])).long_run[0]
            for row, likeness in zip(now, told.likeness(now, then), strict=True):
                like, _ = most_alike(told, then, likeness)
                if past.acts[end, columns[row]] >= FEWEST_ACTS and len(like):
                    share = happened[told.end[like], columns[like]].mean()
                    came = happened[end, columns[row]]
                    found.append((share, long_run[columns[row]], came))
        *chances, came = np.array(found, dtype=np.float64).T
        by_like, by_long_run = (f"{((each - came) ** 2).mean():.4f}" for each in chances)
        yield (
            f"  {NAMES[kind]} in {AFTER} days, {len(came)} stretches: by the five most like "
            f"{by_like}, by the long run {by_long_run}"
        )


def main(arguments: Sequence[str]) -> None:
    for path in sorted(Path(arguments[0]).glob("*.tsv")):
        if path.name != "onsets.tsv":
            relations = read_stream(path)
            print("\n".join(report(path.stem, list(measure(relations)))))
            print("\n".join(report_past(relations)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
