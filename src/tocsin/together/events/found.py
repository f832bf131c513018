"""Events found so far among the tellings of one day, and which of them one more telling fits.

A telling meets only events whose place is not another, and of events that were told in the same
way (dozens of short acts of which nothing is known) it is compared with one for all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from tocsin.records import Telling
from tocsin.together.events.founders import Founders
from tocsin.together.events.same_event import ENOUGH, Spot, Traits, is_elsewhere, score_tellings


@dataclass(slots=True, eq=False)
class Group:
    """Tellings of one event so far: those that founded it, and those that joined."""

    number: int  #: in the order in which they were founded
    block: str
    founders: list[tuple[Telling, Traits]] = field(default_factory=list)
    joined: list[Telling] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Kind:
    """Groups whose founders have the same traits."""

    founders: Founders
    groups: dict[int, Group] = field(default_factory=dict)  #: by number


#: A score, and the groups that have it.
_Answer = tuple[int, list[Group]]


class Found:
    """The groups of one day so far."""

    def __init__(self) -> None:
        """Begin with none."""
        self.groups: list[Group] = []
        self._kinds: dict[int, _Kind] = {}  #: of each group, by its number
        self._single: dict[Traits, _Kind] = {}  #: of groups of one founder's traits
        self._by_place: dict[Spot | None, list[_Kind]] = defaultdict(list)  #: of the first founder
        self._by_clause: dict[tuple[str, bool], list[_Kind]] = defaultdict(list)
        #: The groups that a text founded, and whether it denies what they tell, by their numbers.
        self._by_text: dict[str, dict[int, set[bool]]] = defaultdict(dict)
        self._answers: dict[tuple[Traits, bool], _Answer] = {}  #: until a group is of other traits

    def open(self, block: str) -> Group:
        """Return a new group."""
        self.groups.append(Group(len(self.groups), block))
        return self.groups[-1]

    def best(self, one: Traits, text_id: str, *, same_day: bool) -> _Answer:
        """Return the highest score and the groups that have it, if it is enough.

        Of groups that are told in the same way, two stand for all.
        """
        own = self._by_text.get(text_id, {}).items()
        # Its text says the opposite there.
        apart = [self.groups[number] for number, sides in own if (not one.denied) in sides]
        if not apart:
            asked = one, same_day
            if asked not in self._answers:
                self._answers[asked] = _choose(self._fits(one, same_day, apart))
            return self._answers[asked]
        fits = [(_fit_in_text(one, text_id, group, same_day), [group]) for group in apart]
        return _choose([*fits, *self._fits(one, same_day, apart)])

    def _fits(self, one: Traits, same_day: bool, apart: list[Group]) -> list[_Answer]:
        """Return how well each kind of groups fits, but for some groups."""
        fits = []
        for kind in self._near(one):
            if score := kind.founders.fit(one, same_day=same_day):
                fits.append((score, _first_two(kind.groups.values(), but=apart)))
        return fits

    def _near(self, one: Traits) -> Iterable[_Kind]:
        """Return the kinds of groups that may fit: not elsewhere, or told in the same words."""
        near = [
            kind
            for place, kinds in self._by_place.items()
            if not is_elsewhere(one.place, place)
            for kind in kinds
        ]
        same = self._by_clause.get(one.same_words, ()) if one.same_words else ()
        return dict.fromkeys([*near, *same])

    def join(self, group: Group, telling: Telling, traits: Traits) -> None:
        """Make `telling` a founder of the group."""
        group.founders.append((telling, traits))
        self._by_text[telling.text_id].setdefault(group.number, set()).add(traits.denied)
        kind = self._kinds.get(group.number)
        if kind is not None and traits in kind.founders.bits:
            return
        self._answers.clear()
        if kind is None:
            if traits not in self._single:
                self._single[traits] = self._begin([traits])
            kind = self._single[traits]
        else:
            del kind.groups[group.number]
            kind = self._grow(kind, traits)
        kind.groups[group.number] = group
        self._kinds[group.number] = kind

    def _grow(self, kind: _Kind, traits: Traits) -> _Kind:
        """Return what a group is of when a founder with other traits comes to those of `kind`."""
        former = list(kind.founders.bits)
        if kind.groups:  # others are left that are told as this one was
            return self._begin([*former, traits])
        if len(former) == 1:
            del self._single[former[0]]
        self._add(kind, traits)
        return kind

    def _begin(self, founders: list[Traits]) -> _Kind:
        kind = _Kind(Founders())
        self._by_place[founders[0].place].append(kind)
        for traits in founders:
            self._add(kind, traits)
        return kind

    def _add(self, kind: _Kind, traits: Traits) -> None:
        kind.founders.add(traits)
        if traits.same_words:
            self._by_clause[traits.same_words].append(kind)


def _choose(fits: list[_Answer]) -> _Answer:
    """Return the highest score and the groups that have it, if it is enough."""
    most = max((score for score, groups in fits if groups), default=0)
    if most < ENOUGH:
        return most, []
    return most, [group for score, groups in fits if score == most for group in groups]


def _first_two(groups: Iterable[Group], *, but: list[Group]) -> list[Group]:
    return list(islice((group for group in groups if group not in but), 2))


def _fit_in_text(one: Traits, text_id: str, group: Group, same_day: bool) -> int:
    """Return how well a telling fits a group that its own text founded; see `Founders.fit`."""
    best = 0
    for founder, same_text in {(f, t.text_id == text_id) for t, f in group.founders}:
        score = score_tellings(one, founder, same_day=same_day, same_text=same_text)
        if score is None:
            return 0
        best = max(best, score)
    return best
