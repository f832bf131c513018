"""Agreement of two tellings: whether they can be of one event, and how much speaks for it.

Two things are asked.  Does anything exclude it: another victim, another place, another kind of
act, numbers that differ?  And does enough speak for it: what both leave open proves nothing, so
two tellings must agree in something beside type, actor and day.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from tocsin.lexicons.letters import fold
from tocsin.lexicons.words import word_set
from tocsin.records import Actor, Count, Place, Status, Telling
from tocsin.reference.countries import load_countries
from tocsin.reference.names import match_names
from tocsin.reference.towns import towns_named

#: Agreement that makes two tellings one event; see `score_tellings`.
ENOUGH = 4
#: What clauses of four words or more count that are the same word for word.
SAME_WORDS = 10

#: Kilometres within which two named places are one.
_NEAR = 50
#: Modes that say with which weapon: tellings differ in them without telling of different events.
_WEAPONS = frozenset({"aerial", "drone", "heavy-weapons", "explosives", "firearms"})
#: Sectors in which a state acts; "Trump", "US forces" and "the US" can be one actor.
_STATE = frozenset({"GOV", "MIL", "SPY"})
#: Sectors of people with arms of whom no more is known: "gunmen", "militants", "bandits".
_ARMED = frozenset({"UAF", "REB", "PRM", "CRM"})
#: Tellings of what has not happened.
NOT_HAPPENED = frozenset({Status.FUTURE, Status.HYPOTHETICAL})
#: Numbers that differ by more than this factor are hardly two counts of the same people.
DISPUTED = 4
#: Of so few words of its own, one that another clause has too says which event it is.
FEW = 4

_ENDING = re.compile(r"(?<=\w\w\w)(?:ing|ed|es|s|e)$")
_NAME = re.compile(r"\b[A-Z][\w'’-]*[a-z][\w'’-]*(?: [A-Z][\w'’-]*[a-z][\w'’-]*)*")


class Party(NamedTuple):
    """What of an actor or recipient is compared."""

    name: str
    kind: str
    country: str | None
    sector: str | None
    reference: str | None


class Spot(NamedTuple):
    """What of a place is compared."""

    name: str
    country: str | None
    latitude: float | None
    longitude: float | None


class Number(NamedTuple):
    """What of a count is compared."""

    kind: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What of a telling is compared; tellings of equal traits are alike in all but their texts."""

    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Spot | None
    counts: tuple[Number, ...]
    mode: str | None
    victims: frozenset[str]  #: names in what is attacked, states apart
    happened: bool
    denied: bool
    refers: bool  #: to what was told: "denies it", where "did not" may be of another act
    words: frozenset[str]  #: of the clause, cut to stems, without function words and the parties
    particulars: frozenset[str]  #: of the clause, without actors, states, act and day
    told: str  #: the clause, folded

    @property
    def same_words(self) -> tuple[str, bool] | None:
        """What makes two tellings one event whatever else they say: the clause and its side."""
        return (self.told, self.denied) if self.told.count(" ") >= 3 else None


def read_traits(telling: Telling) -> Traits:
    """Return what of `telling` is compared."""
    event, place = telling.event, telling.event.place
    told = _fold_words(telling.told)
    stems = _stems(told)
    names = [party.name for party in (*event.actors, *event.recipients)]
    names += [place.name] if place else []
    return Traits(
        actors=_parties(event.actors),
        recipients=_parties(event.recipients),
        place=_spot(place) if place else None,
        counts=tuple(Number(each.kind, each.low, each.high) for each in event.counts),
        mode=event.mode,
        victims=_named_victims(event.type, event.recipients),
        happened=event.status not in NOT_HAPPENED,
        denied=event.status in (Status.DENIED, Status.NEGATED),
        refers=event.status is Status.DENIED,
        words=frozenset(stems - _stems(_fold_words(" ".join(names)))),
        particulars=frozenset(stems - _stems(_fold_words(_what_many_share(telling)))),
        told=told,
    )


def _spot(place: Place) -> Spot:
    return Spot(place.name, place.country, place.latitude, place.longitude)


def _parties(actors: tuple[Actor, ...]) -> tuple[Party, ...]:
    return tuple(Party(a.name, a.kind, a.country, a.sector, a.reference) for a in actors)


def _what_many_share(telling: Telling) -> str:
    """Return the words that any two acts of one type by one actor on one day have in common."""
    event, start = telling.event, telling.event.words[0]
    spans = [event.trigger, *([event.date.words] if event.date else [])]
    shared = [telling.told[max(0, a - start) : max(0, b - start)] for a, b in spans]
    shared += [party.name for party in event.actors]
    shared += [word for word in re.findall(r"[A-Z]\w+", telling.told) if _is_state(word)]
    return " ".join(shared)


