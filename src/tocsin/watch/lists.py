"""Lists: sanctions, deployments, visits, pledges, threats, releases, ceasefires, with their course.

Reported events are chained to entries, by pair and kind, and by thing and place where these are
known.  Which event is which step of what stands in `data/list_kinds.tsv`, `list_things.tsv` and
`list_steps.tsv`; no type and no word is known here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import combinations, product
from typing import TYPE_CHECKING

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal_among
from tocsin.lexicons.tables import given, listed, read_records
from tocsin.records import ReportedEvent, Status
from tocsin.reference.countries import code_of as country_of
from tocsin.reference.countries import load_countries
from tocsin.together.events.grades import code_of
from tocsin.together.events.reported import day_of
from tocsin.watch.parties import SEVERAL, find_body

if TYPE_CHECKING:
    from tocsin.store.handle import Store

#: Nobody tells as having happened what has none but these.
_OPEN = frozenset((Status.DENIED, Status.UNCONFIRMED, Status.ALLEGED, Status.FUTURE))

Pair = tuple[str, str | None]
_Words = tuple[re.Pattern[str], ...]  #: a text must fit each


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one reported event says of an entry."""

    step: str  #: announced, in force, suspended, lifted ..., as `data/list_steps.tsv` has it
    status: Status  #: of the event: asserted, reported, alleged, denied, future ...
    day: date | None  #: first day it can have been on, else the last, else that of the first report
    event: str  #: `ReportedEvent.id`
    told: str  #: the words of its earliest telling
    independent: int
    grade: str  #: Admiralty code
    contradicted: bool
    #: Whether the entry stands so by it: neither denied nor alleged, nor yet to come, unless to be
    #: announced is the step.
    done: bool
    ends: bool  #: whether the entry ends with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing between two parties, with its course.

    Actor and recipient are alike inside a country; what is mutual has them in alphabetical order.
    """

    kind: str
    mutual: bool  #: whether they do it together; else the one does it to the other
    actor: str  #: ISO alpha-3, a code of PLOVER's, or a body without a country
    recipient: str | None  #: None where nobody is named to whom, or with whom, it is done
    thing: str | None  #: tariffs, ships, hostages ..., where the words say so
    place: str | None
    since: date | None  #: day of the first step
    last: date | None  #: day of the latest
    step: str  #: how it stands: by the latest step that is done, else by the latest
    steps: tuple[Step, ...]  #: earliest first


def read_entries(
    store: Store,
    about: Collection[str] = (),
    kinds: Collection[str] = (),
    since: date | None = None,
) -> tuple[Entry, ...]:
    """Return the entries of all lists, or of some `kinds`, the latest first.

    Args:
        store: whose news is read; background is left out.
        about: parties of which one must be a side; empty for all.
        kinds: names of lists; empty for all.
        since: events before this day are not read, so that an entry may have begun earlier.

    Raises:
        ValueNotUnderstood: there is no such list.
    """
    types = sorted(types_of(kinds))
    sides = [{side: party} for party in about for side in ("actor", "recipient")]
    sides += [{"country": party} for party in about if country_of(party)]
    found: dict[str, ReportedEvent] = {}
    with store.at_one_moment():
        for asked, name in product(sides or [{}], types):
            events = store.events(type=name, since=since, **asked)
            found.update((event.id, event) for event in events)
    entries = list_entries(found.values(), kinds)
    return tuple(each for each in entries if not about or {each.actor, each.recipient} & {*about})


def types_of(kinds: Collection[str] = ()) -> set[str]:
    """Return the types of the events that can be steps in lists, of all or of some `kinds`."""
    return {name for kind in _chosen(kinds) for rule in kind.rules for name in rule.types}


def list_entries(events: Iterable[ReportedEvent], kinds: Collection[str] = ()) -> tuple[Entry, ...]:
    """Return the entries that `events` make, the latest first.

    Raises:
        ValueNotUnderstood: there is no such list.
    """
    chains: dict[tuple[str, Pair], list[_Chain]] = defaultdict(list)
    in_order = sorted(events, key=lambda event: (day_of(event) or date.min, event.id))
    for kind, event in product(_chosen(kinds), in_order):
        if found := kind.step_in(event):
            rule, thing = found
            place = event.place.name if event.place and kind.place else None
            for pair in kind.pairs_of(event):
                _add(chains[kind.name, pair], kind, _step(event, rule), thing, place)
    entries = (
        each.entry(_kinds()[kind], pair)
        for (kind, pair), several in chains.items()
        for each in several
    )
    return tuple(sorted(entries, key=lambda each: each.last or date.min, reverse=True))


# --------------------------------------------------------------------------- chained


@dataclass(slots=True)
class _Chain:
    """An entry in the making."""

    apart: timedelta
    thing: str | None = None
    place: str | None = None
    steps: list[Step] = field(default_factory=list)
    ended: bool = False  #: by a step that is done

    def takes(self, step: Step, thing: str | None, place: str | None) -> bool:
        """Tell whether `step` goes on with this entry."""
        last = self.steps[-1]
        near = not (step.day and last.day) or step.day - last.day <= self.apart
        fits = None in (thing, self.thing) or thing == self.thing
        return (
            near
            and fits
            and (None in (place, self.place) or place == self.place)
            and (step.ends or not self.ended)
        )

    def entry(self, kind: _Kind, pair: Pair) -> Entry:
        """Return the entry."""
        done = [each for each in self.steps if each.done]
        return Entry(
            kind=kind.name,
            mutual=kind.mutual,
            actor=pair[0],
            recipient=pair[1],
            thing=self.thing,
            place=self.place,
            since=self.steps[0].day,
            last=self.steps[-1].day,
            step=(done or self.steps)[-1].step,
            steps=tuple(self.steps),
        )


def _add(
    chains: list[_Chain], kind: _Kind, step: Step, thing: str | None, place: str | None
) -> None:
    """Add a step to the chain it fits best, the latest of several, or begin one."""
    fit = [each for each in chains if each.takes(step, thing, place)]
    best = max(
        fit,
        key=lambda each: (each.thing == thing, each.place == place, each.steps[-1].day or date.min),
        default=None,
    )
    if best is None:
        chains.append(best := _Chain(kind.apart))
    best.thing, best.place = best.thing or thing, best.place or place
    best.steps.append(step)
    best.ended |= step.ends and step.done


def _step(event: ReportedEvent, rule: _Rule) -> Step:
    return Step(
        step=rule.step,
        status=event.status,
        day=day_of(event),
        event=event.id,
        told=next((each.told for each in event.tellings), ""),
        independent=event.independent,
        grade=code_of(event.grade),
        contradicted=event.contradicted,
        done=event.status not in _OPEN or (event.status is Status.FUTURE and rule.ahead),
        ends=rule.ends,
    )


# --------------------------------------------------------------------------- declared


def _words(cell: str) -> _Words:
    several = [listed(each.strip()) for each in (given(cell) or "").split("&")]
    return tuple(re.compile(_one_of(words), re.I) for words in several if words)


def _one_of(words: Sequence[str]) -> str:
    """Return the pattern of a set: a text has one of its words, or none where "!" begins it."""
    spelt = "|".join(map(_pattern, words))
    if spelt.startswith("!"):
        return rf"\A(?!.*\b(?:{spelt.removeprefix('!')})\b)"
    return rf"\b(?:{spelt})\b"


def _pattern(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*").replace("…", ".{0,40}?")


def _fit(words: _Words, told: str) -> bool:
    return all(each.search(told) for each in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """Which events are a step: an empty set asks for nothing."""

    types: frozenset[str]
    modes: frozenset[str]
    statuses: frozenset[str]
    words: _Words
    step: str
    ahead: bool  #: whether it is done as soon as it is announced
    ends: bool

    def fits(self, event: ReportedEvent, told: str) -> bool:
        return (
            event.type in self.types
            and (not self.modes or (event.mode or "none") in self.modes)
            and (not self.statuses or event.status in self.statuses)
            and _fit(self.words, told)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """One list."""

    name: str
    mutual: bool
    inside: bool
    place: str | None  #: "yes" or "host": what its place says of an event
    apart: timedelta
    things: tuple[tuple[str | None, _Words], ...]
    rules: tuple[_Rule, ...]

    def step_in(self, event: ReportedEvent) -> tuple[_Rule, str | None] | None:
        """Return the step that the event is, and of what; None where it is none in this list."""
        told = " | ".join(" ".join(telling.told.split()) for telling in event.tellings)
        rule = next((each for each in self.rules if each.fits(event, told)), None)
        things = [thing for thing, words in self.things if rule and _fit(words, told)]
        return (rule, things[0]) if rule and things else None

    def pairs_of(self, event: ReportedEvent) -> Iterator[Pair]:
        """Yield who does it to whom; nobody where it is not known who does it."""
        actors, others = (
            [*dict.fromkeys(_party(each.name, each.country) for each in side if each.country)]
            for side in (event.actors, event.recipients)
        )
        where = load_countries().plover_country((event.place and event.place.country) or "") or None
        if self.place == "host" and where in actors and others:
            actors, others = others, actors
        at_place = [where] if self.place and event.place else []
        for actor, other in self._pairs(actors, others or at_place):
            if actor != other or self.inside:
                yield actor, other
            elif self.place == "yes" and event.place:
                yield actor, None

    def _pairs(self, actors: list[str], others: Sequence[str | None]) -> Iterable[Pair]:
        if not self.mutual:
            return product(actors, others)
        sides = sorted({*actors, *filter(None, others)})
        return combinations(sides, 2) if sides[1:] else product(sides, others or [None])


def _party(name: str, code: str) -> str:
    """Return the country, or the body where its code is that of several."""
    return find_body(name) or code if code in SEVERAL else code


def _chosen(names: Collection[str]) -> list[_Kind]:
    kinds = _kinds()
    if unknown := [name for name in names if name not in kinds]:
        complaint = "there is no such list"
        raise refusal_among(ValueNotUnderstood, "not_among", unknown[0], kinds, complaint=complaint)
    return [kind for name, kind in kinds.items() if not names or name in names]


@cache
def _kinds() -> Mapping[str, _Kind]:
    things, rules = defaultdict(list), defaultdict(list)
    for row in read_records("watch/data/list_things.tsv"):
        things[row["kind"]].append((given(row["thing"]), _words(row["words"])))
    for row in read_records("watch/data/list_steps.tsv"):
        rules[row["kind"]].append(_rule(row))
    return {
        row["kind"]: _Kind(
            name=row["kind"],
            mutual=row["order"] == "mutual",
            inside=row["inside"] == "yes",
            place=given(row["place"]),
            apart=timedelta(days=int(row["apart"])),
            things=tuple(things[row["kind"]]),
            rules=tuple(rules[row["kind"]]),
        )
        for row in read_records("watch/data/list_kinds.tsv")
    }


def _rule(row: Mapping[str, str]) -> _Rule:
    types, modes, statuses = (
        frozenset(listed(given(row[each]) or "")) for each in ("types", "modes", "status")
    )
    return _Rule(
        types=types,
        modes=modes,
        statuses=statuses,
        words=_words(row["words"]),
        step=row["step"],
        ahead=row["ahead"] == "yes",
        ends=row["ends"] == "yes",
    )
