"""The choice: which of all deeds, statements and findings a page has room for, by rules.

A deed weighs its PLOVER score, whichever way, times its independent reports and its confidence;
half where it does not stand, where nobody is known to have done it, and inside a country.  Deeds
among the countries asked for come before those that others have a part in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tocsin.lexicons.plover import is_cooperative
from tocsin.records import Stance, Status
from tocsin.store.asked import Check
from tocsin.store.situation import Deed, Doubt, Utterance
from tocsin.watch.alarms import CONFIRMED, Alarm
from tocsin.watch.brief.records import Course, Scope, Tie
from tocsin.watch.parties import INTERNATIONAL

#: Statements that tell what may come; they stand apart from what is said of what was.
_OF_WHAT_MAY_COME = frozenset((Stance.WARNS, Stance.THREATENS, Stance.PLEDGES, Stance.DEMANDS))
#: How a deed is told of which its tellers know, or think, that it happened.
_HAPPENED = frozenset((Status.ASSERTED, Status.REPORTED, Status.ALLEGED, Status.UNCONFIRMED))

#: Deeds of one type, and of one type between the same two; speakers of a country; parties in a
#: network.
_OF_TYPE, _ALIKE, _SPEAKERS, _PARTIES = 3, 2, 3, 9
#: Fewer words that somebody says tell nobody anything.
_FEWEST_WORDS = 5
#: What is no one party: a side that is not known, and PLOVER's codes of many bodies.
_NOBODY = {"", *INTERNATIONAL}
#: How many of each part a page has room for.
_MAIN, _BESIDE, _IMPOSSIBLE, _ALARMS, _COURSES = 8, 4, 6, 5, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that is known of a situation, as ids and numbers."""

    deeds: tuple[Deed, ...]
    before: tuple[Deed, ...]  #: in as many days before
    uttered: tuple[Utterance, ...]
    doubts: tuple[Doubt, ...]
    covered: Mapping[date, int]  #: articles of each day that has any, of all days
    alarms: tuple[Alarm, ...] = ()
    watched: bool = True  #: whether any alarm could have rung

    def only(self, new: Collection[str]) -> Material:
        """Return what of it is new, by ids of events, findings and texts; old for comparing."""
        doubts = tuple(each for each in self.doubts if each.id in new)
        shown = {*new, *(each.about for each in doubts)}  # old events that are doubted now
        return replace(
            self,
            deeds=tuple(deed for deed in self.deeds if deed.id in shown),
            uttered=tuple(each for each in self.uttered if each.text_id in new),
            doubts=doubts,
        )


