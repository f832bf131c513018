"""Founders of an event so far, compared with one more telling all at once.

On a crisis day hundreds of tellings found one event, and thousands look whether it is theirs.  So
the founders are not asked one by one: each is a bit, and those who have a place, a number of dead
or a stem of their clause in common are a whole number with their bits.  The answer is the same as
that of `score_tellings` for each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from tocsin.together.events.same_event import (
    DISPUTED,
    FEW,
    SAME_WORDS,
    Number,
    Party,
    Spot,
    Traits,
    agree_in_place,
    are_other_modes,
    are_other_victims,
    are_others,
    exclude_each_other,
    is_elsewhere,
    kinship,
    may_be_one,
    score_tellings,
    weigh_number,
    weigh_words,
)

_Value = TypeVar("_Value")

#: Founders, each as one bit; and which of them have a value.
Bits = int
_Having = dict[_Value, Bits]

#: Places in binary of the highest score, which is 12.
_PLACES = 4


@dataclass(slots=True)
class Founders:
    """The traits of those who founded one event, each once."""

    bits: _Having[Traits] = field(default_factory=dict)
    _sides: _Having[bool] = field(default_factory=dict)  #: whether they deny it
    _clauses: _Having[tuple[str, bool] | None] = field(default_factory=dict)
    _happened: _Having[bool] = field(default_factory=dict)
    _actors: _Having[tuple[Party, ...]] = field(default_factory=dict)
    _recipients: _Having[tuple[Party, ...]] = field(default_factory=dict)
    _parties: _Having[Party] = field(default_factory=dict)  #: among the recipients
    _victims: _Having[frozenset[str]] = field(default_factory=dict)
    _places: _Having[Spot | None] = field(default_factory=dict)
    _modes: _Having[str | None] = field(default_factory=dict)
    _numbers: _Having[Number] = field(default_factory=dict)
    _words: _Having[str] = field(default_factory=dict)
    _sizes: _Having[int] = field(default_factory=dict)  #: how many words
    _particulars: _Having[str] = field(default_factory=dict)
    _few: Bits = 0  #: those with few particulars
    _ends: dict[str, Number] = field(default_factory=dict)  #: highest low, lowest high of a kind

    def add(self, traits: Traits) -> None:
        """Add the traits of one more founder."""
        if traits in self.bits:
            return
        bit = 1 << len(self.bits)
        for having, values in self._values(traits):
            for value in values:
                having[value] = having.get(value, 0) | bit
        if len(traits.particulars) <= FEW:
            self._few |= bit
        for number in traits.counts:
            self._ends[number.kind] = _widen(self._ends.get(number.kind, number), number)

    def _values(self, one: Traits) -> tuple[tuple[_Having, Iterable], ...]:  # type: ignore[type-arg]
        """Return what `one` has of each kind of value, and who has these so far."""
        return (
            (self.bits, (one,)),
            (self._sides, (one.denied,)),
            (self._clauses, (one.same_words,)),
            (self._happened, (one.happened,)),
            (self._actors, (one.actors,)),
            (self._recipients, (one.recipients,)),
            (self._parties, one.recipients),
            (self._victims, (one.victims,)),
            (self._places, (one.place,)),
            (self._modes, (one.mode,)),
            (self._numbers, one.counts),
            (self._words, one.words),
            (self._sizes, (len(one.words),)),
            (self._particulars, one.particulars),
        )

    def fit(self, one: Traits, *, same_day: bool) -> int:
        """Return how well a telling of another text fits: its highest score with any of them.

        It is 0 where one of them excludes it.
        """
        alike = self._clauses.get(one.same_words, 0) if one.same_words else 0
        among = self._sides.get(one.denied, 0) & ~alike
        scores: list[int | None] = [SAME_WORDS if alike else 0]
        if among:
            if not alike and self._surely_differs(one):
                return 0
            scores.append(self._score(one, among, same_day))
        for other in self._other_side(one):
            scores.append(score_tellings(one, other, same_day=same_day))
        return 0 if None in scores else max(filter(None, scores), default=0)

    def _other_side(self, one: Traits) -> Iterator[Traits]:
        """Yield those who deny what the one reports, or report what it denies."""
        if self._sides.get(not one.denied):
            yield from (each for each in self.bits if each.denied != one.denied)

    def _surely_differs(self, one: Traits) -> bool:
        """Say whether a number excludes the telling even from what is plainly the same event."""
        ends = ((number, self._ends.get(number.kind)) for number in one.counts)
        return any(end and exclude_each_other(n, end, factor=DISPUTED) for n, end in ends)

    def _score(self, one: Traits, among: Bits, same_day: bool) -> int | None:
        """Return the highest score with those `among` them who are on its side."""
        if self._is_excluded(one, among, same_day):
            return None
        kin = self._kin(one)
        shared = _where(self._victims, lambda their: not one.victims.isdisjoint(their))
        targets = kin[3] | shared
        towns = _where(self._places, lambda place: agree_in_place(one.place, place) == 2)
        if one.counts and self._numbers_exclude(one, among, targets | towns if same_day else 0):
            return None
        numbers = {n: self._same_numbers(one, n) for n in (1, 2)}
        named = targets | towns | numbers[1] | numbers[2]
        particular = among & (named | self._share_particulars(one))
        if not particular:
            return 0
        points = [
            (3, targets),
            (2, kin[2] & ~targets),
            (2, towns),
            (1, _where(self._places, lambda place: agree_in_place(one.place, place) == 1)),
            (2, numbers[2]),
            (1, numbers[1] & ~numbers[2]),
            (1, self._modes.get(one.mode, 0) if one.mode else 0),
            *self._words_agree(one),
        ]
        return _highest(points, particular) + (2 if same_day else 0)

    def _is_excluded(self, one: Traits, among: Bits, same_day: bool) -> bool:
        """Say whether anything but numbers excludes it."""
        return bool(
            among & _where(self._places, lambda place: is_elsewhere(one.place, place))
            or among & _where(self._actors, lambda their: are_others(one.actors, their))
            or (one.recipients and among & self._with_others(one))
            or among & _where(self._victims, lambda their: are_other_victims(one.victims, their))
            or among & _where(self._modes, lambda mode: are_other_modes(one.mode, mode))
            or (not same_day and among & self._happened.get(not one.happened, 0))
        )

    def _with_others(self, one: Traits) -> Bits:
        """Return those of whose recipients, a town's targets and their victims, none may be its."""
        none, parties = self._recipients.get((), 0), self._parties
        same = _where(parties, lambda party: any(may_be_one(e, party) for e in one.recipients))
        return ~(none | same)

    def _kin(self, one: Traits) -> list[Bits]:
        """Return, by what it counts, those to whose party it may have been done."""
        found = [0] * 4
        for party, bits in self._parties.items():
            for each in one.recipients:
                found[kinship(each, party)] |= bits
        return found

    def _numbers_exclude(self, one: Traits, among: Bits, plain: Bits) -> bool:
        """Say whether a number excludes it, more than is disputed of what is `plain` one event."""
        ends = ((number, self._ends.get(number.kind)) for number in one.counts)
        if not any(end and exclude_each_other(number, end) for number, end in ends):
            return False
        rest = among & ~plain
        return bool(
            (rest and rest & self._differing(one, 1))
            or among & plain & self._differing(one, DISPUTED)
        )

    def _differing(self, one: Traits, factor: int) -> Bits:
        return _where(
            self._numbers,
            lambda number: any(
                each.kind == number.kind and exclude_each_other(each, number, factor=factor)
                for each in one.counts
            ),
        )

    def _same_numbers(self, one: Traits, points: int) -> Bits:
        same = (n for n in one.counts if n in self._numbers and weigh_number(n) == points)
        return _union(self._numbers[number] for number in same)

    def _share_particulars(self, one: Traits) -> Bits:
        """Return those who share words that few other acts of the day would have."""
        once, twice = _at_least(self._particulars, one.particulars, 2)
        return twice | (once if len(one.particulars) <= FEW else once & self._few)

    def _words_agree(self, one: Traits) -> Iterator[tuple[int, Bits]]:
        """Yield what the words count with whom; what counts 2 also counts once, and once more."""
        shared = _at_least(self._words, one.words, len(one.words))
        for size, having in self._sizes.items():
            for needed in _needed(min(size, len(one.words))):
                yield 1, having & shared[needed - 1]


