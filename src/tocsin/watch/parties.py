"""Parties: the country, or kind of body without one, that a name in an event table belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from tocsin.extract.mentions.actor_lexicon import load_actor_lexicon
from tocsin.reference.actors import NO_ACTORS, Meaning, OwnActors
from tocsin.reference.countries import load_countries
from tocsin.reference.offices import Reference
from tocsin.store.asked import read_country

#: PLOVER's codes of what belongs to no country.
INTERNATIONAL = frozenset(("IGO", "UNO", "EUR", "NGO", "IMG", "ISM", "MNC"))
#: Of these, the codes that several share; UNO and EUR are one body each.
SEVERAL = INTERNATIONAL - {"UNO", "EUR"}

#: To look a person up takes some milliseconds: who occurs less often than this, or comes after so
#: many in the order of frequency, is not.
_OFTEN, _MOST_PEOPLE = 5, 1500
_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")


def find_parties(names: Mapping[str, int], people: Reference) -> dict[str, str]:
    """Return ISO alpha-3, or PLOVER's code, of those `names` of which it can be told.

    In this order: a code; the country in brackets behind a role ("Police (Kenya)"); a country's or
    body's name; a name of the lexicon of actors; a person of the reference, by the state that most
    of the offices on record are of.  What can mean several is no party.

    Args:
        names: each with how often it occurs.
        people: who held which office.
    """
    own = people.own_actors
    found = {name: party for name in names if (party := _coded(name) or _named(name, own))}
    others = [name for name in names if name not in found and " " in name and "(" not in name]
    for name in sorted(others, key=lambda name: -names[name])[:_MOST_PEOPLE]:
        if names[name] >= _OFTEN and (state := _state_of(name, people)):
            found[name] = state
    return {name: load_countries().plover_country(code) for name, code in found.items()}


def read_party(asked_as: str, name: str) -> str:
    """Return the party that somebody who asks means: a body or group, else a country.

    Raises:
        ValueNotUnderstood: there is no such country; the complaint says what it was `asked_as`.
    """
    return find_body(name.strip()) or read_country(asked_as, name)


def read_parties(asked_as: str, names: str) -> tuple[str, ...]:
    """Return the parties that are written with commas between, each as `read_party` reads it."""
    return tuple(read_party(asked_as, each) for each in names.split(","))


def find_body(name: str) -> str | None:
    """Return what a body or group without a country is filed under: its code, else its name.

    Bodies of the United Nations and of the European Union are filed under these.
    None where `name` is not the whole name of one: people of such a body, and what is not known.
    """
    bodies = {
        each.entry.code or each.entry.name
        for each in _whole(name)
        if each.usual and not {*each.entry.countries} - INTERNATIONAL
    }
    if len(bodies) != 1:
        return None
    body = bodies.pop()
    code = load_countries().plover_country(body)
    return body if code in SEVERAL else code


def _coded(name: str) -> str | None:
    """Return the code that `name` is; Kosovo is XKX in ISO's range and KOS in PLOVER."""
    known = load_countries().by_code
    return name if name in INTERNATIONAL or name in known or name == "KOS" else None


def _named(name: str, own: OwnActors) -> str | None:
    """Return the country of a name: "Thailand", "Citizen (Thailand)", "Israeli Defense Forces"."""
    usual = load_countries().usual_country
    if found := _BRACKETS.search(name):
        return usual(found[1]) or usual(found[1].partition(",")[0])
    return usual(name) or _in_lexicon(name, own)


def _in_lexicon(name: str, own: OwnActors) -> str | None:
    """Return the one country of the entry of which `name` is the whole name."""
    countries = {c for each in _whole(name, own) if each.usual for c in each.entry.countries}
    return countries.pop() if len(countries) == 1 else None


def _whole(name: str, own: OwnActors = NO_ACTORS) -> tuple[Meaning, ...]:
    """Return the meanings of `name` in the lexicon of actors, where it is all of one there."""
    found = list(load_actor_lexicon(own).find_names(name))
    return found[0].meanings if [each.words for each in found] == [(0, len(name))] else ()


def _state_of(name: str, people: Reference) -> str | None:
    """Return the state of the offices that people so called held most; None without majority."""
    hits = [each for each in people.find_person(name) if each.match.same]
    best = max((each.match.score for each in hits), default=0)
    tenures = [t for each in hits if each.match.score == best for t in each.tenures]
    held = Counter(each.office.partition(":")[0] for each in tenures)
    codes = {each.code for each in load_countries().by_code.values() if each.kind == "state"}
    states = Counter({code: times for code, times in held.items() if code in codes})
    (first, most), (_, second) = [*(states or held).most_common(2), ("", 0), ("", 0)][:2]
    return first if most > second else None