def _named_victims(type_: str, recipients: tuple[Actor, ...]) -> frozenset[str]:
    """Return the names in what is attacked: who attacks Odesa has not attacked Kharkiv.

    The name of a state, "Ukrainian" and the like are no such names: they exclude no town of it.
    Acts but ASSAULT are done to states, and a capital stands for its government there.
    """
    if type_ != "ASSAULT":
        return frozenset()
    victims = (party for party in recipients if party.kind != "person")
    # "Twelve people" begins with a number, "Kharkiv residents" with a town.
    words = (
        each.name if each.kind != "collective" or towns_named(first) else more
        for each, (first, _, more) in ((each, each.name.partition(" ")) for each in victims)
    )
    names = (name for each in words for name in _NAME.findall(each))
    return frozenset(fold(word) for name in names if not _is_state(name) for word in name.split())


@lru_cache(maxsize=100_000)
def _is_state(name: str) -> bool:
    countries = load_countries()
    return bool(countries.country_named(name) or countries.country_of_demonym(name))


def score_tellings(
    one: Traits, other: Traits, *, same_day: bool, same_text: bool = False
) -> int | None:
    """Return how far two tellings agree, of one type by actors of the same countries.

    None where something excludes that they are of one event; 0 where they agree in nothing but
    what many acts of one day have in common.

    The score counts what both say: the day (2, if `same_day`: both are dated by the words), whom
    it was done to (a country 2, a person, body or target of one name 3), the place (2, a country
    1), numbers (1, above ten 2), the weapon (1) and the words (1 to 2).  The words of a denial
    count only if all are in the other; it counts 2 for the text in which it stands, what is merely
    not so ("no ship would be cleared") only with a word in common.  `ENOUGH` makes them one.

    `founders.Founders` asks the same of many at once; what is changed here is changed there.
    """
    if one.same_words and one.same_words == other.same_words:
        return SAME_WORDS
    if _exclude_each_other(one, other, same_day=same_day):
        return None
    targets = 3 if one.victims & other.victims else _agree_in_parties(one, other)
    place = agree_in_place(one.place, other.place)
    counts = _agree_in_counts(one.counts, other.counts)
    words = _agree_in_words(one, other)
    answers = one.refers or other.refers or one.words & other.words
    text = 2 if one.denied != other.denied and same_text and answers else 0
    particular = targets == 3 or place == 2 or counts or text or _share_particulars(one, other)
    if not particular:
        return 0
    day = 2 if same_day else 0
    mode = 1 if one.mode and one.mode == other.mode else 0
    return day + targets + place + counts + mode + words + text


# --------------------------------------------------------------------------- what excludes it


def _exclude_each_other(one: Traits, other: Traits, *, same_day: bool) -> bool:
    return (
        (one.happened != other.happened and not same_day)
        or are_others(one.actors, other.actors)
        or are_others(one.recipients, other.recipients)
        or are_other_victims(one.victims, other.victims)
        or is_elsewhere(one.place, other.place)
        or are_other_modes(one.mode, other.mode)
        or _differ(one, other, DISPUTED if same_day and _is_plain(one, other) else 1)
    )


def _is_plain(one: Traits, other: Traits) -> bool:
    """Say whether it is plain without the numbers that both tell one event of one day."""
    named = agree_in_place(one.place, other.place) == 2 or one.victims & other.victims
    return bool(named) or _agree_in_parties(one, other) == 3


@lru_cache(maxsize=10_000)
def are_others(ours: tuple[Party, ...], theirs: tuple[Party, ...]) -> bool:
    """Say whether two lists of parties exclude each other; an empty list excludes nothing."""
    return bool(ours and theirs) and not any(may_be_one(a, b) for a in ours for b in theirs)


