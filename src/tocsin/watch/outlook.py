"""Outlook: how likely acts of each kind, and an alarm, are in the days ahead.

The odds of at least one are the long-run odds of the pair, times powers of what the last days had:
sums of acts that fade with half-lives of days to months, as in a Hawkes process, of the kind
itself, of all acts, and of the other direction.  The powers are the same for all pairs, and held to
those with which the long run stays as it is.  They are learned from the last year of all pairs, by
asking what was to be said every seven days up to today: on today's weekday, so that the days ahead
had the same weekdays.

Whether that says more than the long run, and than what the last days had, is tried on each half of
this year with what is learned from the other.  Where it does not, the long run is the outlook.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from tocsin.watch.alarms import Ring
from tocsin.watch.detector import Bools, Floats, Ints
from tocsin.watch.relations import Relations

Pair = tuple[str, str]

#: Days ahead.
HORIZONS = (7, 30)
#: PLOVER's quad classes; the last is an alarm.
KINDS = (1, 2, 3, 4, None)
_CONFLICT = slice(2, 4)

#: Acts that a pair has, and days that are known, before it is learned from.
FEWEST_ACTS, FEWEST_DAYS = 5, 60
#: Days from one time of asking to the next; how many times are learned from, and at least.
STEP, _MOST, _FEWEST = 7, 52, 16
#: Half-lives in days of sums of the kind itself (of conflict for alarms), of all acts, and of the
#: kind in the other direction.
_OWN, _ALL, _OTHER = (3, 10, 30, 90), (10, 90), (10,)
#: Acts that are added to each sum: none has no logarithm.
_NONE = 0.5
#: How much the powers are held to those of the long run alone, in times of asking.
_HELD = 20.0
#: Share of the days of a stretch that must be covered to tell that it had nothing.
_COVERED = 0.8
#: Standard errors that the outlook of a pair may do worse by in the trial.
_CHANCE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """How likely at least one act of a kind, or an alarm, is in the days ahead."""

    quad: int | None  #: PLOVER's quad class; None: an alarm
    days: int  #: ahead
    probability: float  #: the long run's where nothing better can be said
    long_run: float  #: share of the pair's stretches of so many days that had one
    lately: bool  #: whether the last so many days had one
    better: bool  #: for all pairs in the trial, and not clearly worse for this one
    skill: float  #: share of the long run's Brier score that was saved in the trial
    tried: int  #: stretches of all pairs in the trial; 0 where there is too little past


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What may come of one party's acts against another, or inside a country."""

    actor: str
    recipient: str
    since: date  #: the first of the days ahead
    acts: int  #: that are known of the pair
    chances: tuple[Chance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was known on some days (T) of all pairs (P) and one kind, and what came after."""

    signs: Floats  #: (T, P, S) that the odds are made of, on logarithms
    long_run: Floats  #: (T, P)
    lately: Bools  #: (T, P) whether the stretch before had one
    happened: Bools  #: (T, P) whether the stretch ahead has; nothing where it has not ended
    counted: Bools  #: (T, P) whether the pair was known, and the stretch ahead is covered


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What is made of the past for one kind and horizon."""

    powers: Floats  #: (S,) of the signs
    better: Bools  #: (P,) whether it says more than the long run
    skill: float
    tried: int


def look_ahead(relations: Relations, rings: Iterable[Ring], pairs: Sequence[Pair]) -> list[Outlook]:
    """Return the outlook of each of `pairs` (actor and recipient) after the last day.

    Nothing is said of as many days ahead as have not been covered twice.

    Args:
        relations: of all pairs, for it is learned from all.
        rings: those in `relations`, of all pairs too.
        pairs: parties as in `relations`.
    """
    past = Past(relations, rings, pairs)
    columns = [past.column(*pair) for pair in pairs]
    known = np.count_nonzero(relations.exposure)
    kinds = [
        _chances(past, kind, days, columns)
        for days in HORIZONS
        if known >= 2 * days
        for kind in range(len(KINDS))
    ]
    return [
        Outlook(
            actor=actor,
            recipient=recipient,
            since=date.fromordinal(relations.span[-1]) + timedelta(days=1),
            acts=int(past.acts[-1, column]),
            chances=tuple(each[number] for each in kinds),
        )
        for number, ((actor, recipient), column) in enumerate(zip(pairs, columns, strict=True))
    ]


def _chances(past: Past, kind: int, days: int, columns: Sequence[int]) -> list[Chance]:
    today = len(past.acts) - 1
    learned = learn_from(past, kind, days, today)
    now = past.ask(kind, days, np.array([today]))
    better = learned.better & (past.acts[today] >= FEWEST_ACTS)
    probability = np.where(better, foresee(learned.powers, now.signs[0]), now.long_run[0])
    return [
        Chance(
            quad=KINDS[kind],
            days=days,
            probability=round(float(probability[column]), 4),
            long_run=round(float(now.long_run[0, column]), 4),
            lately=bool(now.lately[0, column]),
            better=bool(better[column]),
            skill=round(learned.skill, 3),
            tried=learned.tried,
        )
        for column in columns
    ]


class Past:
    """What each pair did on each day, kind by kind, as it can be asked for any day."""

    def __init__(
        self, relations: Relations, rings: Iterable[Ring], asked: Sequence[Pair] = ()
    ) -> None:
        """Count what is known of each pair with enough acts, and of those `asked` for."""
        number = {party: n for n, party in enumerate(relations.parties)}
        size, first = len(number), relations.span[0]
        code = relations.pairs
        every, times = np.unique(code, return_counts=True)
        wanted = [number[a] * size + number[b] for a, b in asked if {a, b} <= number.keys()]
        codes = np.union1d(every[times >= FEWEST_ACTS], np.array(wanted, dtype=np.int64))
        names = map(relations.parties_of, codes.tolist())
        self._columns = {pair: column for column, pair in enumerate(names)}
        #: (K, D, P); the last pair is any of which nothing is known.
        self.counts = np.zeros((len(KINDS), len(relations.span), len(codes) + 1), dtype=np.float32)
        kept = np.isin(code, codes)
        days, column = relations.days[kept] - first, np.searchsorted(codes, code[kept])
        np.add.at(self.counts, (relations.quads[kept] - 1, days, column), 1)
        for actor, recipient, rang in rings:
            if (actor, recipient) in self._columns:
                self.counts[-1, rang.toordinal() - first, self._columns[actor, recipient]] = 1
        #: (D + 1, P) acts before each day.
        self.acts = _before(self.counts[:-1].sum(axis=0))
        self._other = np.array([self.column(b, a) for a, b in self._columns] + [len(codes)])
        self._exposure, self._covered = relations.exposure, relations.exposure > 0

    def column(self, actor: str, recipient: str) -> int:
        """Return the column of a pair; that of nothing known where it has none."""
        return self._columns.get((actor, recipient), len(self._columns))

    def ask(self, kind: int, days: int, starts: Ints) -> Asked:
        """Return what was known before each of `starts`, and what so many `days` from it had.

        The long run counts all stretches that ended before, and as many as it has days, once more,
        that are like those of all pairs.
        """
        counts, covered = _before(self.counts[kind]), _before(self._covered)
        had = counts[days:] - counts[:-days] > 0
        full = covered[days:] - covered[:-days] >= _COVERED * days
        hits, ended = _before(had & full[:, None]), _before(full)
        known, before = self.acts[starts] >= FEWEST_ACTS, np.maximum(starts - days + 1, 0)
        usual = (hits[before] * known).sum(1) / np.maximum(ended[before] * known.sum(1), 1)
        shown, all_shown = hits[before] + days * usual[:, None], ended[before] + days
        long_run = shown / all_shown[:, None]
        ahead = np.minimum(starts, len(had) - 1)
        return Asked(
            signs=self._signs(kind, starts, long_run),
            long_run=long_run,
            lately=had[np.maximum(starts - days, 0)],
            happened=had[ahead],
            counted=known & (full[ahead] & (starts == ahead))[:, None],
        )

    def _signs(self, kind: int, starts: Ints, long_run: Floats) -> Floats:
        own = self.counts[kind] if KINDS[kind] else self.counts[_CONFLICT].sum(axis=0)
        sums = (
            *self._fading(own, _OWN, starts),
            *self._fading(self.counts[:-1].sum(axis=0), _ALL, starts),
            *self._fading(own[:, self._other], _OTHER, starts),
        )
        logs = [np.log(each + _NONE) for each in sums]
        return np.stack((np.ones_like(long_run), _log_odds(long_run), *logs), axis=-1)

    def _fading(self, counts: npt.NDArray[Any], half_lives: Sequence[int], starts: Ints) -> Floats:
        """Return sums before each start that fade so fast, as they would be on usual days."""
        kept = 0.5 ** (1 / np.array(half_lives))[:, None]
        sums, full, exposed = np.zeros((len(kept), counts.shape[1])), kept * 0, kept * 0
        found = np.zeros((len(kept), len(starts), counts.shape[1]))
        at = {start: number for number, start in enumerate(starts.tolist())}
        for day, today in enumerate(counts):
            sums, full = sums * kept + today, full * kept + 1
            exposed = exposed * kept + self._exposure[day]
            if day + 1 in at:
                lately = self._exposure[max(day + 1 - _MOST * STEP, 0) : day + 1]
                usual = lately.sum() / max(np.count_nonzero(lately), 1)
                found[:, at[day + 1]] = sums * usual * full / np.maximum(exposed, 1e-9)
        return found


def learn_from(past: Past, kind: int, days: int, today: int) -> Learned:
    """Learn from the stretches that ended before `today`, a number of days; and try it on them."""
    first = max(FEWEST_DAYS, today - days - STEP * (_MOST - 1))
    starts = np.arange(today - days, first - 1, -STEP)[::-1]
    pairs = past.counts.shape[2]
    if len(starts) < _FEWEST:
        return Learned(powers=_start(), better=np.zeros(pairs, np.bool_), skill=0.0, tried=0)
    asked = past.ask(kind, days, starts)
    middle = len(starts) // 2
    chance = np.zeros_like(asked.long_run)
    for half, rest in (
        (starts < starts[middle], starts >= starts[middle - 1] + days),
        (starts >= starts[middle], starts <= starts[middle] - days),
    ):
        chance[half] = foresee(_learn(asked, rest), asked.signs[half])
    better, skill = _compare(asked, chance, days / STEP)
    every = np.ones_like(starts, dtype=np.bool_)
    return Learned(
        powers=_learn(asked, every), better=better, skill=skill, tried=int(asked.counted.sum())
    )


def _compare(asked: Asked, chance: Floats, overlap: float) -> tuple[Bools, float]:
    """Tell of which pairs the outlook says more, and how much it saves of the long run's error.

    It does where it errs less than both for all pairs, and for this one not more than it may if it
    is right.  Stretches that `overlap` count for fewer.
    """
    counted, happened = asked.counted, asked.happened.astype(np.float64)
    error = (chance - happened) ** 2
    better = np.ones(counted.shape[1], dtype=np.bool_)
    for other in (asked.long_run, asked.lately):
        worse = np.where(counted, error - (other - happened) ** 2, 0)
        spread = np.where(counted, 4 * (chance - other) ** 2 * chance * (1 - chance), 0)
        allowed = _CHANCE * np.sqrt(overlap * spread.sum(axis=0))
        better &= (worse.sum() < 0) & (worse.sum(axis=0) <= allowed)
    long_run = ((asked.long_run - happened) ** 2)[counted].sum()
    return better, float(1 - error[counted].sum() / long_run) if long_run else 0.0


def _learn(asked: Asked, times: Bools) -> Floats:
    """Return the powers that make likeliest what came at `times`, held to the long run alone."""
    counted = asked.counted & times[:, None]
    signs, happened = asked.signs[counted], asked.happened[counted]
    powers = long_run = _start()
    held = np.full(len(powers), _HELD)
    held[0] = 0.0
    for _ in range(50):
        chance = foresee(powers, signs)
        slope = signs.T @ (chance - happened) + held * (powers - long_run)
        bend = (signs * (chance * (1 - chance))[:, None]).T @ signs + np.diag(held)
        step = np.linalg.solve(bend + 1e-6 * np.eye(len(held)), slope)
        powers = powers - step / max(1.0, np.abs(step).max())
        if np.abs(step).max() < 1e-4:
            break
    return powers


def _start() -> Floats:
    """Return the powers with which the long run stays as it is."""
    powers = np.zeros(2 + len((*_OWN, *_ALL, *_OTHER)))
    powers[1] = 1
    return powers


def foresee(powers: Floats, signs: Floats) -> Floats:
    """Return how likely at least one is, by its signs."""
    return np.asarray(1 / (1 + np.exp(-signs @ powers)))


def _before(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the sum over all days before each, and before the day after the last."""
    sums = np.cumsum(values, axis=0, dtype=np.float32)
    return np.concatenate((np.zeros_like(sums[:1]), sums))


def _log_odds(share: Floats) -> Floats:
    bounded = np.clip(share, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(bounded / (1 - bounded)))
