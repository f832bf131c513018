"""The reference: who held which office, when, and how far that is known.

The facts lie in ``data/``: `offices.tsv`, `people.tsv`, `tenures.tsv` and `complete.tsv`, compiled
by ``python -m training.reference`` from the origins named in ``data/ORIGIN.md``.  What the user
imported (`tocsin.reference.layers`) lies over them.

Four things are kept apart, because a check must not mistake one for another:

- a tenure that ended, and on which day, month or year;
- a tenure that was still running when last seen (`Tenure.known_until`), of which nothing is known
  after that day;
- a day on which every holder of an office is listed (`Reference.complete`): only then does "not in
  the list" mean "did not hold it";
- everything else: not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache

from tocsin.lexicons.numbered import counted
from tocsin.lexicons.tables import read_body, read_records
from tocsin.lexicons.words import word_set
from tocsin.reference.actors import NO_ACTORS, OwnActors
from tocsin.reference.countries import load_countries
from tocsin.reference.layers import read_layers, read_own_actors
from tocsin.reference.names import NameMatch, match_names, may_agree, name_keys
from tocsin.reference.standing import Standing, standing_of
from tocsin.reference.tenures import (
    OF_ITS_OWN,
    Office,
    Period,
    Person,
    Tenure,
    last_seen_of,
    whole_of,
)
from tocsin.reference.titles import read_titles, title_key, title_keys
from tocsin.settings import Settings

#: From then on the editions of the Factbook bear a day.
_DATED = "2015-11"
#: The columns of tenures.tsv.
_TENURE = "office person since after until known_until acting origin edition note"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMatch:
    """A person whose name agrees with words, how well, and all tenures on record."""

    person: Person
    match: NameMatch
    tenures: tuple[Tenure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeMatch:
    """An office that words can mean, and its holders on the day asked for (or ever)."""

    office: Office
    tenures: tuple[Tenure, ...]
    complete: Period | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where facts of the reference come from, and under which licence they are given."""

    code: str  #: in the column origin of `tenures.tsv`
    name: str
    licence: str


@cache
def origins() -> tuple[Origin, ...]:
    """Return the origins of the shipped facts, the one that can be looked up first."""
    rows = read_records("reference/data/origins.tsv")
    return tuple(Origin(**row) for row in rows)


def licence_of(origin: str) -> str | None:
    """Return the licence of a fact by one origin of its tenure; None for what the user imported."""
    return next((each.licence for each in origins() if origin.startswith(each.name)), None)


# --------------------------------------------------------------------------- the reference