def are_other_victims(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Say whether two sets of names in what is attacked exclude each other."""
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def are_other_modes(one: str | None, other: str | None) -> bool:
    """Say whether two modes exclude each other."""
    modes = {one, other}
    return bool(len(modes) == 2 and all(modes) and modes - _WEAPONS)


@lru_cache(maxsize=100_000)
def may_be_one(one: Party, other: Party) -> bool:
    """Say whether two parties can be one."""
    if one.country and other.country and one.country != other.country:
        return False
    if one.kind == other.kind == "person":
        if one.reference and other.reference:
            return one.reference == other.reference
        return same_name(one.name, other.name)
    sectors = {one.sector, other.sector} - {None}
    if "country" in (one.kind, other.kind):
        # A state's name does not stand for its people, nor for a group of them.
        return sectors <= _STATE or not {one.kind, other.kind} & {"person", "collective", "group"}
    nobody_known = one.kind == other.kind == "collective" and not (one.country and other.country)
    return len(sectors) < 2 or sectors <= _STATE or (nobody_known and sectors <= _ARMED)


@lru_cache(maxsize=100_000)
def same_name(one: str, other: str) -> bool:
    """Say whether two written names can be one person's, whichever is the fuller."""
    return match_names(one, (other,)).same or match_names(other, (one,)).same


@lru_cache(maxsize=100_000)
def is_elsewhere(one: Spot | None, other: Spot | None) -> bool:
    """Say whether two places exclude each other."""
    if one is None or other is None:
        return False
    if one.country and other.country and one.country != other.country:
        return True
    if _is_country(one) or _is_country(other):
        return False
    names = [f" {_fold_words(each.name)} " for each in (one, other)]  # Pokrov is not Pokrovsk
    return not (names[0] in names[1] or names[1] in names[0] or distance(one, other) <= _NEAR)


def is_same_place(one: Place | None, other: Place | None) -> bool:
    """Say whether both name one town, or both one country, or neither a place."""
    if one is None or other is None:
        return one is other
    ours, theirs = _spot(one), _spot(other)
    return _is_country(ours) == _is_country(theirs) and not is_elsewhere(ours, theirs)


def distance(one: Spot, other: Spot) -> float:
    """Return kilometres between two places on the sphere; infinite where one has no coordinates."""
    ends = (one.latitude, one.longitude, other.latitude, other.longitude)
    north, east, south, west = (math.radians(end) if end is not None else math.nan for end in ends)
    half = (
        math.sin((south - north) / 2) ** 2
        + math.cos(north) * math.cos(south) * math.sin((west - east) / 2) ** 2
    )
    return math.inf if math.isnan(half) else 2 * 6371 * math.asin(math.sqrt(min(1.0, half)))


@lru_cache(maxsize=100_000)
def names_country(name: str, country: str | None) -> bool:
    """Say whether a place of this name is the whole country."""
    return country is not None and load_countries().country_named(name) == country


def _is_country(place: Spot) -> bool:
    return names_country(place.name, place.country)


def _differ(one: Traits, other: Traits, factor: int) -> bool:
    """Say whether counts of one kind exclude each other by more than `factor`."""
    return any(
        a.kind == b.kind and exclude_each_other(a, b, factor=factor)
        for a, b in product(one.counts, other.counts)
    )


def exclude_each_other(one: Count | Number, other: Count | Number, *, factor: int = 1) -> bool:
    """Say whether no number fits both counts, one of them being taken `factor` times."""
    return exceeds(one, other, factor=factor) or exceeds(other, one, factor=factor)


def exceeds(one: Count | Number, other: Count | Number, *, factor: int = 1) -> bool:
    """Say whether a count is higher than another can be, that being taken `factor` times."""
    return one.low is not None and other.high is not None and one.low > other.high * factor


# --------------------------------------------------------------------------- what speaks for it


def _agree_in_parties(one: Traits, other: Traits) -> int:
    return max((kinship(a, b) for a, b in product(one.recipients, other.recipients)), default=0)


@lru_cache(maxsize=100_000)
def kinship(one: Party, other: Party) -> int:
    """Return what it counts that both name these among those to whom it was done."""
    if not may_be_one(one, other):
        return 0
    if one.kind == other.kind == "person":
        return 3
    names = _stems_of_name(one.name), _stems_of_name(other.name)
    if one.kind != "country" and names[0] and names[0] == names[1]:
        return 3
    return 2 if one.country and one.country == other.country else 0


@lru_cache(maxsize=100_000)
def _stems_of_name(name: str) -> frozenset[str]:
    return frozenset(_stems(_fold_words(name)))


@lru_cache(maxsize=100_000)
def agree_in_place(one: Spot | None, other: Spot | None) -> int:
    """Return what it counts that both name these places."""
    if one is None or other is None or is_elsewhere(one, other):
        return 0
    return 1 if _is_country(one) or _is_country(other) else 2


def _agree_in_counts(ours: tuple[Number, ...], theirs: tuple[Number, ...]) -> int:
    return max((weigh_number(number) for number in ours if number in theirs), default=0)


def weigh_number(number: Number) -> int:
    """Return what it counts that both give this number."""
    return 2 if (number.low or number.high or 0) > 10 else 1


def _agree_in_words(one: Traits, other: Traits) -> int:
    if one.denied != other.denied:
        denial, report = (one, other) if one.denied else (other, one)
        return 2 if denial.words and denial.words <= report.words else 0
    return weigh_words(len(one.words & other.words), min(len(one.words), len(other.words)))


@lru_cache(maxsize=10_000)
def weigh_words(shared: int, least: int) -> int:
    """Return what it counts that clauses share so many words, of which the shorter has `least`."""
    if shared < 2 or not least:
        return 0
    return 2 if shared >= 4 and shared / least >= 0.6 else int(shared / least >= 0.3)


def _share_particulars(one: Traits, other: Traits) -> bool:
    """Say whether the clauses have words in common that few other acts of the day would have."""
    if one.denied != other.denied:
        return _agree_in_words(one, other) > 0
    shared = len(one.particulars & other.particulars)
    fewest = min(len(one.particulars), len(other.particulars))
    return shared >= 2 or (shared == 1 and fewest <= FEW)


def _fold_words(words: str) -> str:
    return " ".join(re.findall(r"\w+", fold(words)))


def _stems(words: str) -> set[str]:
    """Return the beginning of each word: "fire" and "fired", "invaded" and "invasion" are alike.

    Words that say nothing about which event it is are left out.
    """
    return {stem for word in words.split() if (stem := _stem(word))}


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    if len(word) < 2 or word in word_set("of_any_event"):
        return ""
    return _ENDING.sub("", word)[:5]