def choose(
    scope: Scope, material: Material, allies: Collection[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Return ids of what each part of the page shows.

    Args:
        scope: whom and which days it is about.
        material: what there is.
        allies: countries bound by treaty to defend the reader's.
    """
    told = [deed for deed in material.deeds if deed.status in _HAPPENED]
    days = {deed.id: deed.day for deed in told}
    parts: dict[str, list[Deed]] = {
        "events": told,
        "contradicted": [deed for deed in material.deeds if deed.contradicted],
        "uncheckable": [deed for deed in told if not (deed.stands or deed.contradicted)],
        **_concerning(scope.reader, told, allies),
        "plans": [deed for deed in material.deeds if deed.status == Status.FUTURE],
    }
    heaviest = {
        part: tuple(_varied(rank(scope, deeds), _MAIN if part == "events" else _BESIDE))
        for part, deeds in parts.items()
    }
    against = [each for each in material.doubts if each.check == Check.CONTRADICTION]
    contradicted = [
        *(e.id for key in heaviest["contradicted"] for e in against if e.about == key),
        *(each.id for each in against if each.country in scope.concerned),
    ]
    return heaviest | {
        "events": tuple(sorted(heaviest["events"], key=lambda key: (days[key], key))),
        "contradicted": tuple(dict.fromkeys(contradicted)),
        "impossible": tuple(alike_of(scope, material.doubts))[:_IMPOSSIBLE],
        **_choose_said(scope, material.uttered),
    }


def _concerning(
    reader: str | None, told: Iterable[Deed], allies: Collection[str]
) -> dict[str, list[Deed]]:
    """Return what the reader's country did, what was done to it, and conflict with its allies."""
    between = [deed for deed in told if deed.actor != deed.recipient]
    return {
        "acts": [deed for deed in between if deed.actor == reader],
        "against": [deed for deed in between if deed.recipient == reader],
        "allies": [deed for deed in between if deed.recipient in allies and is_conflict(deed)],
    }


def _choose_said(scope: Scope, uttered: Iterable[Utterance]) -> dict[str, tuple[str, ...]]:
    """Return ids of what is said of what was, of what officials say, and of what may come."""
    every = list(uttered)
    may_come = [each for each in every if each.stance in _OF_WHAT_MAY_COME]
    said = [each for each in every if each.stance not in _OF_WHAT_MAY_COME]
    beside = [each for each in said if each.country == scope.reader and each.beside]
    return {
        "said": tuple(_said_most(each for each in said if each.country in scope.about)),
        "officials": _printed_most(beside),
        "warnings": _printed_most(each for each in may_come if each.beside),
    }


def choose_alarms(scope: Scope, alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """Return those of the alarms by or on the countries that concern no others, surest first."""
    among = [
        each
        for each in alarms
        if len(scope.about) == 1 or {each.actor, each.recipient} <= {*scope.concerned}
    ]
    among.sort(key=lambda each: (each.until is not None, each.rings != CONFIRMED, -each.seen))
    return tuple(among[:_ALARMS])


def is_conflict(deed: Deed) -> bool:
    """Tell whether a deed is conflict, in words or in fact."""
    return not is_cooperative(deed.type)


def is_among(scope: Scope, deed: Deed) -> bool:
    """Tell whether nobody else is known to have a part; asked of one country, all is its own."""
    return len(scope.about) == 1 or {deed.actor, deed.recipient} <= {"", *scope.about}


def rank(scope: Scope, deeds: Iterable[Deed]) -> list[Deed]:
    """Return deeds by their weight on the page, the heaviest first."""
    return sorted(deeds, key=lambda deed: (not is_among(scope, deed), -_weight(deed), deed.id))


def _weight(deed: Deed) -> float:
    faults = (not deed.stands) + (not deed.actor) + (deed.actor == deed.recipient)
    weight = max(abs(deed.score), 1) * max(deed.independent, 1) * deed.confidence
    return weight / float(2**faults)


def choose_main(deeds: Iterable[Deed], most: int = _MAIN) -> tuple[str, ...]:
    """Return ids of the heaviest deeds of anybody that are told as having happened."""
    told = (deed for deed in deeds if deed.status in _HAPPENED)
    return tuple(_varied(sorted(told, key=lambda deed: (-_weight(deed), deed.id)), most))


def kind_of(deed: Deed) -> tuple[str, str, str]:
    """Return what alike deeds have in common: their parties and their type."""
    return deed.actor, deed.recipient, deed.type


def _varied(ranked: Iterable[Deed], most: int) -> list[str]:
    """Return ids of the first deeds, as far as few of them are alike."""
    alike: Counter[str | tuple[str, str, str]] = Counter()
    taken: dict[str, None] = {}
    for deed in ranked:
        few = alike[kind_of(deed)] < _ALIKE and alike[deed.type] < _OF_TYPE
        if few and len(taken) < most and deed.id not in taken:
            alike.update((deed.type, kind_of(deed)))
            taken[deed.id] = None
    return [*taken]


def _printed_most(uttered: Iterable[Utterance], most: int = _BESIDE) -> tuple[str, ...]:
    """Return what most articles print, beside deeds first, one of each speaker; no mere words."""
    ranked = sorted(uttered, key=lambda e: (e.beside, e.articles, e.day, e.id), reverse=True)
    first: dict[str, str] = {}
    for each in ranked:
        if each.words >= _FEWEST_WORDS:
            first.setdefault(each.speaker, each.id)
    return tuple(first.values())[:most]


def _said_most(uttered: Iterable[Utterance]) -> Iterator[str]:
    """Yield what each country's loudest speakers are quoted with most."""
    of_country: dict[str, list[Utterance]] = defaultdict(list)
    for each in uttered:
        of_country[each.country].append(each)
    for country in sorted(of_country):
        yield from _printed_most(of_country[country], _SPEAKERS)


def alike_of(scope: Scope, doubts: Iterable[Doubt]) -> dict[str, int]:
    """Return what cannot be as articles have it, with how many say the same, most first.

    Events on which articles contradict each other are told apart.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for each in doubts:
        if each.check != Check.CONTRADICTION and (each.country in scope.concerned or each.beside):
            alike[each.sentence].append(each.id)
    ranked = sorted(alike.values(), key=lambda ids: (-len(ids), min(ids)))
    return {min(ids): len(ids) for ids in ranked}


def find_courses(scope: Scope, material: Material) -> Iterator[Course]:
    """Yield the course of pairs with an alarm, then of those with most conflict; few in all."""
    pairs: dict[tuple[str, str], list[Deed]] = defaultdict(list)
    for deed in material.deeds:
        if deed.actor and deed.recipient and is_conflict(deed):
            pairs[deed.actor, deed.recipient].append(deed)
    ringing = [(each.actor, each.recipient) for each in material.alarms]
    among = [pair for pair, deeds in pairs.items() if is_among(scope, deeds[0])]
    among.sort(key=lambda pair: (-len(pairs[pair]), pair))
    days = [scope.since + timedelta(n) for n in range((scope.until - scope.since).days + 1)]
    for actor, recipient in [*dict.fromkeys((*ringing, *among))][:_COURSES]:
        deeds = pairs[actor, recipient]
        reports = Counter(deed.told for deed in deeds)
        standing = Counter(deed.told for deed in deeds if deed.stands)
        yield Course(
            actor=actor,
            recipient=recipient,
            first=scope.since,
            reports=tuple(reports[day.isoformat()] for day in days),
            standing=tuple(standing[day.isoformat()] for day in days),
            covered=tuple(day in material.covered for day in days),
        )


def find_ties(scope: Scope, deeds: Iterable[Deed]) -> Iterator[Tie]:
    """Yield what those concerned, and those they have most to do with, did to each other."""
    pairs: dict[tuple[str, str], list[Deed]] = defaultdict(list)
    met: Counter[str] = Counter()
    for deed in deeds:
        if deed.actor != deed.recipient and not _NOBODY & {deed.actor, deed.recipient}:
            pairs[deed.actor, deed.recipient].append(deed)
            met.update({deed.actor, deed.recipient} - {*scope.concerned})
    others = sorted(met, key=lambda party: (-met[party], party))
    shown = {*scope.concerned, *others[: max(_PARTIES - len(scope.concerned), 0)]}
    for (actor, recipient), own in sorted(pairs.items()):
        if {actor, recipient} <= shown:
            yield Tie(
                actor=actor,
                recipient=recipient,
                events=len(own),
                conflict=sum(map(is_conflict, own)),
                score=round(sum(deed.score for deed in own) / len(own), 2),
            )