@dataclass
class Reference:
    """The shipped facts with the user's imports over them.  Load it with `load_reference`.

    Tables are read as text and taken apart office by office when first asked for, so loading takes
    a few milliseconds and the memory of what is used.
    """

    imported: tuple[Tenure, ...] = field(default=(), repr=False)
    own_actors: OwnActors = NO_ACTORS
    _titles: dict[str, str] = field(default_factory=dict, repr=False)
    _people: dict[str, str] = field(default_factory=dict, repr=False)
    _periods: dict[str, list[str]] = field(default_factory=dict, repr=False)
    _tenure_text: str = field(default="", repr=False)
    _by_office: dict[str, tuple[Tenure, ...]] = field(default_factory=dict, repr=False)
    _persons: dict[str, Person] = field(default_factory=dict, repr=False)

    # ----------------------------------------------------------------- offices

    def office(self, office_id: str) -> Office | None:
        """Return the office with this id, or the one it is listed under; None if not on record."""
        listed = (each for each in (office_id, _whole(office_id)) if each in self._titles)
        return next(map(self._make_office, listed), None)

    def offices(
        self, kind: str | None = None, country: str | None = None, detail: str | None = None
    ) -> tuple[Office, ...]:
        """Return the offices on record of this kind, country and detail; None means any."""
        ids = self._ids_of.get(whole_of(country), ()) if country else self._titles
        return tuple(
            self._make_office(each)
            for each in ids
            if (kind is None or each.split(":")[1] == kind)
            and (detail is None or each.split(":")[2:] == [detail])
        )

    @cached_property
    def _ids_of(self) -> dict[str, list[str]]:
        """The ids of the offices of each country."""
        ids: dict[str, list[str]] = {}
        for each in self._titles:
            ids.setdefault(each.partition(":")[0], []).append(each)
        return ids

    def _make_office(self, office_id: str) -> Office:
        country, kind, *detail = office_id.split(":")
        title, *variants = self._titles[office_id].split("|")
        return Office(
            id=office_id,
            country=country,
            kind=kind,
            detail=":".join(detail) or None,
            title=title,
            variants=tuple(variants),
        )

    # ----------------------------------------------------------------- tenures

    def tenures(self, office_id: str) -> tuple[Tenure, ...]:
        """Return all tenures on record of an office, by their start."""
        for each in (office_id, _whole(office_id)):
            if each not in self._by_office:
                self._by_office[each] = self._read_office(each)
            if self._by_office[each]:
                return self._by_office[each]
        return ()

    def holders(self, office_id: str, day: date, margin: int = 0) -> tuple[Tenure, ...]:
        """Return the tenures that may cover `day`, give or take `margin` days.

        A tenure that was still running when last seen is not among them after that day.
        """
        return tuple(t for t in self.tenures(office_id) if t.may_cover(day, margin))

    def last_seen(self, office_id: str, day: date) -> tuple[Tenure, ...]:
        """Return the tenures that were still running when last seen before `day`."""
        return last_seen_of(self.tenures(office_id), day)

    def complete(self, office_id: str, day: date) -> bool:
        """Return whether every holder of the office on `day` is listed."""
        return self.period(office_id, day) is not None

    def period(self, office_id: str, day: date) -> Period | None:
        """Return the complete period around `day`, with the reason; None when there is none."""
        return next((p for p in self.periods(office_id) if p.since <= day <= p.until), None)

    def periods(self, office_id: str) -> tuple[Period, ...]:
        """Return the periods in which every holder of the office is listed."""
        ids = dict.fromkeys((office_id, _whole(office_id)))
        cells = [line.split("\t") for each in ids for line in self._periods.get(each, ())]
        return tuple(
            Period(since=date.fromisoformat(first), until=date.fromisoformat(last), because=why)
            for first, last, why in cells
        )

    def standing(self, office_id: str, name: str, day: date, margin: int = 0) -> Standing:
        """Return how the person called `name` stood to an office on `day`.

        `margin` days on either side count as that day: near a change of office, the old and the
        new holder both do.
        """
        period = self.period(office_id, day)
        return standing_of(name, day, self.tenures(office_id), period, margin)

    # ----------------------------------------------------------------- people

    def find_person(self, name: str) -> tuple[PersonMatch, ...]:
        """Return who may be called `name`, with all their tenures, the likeliest first."""
        return self._known_people(name)

    @cached_property
    def _known_people(self) -> Callable[[str], tuple[PersonMatch, ...]]:
        """Who was asked for lately: news names the same people in article after article."""
        return lru_cache(maxsize=4096)(self._people_called)

    def _people_called(self, name: str) -> tuple[PersonMatch, ...]:
        ids = {each for key in name_keys(name) for each in self._ids_by_key.get(key, ())}
        candidates = [self._person(each) for each in sorted(ids)]
        candidates += [t.person for t in self.imported if t.person.id not in self._people]
        found = [
            PersonMatch(person=each, match=match, tenures=self.tenures_of(each.id))
            for each in dict.fromkeys(candidates)
            if may_agree(name, each.names)
            if (match := match_names(name, each.names)).same or match.near
        ]
        return tuple(sorted(found, key=lambda hit: (-hit.match.score, hit.person.id)))

    def person(self, person_id: str) -> Person | None:
        """Return the person with this id; None if not on record."""
        if person_id in self._people:
            return self._person(person_id)
        held = self.tenures_of(person_id)
        return held[0].person if held else None

    def people_names(self) -> list[str]:
        """Return every name of every person on record."""
        shipped = (name for each in self._people for name in self._person(each).names)
        return [*shipped, *(name for t in self.imported for name in t.person.names)]

    def tenures_of(self, person_id: str) -> tuple[Tenure, ...]:
        """Return all tenures of a person, by their start."""
        offices = self._held_by.get(person_id, ())
        own = [t for each in offices for t in self.tenures(each) if t.person.id == person_id]
        return tuple(sorted(own, key=_by_time))

    def find_office(
        self, words: str, day: date | None = None, country: str | None = None
    ) -> tuple[OfficeMatch, ...]:
        """Return the offices that `words` can mean ("Defense Minister of Ukraine").

        With `day`, the tenures are those of its holders on that day, else all on record.  What is
        called just so goes before what the words can mean besides.
        """
        readings = read_titles(words, countries=load_countries(), country=country)
        read = [each for reading in readings for each in reading.office_ids()]
        called = self.offices_called(words, country)
        ids = (*(each for each in read if each in called), *called, *read)
        offices = dict.fromkeys(office for each in ids if (office := self.office(each)) is not None)
        return tuple(
            OfficeMatch(
                office=office,
                tenures=self.holders(office.id, day) if day else self.tenures(office.id),
                complete=self.period(office.id, day) if day else None,
            )
            for office in offices
        )

    def offices_called(self, words: str, country: str | None = None) -> tuple[str, ...]:
        """Return the ids of the offices that have `words` for their title, country or not.

        Where no country is told, only such as are no role, or the one office that is called so:
        every country has a prime minister.
        """
        found: dict[str, None] = {}
        for key, code in title_keys(words, countries=load_countries(), country=country):
            ids = self._ids_by_title.get(key, [])
            own = [each for each in ids if OF_ITS_OWN in each or len(ids) == 1]
            named = [each for each in ids if each.startswith(f"{whole_of(code or '')}:")]
            found |= dict.fromkeys(named if code else own)
        return tuple(found)

    @cached_property
    def own_titles(self) -> frozenset[tuple[str, ...]]:
        """The keys of the titles of offices of their own that the user imported."""
        own = {t.office for t in self.imported if OF_ITS_OWN in t.office}
        return frozenset(title_key(self._titles[each].partition("|")[0]) for each in own)

    @cached_property
    def _ids_by_title(self) -> dict[tuple[str, ...], list[str]]:
        index: dict[tuple[str, ...], list[str]] = {}
        for each, titles in self._titles.items():
            for title in titles.split("|"):
                index.setdefault(title_key(title), []).append(each)
        return index

    # ----------------------------------------------------------------- about itself

    @cached_property
    def as_of(self) -> date:
        """The last day on which any list of holders is complete."""
        lines = (line for each in self._periods.values() for line in each)
        return max(date.fromisoformat(line.split("\t")[1]) for line in lines)

    def ends_of_lists(self) -> Counter[int]:
        """Return of how many offices the last complete list of holders ends in which year."""
        lines = ((line.split("\t")[1] for line in each) for each in self._periods.values())
        return Counter(int(max(each)[:4]) for each in lines)

    def describe(self) -> str:
        """Return one line on what is in it, for a report's account."""
        known = "; ".join(each.name for each in origins())
        line = (
            f"{len(self._titles):,} offices and {len(self._people):,} people ({known}), "
            f"complete lists up to {self.as_of.isoformat()}"
        )
        if self.imported:
            line += f"; {counted(len(self.imported), 'tenure')} imported by the user"
        if own := self.own_actors.rows:
            line += f"; {counted(len(own), 'actor')} of the user's own ({self.own_actors.key})"
        return line

    # ----------------------------------------------------------------- reading the tables

    def _read_office(self, office_id: str) -> tuple[Tenure, ...]:
        held = [self._read_tenure(line) for line in self._rows_of.get(office_id, ())]
        for tenure in self._imported_of.get(office_id, ()):
            shipped = tenure.person.id in self._people
            person = self._person(tenure.person.id) if shipped else tenure.person
            others = [t for t in held if not tenure.overrules(t)]
            is_held = not tenure.note.startswith("never")  # else only others are taken out
            held = others + [replace(tenure, person=person)] * is_held
        return tuple(sorted(held, key=_by_time))

    def _read_tenure(self, line: str) -> Tenure:
        cells = line.split("\t")
        office, person_id, since, after, until, known_until, acting, origin, edition, note = cells
        person = self._person(person_id)
        return Tenure(
            office=office,
            person=person,
            since=since or None,
            until=until or None,
            known_until=known_until or None,
            after=after or None,
            acting=bool(acting),
            origin=_named_origins(origin, person.id, edition),
            note=note,
        )

    def _person(self, person_id: str) -> Person:
        person = self._persons.get(person_id)
        if person is None:
            name, forms, of, born, died, _ = self._people[person_id].split("\t")
            person = self._persons[person_id] = Person(
                id=person_id,
                name=name,
                forms=tuple(forms.split("|")) if forms else (),
                born=born or None,
                died=died or None,
                of=tuple(of.split()),
            )
        return person

    @cached_property
    def _rows_of(self) -> dict[str, list[str]]:
        """The rows of `tenures.tsv` of each office, in its order."""
        index: dict[str, list[str]] = {}
        for line in self._tenure_text.splitlines():
            index.setdefault(line[: line.index("\t")], []).append(line)
        return index

    @cached_property
    def _imported_of(self) -> dict[str, list[Tenure]]:
        index: dict[str, list[Tenure]] = {}
        for tenure in self.imported:
            index.setdefault(tenure.office, []).append(tenure)
        return index

    @cached_property
    def _held_by(self) -> dict[str, dict[str, None]]:
        """Which offices each person held, in the order of the table."""
        index: dict[str, dict[str, None]] = {}
        for office, rows in self._rows_of.items():
            for row in rows:
                index.setdefault(row.split("\t", 2)[1], {})[office] = None
        for tenure in self.imported:
            index.setdefault(tenure.person.id, {})[tenure.office] = None
        return index

    @cached_property
    def _ids_by_key(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for person_id, cells in self._people.items():
            for key in cells.rsplit("\t", 1)[1].split():
                index.setdefault(key, []).append(person_id)
        return index


def load_reference(settings: Settings | None = None) -> Reference:
    """Return the reference: the shipped facts, and what the user imported where `settings` say.

    Raises:
        ReferenceFileError: an imported layer cannot be read.
    """
    if settings is None:
        return _load((), NO_ACTORS)
    return _load(read_layers(settings.data_dir), read_own_actors(settings.data_dir))


# --------------------------------------------------------------------------- reading the tables


@cache
def _load(imported: tuple[Tenure, ...], own_actors: OwnActors) -> Reference:
    periods: dict[str, list[str]] = {}
    for office, rest in _pairs("complete", "office since until because"):
        periods.setdefault(office, []).append(rest)
    titles = dict(_pairs("offices", "id titles"))
    for tenure in imported:
        titles.setdefault(tenure.office, _plain_title(tenure.office))
    return Reference(
        imported=imported,
        own_actors=own_actors,
        _titles=titles,
        _people=dict(_pairs("people", "id name forms of born died keys")),
        _periods=periods,
        _tenure_text=read_body("reference/data/tenures.tsv", _TENURE),
    )


def _pairs(name: str, columns: str) -> Iterator[tuple[str, str]]:
    """Yield the first cell of every row of a table, and the rest as it is."""
    for line in read_body(f"reference/data/{name}.tsv", columns).splitlines():
        key, _, rest = line.partition("\t")
        yield key, rest


def _named_origins(codes: str, person_id: str, edition: str) -> tuple[str, ...]:
    """Return the origins of a tenure by what they can be looked up under, the checkable first.

    What was written from knowledge is not named beside an origin that can be looked up.
    """
    bears = edition[:4] if edition < _DATED else edition  # the yearly editions bear no day
    where = {"w": f" {person_id}", "f": f", edition of {bears}" if edition else ""}
    named = [f"{each.name}{where.get(each.code, '')}" for each in origins() if each.code in codes]
    return tuple(named[:-1] if "k" in codes and len(named) > 1 else named)


def _whole(office_id: str) -> str:
    country, _, rest = office_id.partition(":")
    return f"{whole_of(country)}:{rest}"


def _plain_title(office_id: str) -> str:
    """Return the title of an office as its id has it: "Minister of Coffee", "Railway chief"."""
    kind = office_id.partition(":")[2]
    if OF_ITS_OWN not in office_id:
        return kind.replace(":", " ").replace("_", " ").capitalize()
    words = kind.partition(":")[2].split("_")
    small = word_set("small_in_titles")
    return " ".join(word if word in small else word.capitalize() for word in words)


def _by_time(tenure: Tenure) -> tuple[str, str, str]:
    return tenure.since or tenure.until or "", tenure.until or "9999", tenure.person.id
