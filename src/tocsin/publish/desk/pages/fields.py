"""Fields: the filters of a list as a form: what can be chosen, what was given, what was wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.shown import spelled
from tocsin.lexicons.tables import listed, read_records
from tocsin.publish.desk.asking import Question
from tocsin.publish.desk.problems import Problem, problem_of
from tocsin.reference.countries import load_countries
from tocsin.store.facets import Facet
from tocsin.store.kinds.kind import Filter

_YES_OR_NO = {"true": "yes", "false": "no"}

#: Filters whose values are codes of countries.
_COUNTRIES = ("actor", "recipient", "country")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One filter in the form."""

    name: str
    title: str
    help: str
    placeholder: str
    value: str  #: as it was given
    type: str  #: "date", or "text" where what was given is none
    options: tuple[tuple[str, str], ...]  #: all that can be chosen, with its words; () where more
    suggestions: tuple[str, ...]  #: some of what there is
    problem: Problem | None
    in_sight: bool

    @property
    def shown(self) -> str:
        """The value in words."""
        return dict(self.options).get(self.value, self.value)


def fields_of(
    question: Question, faults: Mapping[str, ValueNotUnderstood], facets: Iterable[Facet]
) -> list[Field]:
    """Return the fields of a form that asks `question`, with suggestions from its `facets`."""
    known = {each.name: tuple(v.value for v in each.values) for each in facets}
    in_sight = shown_of(question.kind.name).filters
    fields = []
    for each in question.kind.filters:
        value, fault = question.given.get(each.name, ""), faults.get(each.name)
        options = _options(each, value)
        fields.append(
            Field(
                name=each.name,
                title=spelled(each.name),
                help=each.help,
                placeholder=each.metavar.lower(),
                value=value,
                type="date" if each.kind == "day" and _is_day(value) else "text",
                options=options,
                suggestions=() if options else known.get(each.name, ()),
                problem=problem_of(fault) if fault else None,
                in_sight=each.name in in_sight,
            )
        )
    return fields


def _options(asked: Filter, value: str) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen; what was given stays, also where it is none of it."""
    words = asked.vocabulary() if asked.metavar else tuple(_YES_OR_NO)
    known = tuple((each, name_value(asked.name, each)) for each in words)
    if not known or not value:
        return known
    meant = next((each for each, _ in known if each.lower() == value.lower()), None)
    return known if meant == value else ((value, value), *known)


def name_value(name: str, value: str) -> str:
    """Return what pages call the `value` of a filter, or of a facet, of that name."""
    if name in _COUNTRIES:
        return load_countries().name_of(value)
    return spelled(_YES_OR_NO.get(value, value))


def _is_day(value: str) -> bool:
    """Tell whether a browser shows the value in a field for days, which leaves others empty."""
    try:
        return not value or date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list of a kind says it is, and the filters that it shows at once."""

    about: str
    filters: tuple[str, ...]
    without: str  #: what is said where the store has none


@cache
def shown_of(kind: str) -> Listed:
    """Return what `data/lists.tsv` says of a kind."""
    rows = read_records("publish/desk/data/lists.tsv")
    row = next(each for each in rows if each["kind"] == kind)
    return Listed(row["about"], tuple(listed(row["filters"])), row["without"])