# --------------------------------------------------------------------------- bits


def _widen(ends: Number, number: Number) -> Number:
    lows = [n for n in (ends.low, number.low) if n is not None]
    highs = [n for n in (ends.high, number.high) if n is not None]
    return Number(number.kind, max(lows, default=None), min(highs, default=None))


def _where(having: Mapping[_Value, Bits], test: Callable[[_Value], object]) -> Bits:
    """Return those of whose values one passes the test."""
    return _union(bits for value, bits in having.items() if test(value))


def _union(all_bits: Iterable[Bits]) -> Bits:
    found = 0
    for bits in all_bits:
        found |= bits
    return found


def _at_least(having: Mapping[str, Bits], values: Iterable[str], most: int) -> list[Bits]:
    """Return who has at least one of the values, at least two, and so on up to `most`."""
    found = [0] * most
    for bits in filter(None, map(having.get, values)):
        for number in range(most - 1, 0, -1):
            found[number] |= found[number - 1] & bits
        if most:
            found[0] |= bits
    return found


@lru_cache
def _needed(least: int) -> tuple[int, ...]:
    """Return how many shared words count 1 and how many 2, as far as so few words can."""
    weights = [weigh_words(shared, least) for shared in range(least + 1)]
    return tuple(next(n for n, w in enumerate(weights) if w >= p) for p in (1, 2) if p in weights)


def _highest(points: Iterable[tuple[int, Bits]], among: Bits) -> int:
    """Return the most points that one of those `among` them has in all."""
    places = [0] * _PLACES  # the sums in binary: of each place, who has a one there
    for number, bits in points:
        for place in range(2):
            carry = bits & among if number >> place & 1 else 0
            at = place
            while carry:
                places[at], carry, at = places[at] ^ carry, places[at] & carry, at + 1
    highest = 0
    for at in reversed(range(_PLACES)):
        if among & places[at]:
            among &= places[at]
            highest |= 1 << at
    return highest
