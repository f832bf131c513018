"""Time lines: tenures and days on one scale, as rows of a table that can be read without them.

Places are in per cent of the width, so that a page of any width draws them anew and no letter
shrinks.  A tenure is drawn from the first to the last day that its dates may mean, and more firmly
where it is sure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tocsin.checks.wording import name_office, name_origin
from tocsin.publish.desk import links
from tocsin.publish.lookups import time_words
from tocsin.reference.offices import Reference, licence_of
from tocsin.reference.tenures import Tenure, first_day, last_day

#: Between two marks of a scale: days, then months, then years; and how many marks there may be.
_DAYS, _MONTHS, _YEARS = (1, 2, 7, 14), (1, 3, 6), (1, 2, 5, 10, 20, 50, 100)
_MOST_MARKS = 7

#: A shorter time is drawn as if it were this long.
_SHORTEST = timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True)
class Scale:
    """The days that a time line shows."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Return where a day begins, in per cent of the width."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(100 * min(max(share, 0), 1), 2)

    def marks(self) -> tuple[tuple[float, str], ...]:
        """Return places of days, months or years, and what to write there."""
        return tuple((self.at(day), words) for day, words in self._marked())

    def _marked(self) -> list[tuple[date, str]]:
        days = (self.last - self.first).days
        if step := _step(days, _DAYS):
            each = (self.first + timedelta(at) for at in range(step, days, step))
            return [(day, f"{day.day} {day:%b}") for day in each]
        numbers = range(_month(self.first) + 1, _month(self.last) + 1)
        months = [date(number // 12, number % 12 + 1, 1) for number in numbers]
        if step := _step(len(months), _MONTHS):
            return [(m, f"{m:%b %Y}") for m in months if (m.month - 1) % step == 0]
        years = [month for month in months if month.month == 1]
        step = _step(len(years), _YEARS) or _YEARS[-1]
        return [(year, str(year.year)) for year in years if year.year % step == 0]


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time."""

    x: float
    width: float
    tone: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A day."""

    x: float
    tone: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a time line: who or what, when in words, and as bars and dots."""

    label: str
    href: str | None = None
    when: str
    note: str = ""  #: more of it, where there is any
    origins: tuple[tuple[str, str], ...] = ()  #: of the fact: name and licence
    tone: str = "plain"
    bars: tuple[Bar, ...] = ()
    dots: tuple[Dot, ...] = field(default=())


def _step(number: int, steps: Sequence[int]) -> int | None:
    """Return the smallest step at which so many things have not too many marks, if there is one."""
    return next((step for step in steps if number < _MOST_MARKS * step), None)


def scale_of(days: Iterable[date], shortest: timedelta = _SHORTEST) -> Scale:
    """Return the scale on which all `days` can be drawn, with a little room at both ends."""
    known = list(days)
    first, last = min(known), max(known)
    room = max((last - first) / 40, (shortest - (last - first)) / 2)
    return Scale(_moved(first, -room), _moved(last, room))


def days_of(tenures: Iterable[Tenure]) -> list[date]:
    """Return the days at which tenures may begin and end."""
    return [day for each in tenures for day in (each.first_day, max(each.first_day, each.last_day))]


def tenure_row(reference: Reference, tenure: Tenure, scale: Scale, *, of_person: bool) -> Row:
    """Return a tenure as a row: of a person called by its office, else by its holder."""
    office, person = tenure.office, tenure.person
    return Row(
        label=name_office(reference, office) if of_person else person.name,
        href=links.to_office(office) if of_person else links.to_person(person.id),
        when=time_words(tenure),
        note=tenure.note,
        origins=_origins(tenure),
        bars=tuple(_bars(tenure, scale)),
    )


def _origins(tenure: Tenure) -> tuple[tuple[str, str], ...]:
    named = tenure.origin or (name_origin(tenure),)
    return tuple((each, licence_of(each) or "imported by the user") for each in named)


def _bars(tenure: Tenure, scale: Scale) -> Iterable[Bar]:
    yield bar(scale, tenure.first_day, tenure.last_day, "maybe")
    end = tenure.until or tenure.known_until
    if tenure.since and end and last_day(tenure.since) <= first_day(end):
        yield bar(scale, last_day(tenure.since), first_day(end), "sure")
    if not tenure.until:
        yield Bar(scale.at(tenure.last_day), 0, "beyond")


def bar(scale: Scale, first: date, last: date, tone: str) -> Bar:
    """Return the bar from a day to another; a short one is still seen."""
    x = scale.at(first)
    return Bar(x, max(round(scale.at(last) - x, 2), 0.4), tone)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _moved(day: date, by: timedelta) -> date:
    return date.fromordinal(min(max(day.toordinal() + by.days, 1), date.max.toordinal()))
