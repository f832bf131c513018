"""Then and now: the stretches of the past that are most like the last weeks of a pair.

A stretch is four weeks of what two parties did to each other.  It is described for both directions
by the acts of each quad class in each week against what the pair is used to (on logarithms, so that
a busy pair is not like all busy ones), by the mean score of each week, and by the shares of the
types.  Any pair may be the past, in either order; relations inside a country are only compared with
such.

Among many comparisons something always looks alike.  So the same is asked for stretches of other
pairs that are as far from what is usual for them: how many have a past that is as like them?
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from tocsin.lexicons.plover import types, value_of
from tocsin.watch.alarms import Ring
from tocsin.watch.detector import Bools, Floats, Ints
from tocsin.watch.relations import Relations

Singles = npt.NDArray[np.float32]

#: Weeks of a stretch; weeks before it that tell what is usual, and the fewest covered ones of them.
WEEKS, _USUAL, _FEWEST_WEEKS = 4, 52, 8
_WEEK, _QUADS = 7, 4
DAYS = WEEKS * _WEEK
#: Days after a stretch that are told.
AFTER = 30
#: A stretch with fewer acts is like nothing.
FEWEST_ACTS = 5
#: Stretches that are told, pairs that are asked the same, and stretches compared at one time.
FOUND, _DRAWN, _AT_ONCE = 5, 200, 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """A stretch of the past and what came of it, with the sides as they stand now."""

    actor: str
    recipient: str
    first: date
    last: date
    likeness: float  #: 1: alike in everything; 0: in nothing
    followed: tuple[int, ...]  #: acts of quad classes 1 to 4 in the thirty days after
    answered: tuple[int, ...]  #: the same of the recipient; none inside a country
    usual: tuple[float, ...]  #: as many as thirty days of the year before had, of both
    rang: date | None  #: when the first alarm of either rang in these thirty days


@dataclass(frozen=True, slots=True, kw_only=True)
class ThenAndNow:
    """The last four weeks of a pair beside the stretches of the past that are most like them."""

    actor: str
    recipient: str
    first: date
    last: date
    acts: int  #: of both; with fewer than `FEWEST_ACTS` nothing is compared
    found: tuple[Then, ...]  #: the most like first; none overlaps another of the same pair
    comparisons: int
    drawn: int  #: stretches of other pairs, as far from what is usual for them
    as_like: int  #: of these, those whose own past is as like them


def compare_with_past(
    relations: Relations, rings: Collection[Ring], actor: str, recipient: str
) -> ThenAndNow:
    """Return what of the past is most like the last four weeks of a pair.

    Args:
        relations: of all pairs.
        rings: the alarms in them.
        actor: whose acts come first.
        recipient: the other; the same party for relations inside a country.
    """
    told, days = describe_stretches(relations, inside=actor == recipient), len(relations.span)
    now = told.row(actor, recipient, days)
    then = np.flatnonzero(told.end + AFTER <= days)
    like, best, drawn = then[:0], told.size[:0], then[:0]
    if now is not None and len(then):
        likeness = told.likeness(np.array([now]), then)[0]
        like, best = most_alike(told, then, likeness)
        drawn = _draw(told, then, now)
    as_like = np.count_nonzero(told.best(drawn, then) >= best[0]) if len(best) else 0
    return ThenAndNow(
        actor=actor,
        recipient=recipient,
        first=date.fromordinal(relations.span[-1] - DAYS + 1),
        last=date.fromordinal(relations.span[-1]),
        acts=sum(map(sum, _between(relations, actor, recipient, days - DAYS, days))),
        found=tuple(
            _tell(relations, rings, told, row, round(float(likeness), 3))
            for row, likeness in zip(like.tolist(), best, strict=True)
        ),
        comparisons=len(then) if now is not None else 0,
        drawn=len(drawn),
        as_like=int(as_like),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches:
    """Stretches (N) of all pairs, every week up to the last day, as they are compared."""

    pairs: Sequence[tuple[str, str]]
    pair: Ints  #: (N,) number in `pairs`
    couple: Ints  #: (N,) the pair in either order
    end: Ints  #: (N,) the day after the last, as a number of the span
    signs: Singles  #: (N, S)
    size: Singles  #: (N,) their length, squared

    def row(self, actor: str, recipient: str, end: int) -> int | None:
        """Return the stretch of a pair that ends before the day `end`."""
        of_day = np.flatnonzero(self.end == end).tolist()
        return next((n for n in of_day if self.pairs[self.pair[n]] == (actor, recipient)), None)

    def likeness(self, ones: Ints, others: Ints) -> Singles:
        """Return how like each of `ones` is to each of `others`, in direction and in size."""
        product = self.signs[ones] @ self.signs[others].T
        sizes = self.size[ones][:, None] + self.size[others]
        return np.asarray(2 * product / np.maximum(sizes, 1e-6), dtype=np.float32)

    def overlap(self, ones: Ints, others: Ints) -> Bools:
        """Tell which of `others` share days with each of `ones`, and the pair."""
        same = self.couple[ones][:, None] == self.couple[others]
        return np.asarray(same & (np.abs(self.end[ones][:, None] - self.end[others]) < DAYS))

    def best(self, ones: Ints, others: Ints) -> Singles:
        """Return of each of `ones` the likeness to the one of `others` that is most like it."""
        found = np.full(len(ones), -1, dtype=np.float32)
        for at in range(0, len(others), _AT_ONCE):
            some = others[at : at + _AT_ONCE]
            likeness = np.where(self.overlap(ones, some), -1, self.likeness(ones, some))
            found = np.maximum(found, likeness.max(axis=1))
        return found


def describe_stretches(relations: Relations, *, inside: bool) -> Stretches:
    """Describe all stretches with enough acts and enough past, between parties or inside one."""
    size, span = len(relations.parties), relations.span
    weeks = len(span) // _WEEK
    week = weeks - 1 - (span[-1] - relations.days) // _WEEK
    kept = (week >= 0) & ((relations.actors == relations.recipients) == inside)
    code = relations.pairs[kept]
    codes = np.union1d(code, code % size * size + code // size)
    other = np.searchsorted(codes, codes % size * size + codes // size)
    place = np.searchsorted(codes, code) * weeks + week[kept]
    shape = (len(codes), weeks, len(types()))
    acts = np.bincount(place * shape[-1] + relations.types[kept], minlength=np.prod(shape))
    scores = np.bincount(place, relations.scores[kept], np.prod(shape[:-1])).astype(np.float64)
    exposure = relations.exposure[len(span) - weeks * _WEEK :].reshape(weeks, _WEEK).sum(axis=1)
    ends = np.arange(_FEWEST_WEEKS + WEEKS, weeks + 1)
    known = np.concatenate(([0], np.cumsum(exposure > 0)))
    past = known[ends - WEEKS] - known[np.maximum(ends - WEEKS - _USUAL, 0)]
    ends = ends[past >= _FEWEST_WEEKS]
    own, seen = _signs(acts.reshape(shape), scores.reshape(shape[:-1]), exposure, ends)
    pair, at = np.nonzero((seen if inside else seen + seen[other]) >= FEWEST_ACTS)
    signs = np.concatenate((own[pair, at], own[other[pair], at]), axis=1)
    return Stretches(
        pairs=[*map(relations.parties_of, codes.tolist())],
        pair=pair,
        couple=np.minimum(pair, other[pair]),
        end=len(span) - (weeks - ends[at]) * _WEEK,
        signs=signs,
        size=(signs**2).sum(axis=1),
    )


def _signs(acts: Ints, scores: Floats, exposure: Floats, ends: Ints) -> tuple[Singles, Singles]:
    """Return the signs of one direction in the stretches before `ends`, and its acts in them.

    Args:
        acts: by pair, week and type.
        scores: their sum by pair and week.
        exposure: by week.
        ends: weeks.
    """
    classes = np.array([value_of(each, None).quad for each in types()]) - 1
    quads = (acts @ np.eye(_QUADS, dtype=np.int64)[classes]).astype(np.float32)
    first = ends - WEEKS
    before = np.maximum(first - _USUAL, 0)
    exposed = np.concatenate(([0], np.cumsum(exposure)))
    rate = _sums(quads, before, first) / np.maximum(exposed[first] - exposed[before], 1e-9)[:, None]
    parts: list[Singles] = []
    for each in (first + number for number in range(WEEKS)):
        usual = rate * exposure[each][:, None]
        parts.append(np.log1p(quads[:, each]) - np.log1p(usual))
        parts.append((scores[:, each] / (10 + 10 * quads[:, each].sum(axis=-1)))[..., None])
    shares = _sums(acts.astype(np.float32), first, ends)
    seen = shares.sum(axis=-1)
    parts.append(np.sqrt(shares / np.maximum(seen, 1)[..., None]))
    return np.concatenate(parts, axis=-1, dtype=np.float32), seen


def _sums(weekly: Singles, first: Ints, ends: Ints) -> Singles:
    """Return the sums of the weeks from each of `first` to before each of `ends`."""
    sums = np.pad(np.cumsum(weekly, axis=1), ((0, 0), (1, 0), (0, 0)))
    return np.asarray(sums[:, ends] - sums[:, first])


def most_alike(told: Stretches, then: Ints, likeness: Singles) -> tuple[Ints, Singles]:
    """Return those of `then` that are most like now, and how like; none overlaps another."""
    found: list[int] = []
    left = likeness.copy()
    while len(found) < FOUND and left.max() > 0:
        found.append(int(left.argmax()))
        left[told.overlap(then[found[-1:]], then)[0]] = 0
    return then[found], likeness[found]


def _draw(told: Stretches, then: Ints, now: int) -> Ints:
    """Return stretches as far from what is usual as `now`, each of another pair."""
    nearest = then[np.argsort(np.abs(told.size[then] - told.size[now]), kind="stable")]
    nearest = nearest[told.couple[nearest] != told.couple[now]]
    first = np.unique(told.couple[nearest], return_index=True)[1]
    return np.asarray(nearest[np.sort(first)[:_DRAWN]])


def _tell(
    relations: Relations, rings: Collection[Ring], told: Stretches, row: int, likeness: float
) -> Then:
    actor, recipient = told.pairs[told.pair[row]]
    end = int(told.end[row])
    start, day = end - DAYS, relations.span[0] + end
    usual = _between(relations, actor, recipient, max(start - _USUAL * _WEEK, 0), start)
    covered = np.count_nonzero(relations.exposure[max(start - _USUAL * _WEEK, 0) : start])
    followed, answered = _between(relations, actor, recipient, end, end + AFTER)
    rang = [
        each
        for *pair, each in rings
        if {*pair} == {actor, recipient} and day <= each.toordinal() < day + AFTER
    ]
    return Then(
        actor=actor,
        recipient=recipient,
        first=date.fromordinal(day - DAYS),
        last=date.fromordinal(day - 1),
        likeness=likeness,
        followed=followed,
        answered=answered,
        usual=tuple(
            round(float(sum(both) * AFTER / covered), 1) for both in zip(*usual, strict=True)
        ),
        rang=min(rang, default=None),
    )


def _between(
    relations: Relations, actor: str, recipient: str, first: int, end: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the acts of each quad class of a pair from the day `first` to before `end`.

    Those of the actor first, then those of the recipient; inside a country there are no others.
    """
    start, number = relations.span[0], {party: n for n, party in enumerate(relations.parties)}
    rows = slice(*np.searchsorted(relations.days, (start + first, start + end)).tolist())
    found = []
    for one, other in ((actor, recipient), (recipient, actor)):
        of_pair = relations.actors[rows] == number.get(one, -1)
        of_pair &= relations.recipients[rows] == number.get(other, -1)
        quads = np.bincount(relations.quads[rows][of_pair], minlength=_QUADS + 1)[1:]
        found.append(tuple(quads.tolist()))
    return found[0], (0,) * _QUADS if actor == recipient else found[1]
