"""Actors: what names of bodies, groups, countries and their people stand for, without an article.

The shipped ones are `lexicons/actors.tsv` and all countries; before these go the user's own, which
`tocsin.reference.layers` keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from tocsin.lexicons.tables import listed
from tocsin.reference.countries import WORD_KINDS, Countries, load_countries

#: The columns of a row that says what names stand for, as `lexicons/actors.tsv` has them.
COLUMNS = "name aliases kind country sector metonym"
ActorRow = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """What a name stands for."""

    name: str
    kind: str  #: "body", "group", "person", "country", "collective"; "none": a name of no actor
    countries: tuple[str, ...]  #: alpha-3 or PLOVER's code; several for "the Baltic states"
    sector: str | None
    metonym: bool = False
    adjectival: bool = False  #: a demonym: an actor only together with a noun
    code: str | None = None  #: key in `Countries`: a state's alpha-3, or a body's "NATO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One entry a name can stand for; `usual` is False where the text has to support it."""

    entry: ActorEntry
    usual: bool


@dataclass(frozen=True, slots=True)
class OwnActors:
    """The user's own groups, bodies and people; equal where their keys are."""

    rows: tuple[ActorRow, ...] = field(default=(), repr=False, compare=False)
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Make the key of all that the rows say; nothing where there are none."""
        digest = blake2b(repr(self.rows).encode(), digest_size=4).hexdigest()
        object.__setattr__(self, "key", digest if self.rows else "")

    def mark(self, reader: str) -> str:
        """Return the version of a reader that finds these actors: another one for other actors."""
        return f"{reader}+actors.{self.key}" if self.rows else reader


NO_ACTORS = OwnActors()


def names_of_actors(rows: Iterable[ActorRow]) -> Iterator[tuple[str, Meaning]]:
    """Yield each name in the rows with what it stands for."""
    for row in rows:
        entry, (name, aliases) = _entry(row), row[:2]
        others = listed(aliases)
        for each in others if f"{name}?" in others else (name, *others):
            yield each.rstrip("?"), Meaning(entry=entry, usual=not each.endswith("?"))


def _entry(row: ActorRow) -> ActorEntry:
    name, _, kind, country, sector, metonym = row
    return ActorEntry(
        name=name,
        kind=kind,
        countries=tuple(country.split("+")) if country else (),
        sector=sector or None,
        metonym=metonym == "yes",
        code=load_countries().country_named(name),
    )


def names_of_countries() -> Iterator[tuple[str, Meaning]]:
    """Yield each word for a country once, as the first kind of word that it is."""
    countries = load_countries()
    seen: set[tuple[str, str]] = set()
    for kind in WORD_KINDS:
        for words in countries.words_of(kind):
            for reading in countries.readings(words, kind):
                if (words, reading.code) not in seen:
                    seen.add((words, reading.code))
                    entry = _country_entry(countries, kind, words, reading.code)
                    yield words, Meaning(entry=entry, usual=reading.usual)


def _country_entry(countries: Countries, kind: str, words: str, code: str) -> ActorEntry:
    country = countries.by_code[code]
    is_state = country.kind in ("state", "territory")
    people = kind == "people"
    return ActorEntry(
        name=words if kind in ("parts", "people") else country.name,
        kind="collective" if people else "country" if is_state else country.kind,
        countries=(code if is_state else country.plover,),
        sector="GOV" if is_state and kind in ("names", "capitals", "metonyms") else None,
        metonym=kind in ("capitals", "metonyms"),
        adjectival=kind == "demonyms",
        code=None if kind == "parts" else code,
    )
