"""The facts of the reference: offices, people, and who held which office from when to when.

Dates are ISO words at the precision at which they are known; a day, month or year that is not
known exactly covers all the days that it may mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.reference.names import match_names

#: Days as far back as a tenure without a start on record is taken to reach.
_UNKNOWN_START = 3 * 365
#: Items of Wikidata, whose statements "position held" tell of offices.
_ITEM = "https://www.wikidata.org/wiki/"
#: In the id of an office that is no role and is kept by its title: "NOR:other:state_secretary".
OF_ITS_OWN = ":other:"
_WHOLE = {
    **dict.fromkeys(("EC", "EUCO", "EP"), "EU"),
    **dict.fromkeys(("UNHCR", "OHCHR", "OCHA"), "UN"),
    "PA": "PSE",
    "Taliban": "AFG",
}


def whole_of(country: str) -> str:
    """Return the state or body under which the offices of `country`, maybe a part, are listed."""
    return _WHOLE.get(country, country)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A post: its id ("UKR:defence_minister", "USA:ambassador:GBR") and what it is called.

    `title` is its usual English title, `variants` others found in the origins.
    """

    id: str
    country: str
    kind: str
    detail: str | None
    title: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who held an office.  `id` is a Wikidata id or a hash of country and name.

    `forms` are other ways the name is written, as the origins have them; words in capitals are
    the family name.  `born` and `died` are ISO dates at the precision at which they are known, None
    where they are not; `of` are the countries and bodies in whose news the dead are named.
    """

    id: str
    name: str
    forms: tuple[str, ...] = ()
    born: str | None = None
    died: str | None = None
    of: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every known form, the usual one first."""
        return (self.name, *self.forms)

    @property
    def link(self) -> str | None:
        """Where the person can be looked up; None where no origin at hand has an address."""
        return f"{_ITEM}{self.id}" if self.id[:1] == "Q" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """One person's time in one office.

    `since`, `until` and `known_until` are ISO dates at the precision at which they are known
    ("2021", "2021-06", "2021-06-13").  `until` is None while the end is not known; then the person
    was still in office on `known_until` (None: on no later day than the first), which says nothing
    about the days after it.
    """

    office: str
    person: Person
    since: str | None
    until: str | None
    known_until: str | None = None
    after: str | None = None  #: where `since` is None: it began later than this day
    acting: bool = False
    origin: tuple[str, ...] = ()
    note: str = ""
    imported: date | None = None  #: the day the user imported it; None for shipped facts

    @property
    def first_day(self) -> date:
        """The earliest day that is taken to belong to the tenure.

        Where no start is on record, what is known to have run on some day is taken to have run
        for up to three years before it, but not longer than since `after`.
        """
        if self.since:
            return first_day(self.since)
        end = first_day(self.until or self.known_until or "1900")
        return max(_shift(end, -_UNKNOWN_START), first_day(self.after or "1900"))

    @property
    def last_day(self) -> date:
        """The latest day that is known, or may be known, to belong to the tenure."""
        end = self.until or self.known_until or self.since
        return last_day(end) if end else date.min

    def may_cover(self, day: date, margin: int = 0) -> bool:
        """Whether `day` can lie in the tenure, dates taken at their precision.

        `margin` days are added at both ends.
        """
        return _shift(self.first_day, -margin) <= day <= _shift(self.last_day, margin)

    def overrules(self, other: Tenure) -> bool:
        """Return whether this, which the user imported, stands for a shipped one about that time.

        Dates are compared with a year to spare: wrong ones are seldom further off.
        """
        ours, theirs = _shift(self.first_day, -366), _shift(other.first_day, -366)
        near = ours <= other.last_day and theirs <= self.last_day
        same = match_names(self.person.name, other.person.names).same
        return near and same and other.imported is None

    def surely_covers(self, day: date) -> bool:
        """Whether `day` lies in the tenure whichever days its dates mean."""
        if not self.since:
            return False
        end = self.until or self.known_until
        return bool(end) and last_day(self.since) <= day <= first_day(end or "")


def last_seen_of(tenures: Sequence[Tenure], day: date) -> tuple[Tenure, ...]:
    """Return those of an office's tenures that were still running when last seen before `day`.

    Empty when anybody is known to have held the office on `day` or to have begun in between.
    """
    if any(t.may_cover(day) for t in tenures):
        return ()
    before = [t for t in tenures if t.last_day < day]
    newest = max((t.first_day for t in before), default=None)
    return tuple(t for t in before if t.until is None and t.first_day == newest)


def gaps_of(tenures: Sequence[Tenure]) -> tuple[tuple[date, date], ...]:
    """Return the days between the first and the last of some tenures that none may cover.

    Nobody is on record for them; whether there was nobody, only a complete period tells.
    """
    gaps: list[tuple[date, date]] = []
    reached = date.max
    for tenure in sorted(tenures, key=lambda each: each.first_day):
        if reached < _shift(tenure.first_day, -1):
            gaps.append((_shift(reached, 1), _shift(tenure.first_day, -1)))
        reached = tenure.last_day if reached == date.max else max(reached, tenure.last_day)
    return tuple(gaps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days, both included, on which every holder of an office is listed, and why."""

    since: date
    until: date
    because: str


def first_day(words: str) -> date:
    """Return the first day of an ISO day, month or year."""
    return date.fromisoformat(words + ("-01-01", "", "", "-01", "", "", "")[len(words) - 4])


def last_day(words: str) -> date:
    """Return the last day of an ISO day, month or year."""
    if len(words) == 10:
        return date.fromisoformat(words)
    if len(words) == 4:
        return date(int(words), 12, 31)
    year, month = int(words[:4]), int(words[5:7])
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _shift(day: date, days: int) -> date:
    """Return the day so many days on; the first or last of the calendar where it has none."""
    return date.fromordinal(min(max(1, day.toordinal() + days), date.max.toordinal()))
