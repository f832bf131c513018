"""Questions as addresses ask them: one reading of a query string, for pages and for JSON.

Names are those of the filters, which the command line and the methods of a store have too, and
beside them `sort`, `limit` and `after`.  What is given empty is not given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.store.asked import read_limit
from tocsin.store.handle import Results, Store
from tocsin.store.kinds.kind import Filter, Kind

#: Records of one page, unless told otherwise, and at most.
PAGE, MOST = 50, 1_000

_YES_OR_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

#: What an address asks beside filters.
_BESIDE = ("sort", "limit", "after")


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks of one kind."""

    kind: Kind[Any]
    given: Mapping[str, str]  #: filters as they were given, without those given empty
    limit: int | None  #: None: all there are
    after: str | None
    sort: str | None = None

    def of(self, store: Store) -> Results[Any]:
        """Return the answer of `store`.

        Raises:
            ValueNotUnderstood: there is no such filter, or the value is none that it can have.
        """
        filters = {each.name: each for each in self.kind.filters}
        asked = {name: _value(filters.get(name), value) for name, value in self.given.items()}
        return Results(store, self.kind, asked, self.limit, self.after, self.sort)

    def faults(self) -> dict[str, ValueNotUnderstood]:
        """Return why filters cannot have their values, by name; what is left alone can be asked."""
        found = {}
        for each in self.kind.filters:
            try:
                if each.name in self.given:
                    each.read(each.name, _value(each, self.given[each.name]))
            except ValueNotUnderstood as error:
                found[each.name] = error
        return found

    def address(self, **changed: str | int | None) -> str:
        """Return the query string of this question with some of it changed; None takes it out."""
        limit = None if self.limit == PAGE else self.limit
        beside = {"sort": self.sort, "limit": limit, "after": self.after}
        asked = {**self.given, **beside, **changed}
        return "?" + urlencode({name: value for name, value in asked.items() if value is not None})


def read_question(kind: Kind[Any], asked: Iterable[tuple[str, str]], most: int = MOST) -> Question:
    """Return the question that the pairs of a query string ask of `kind`, for `most` records.

    Raises:
        ValueNotUnderstood: a name stands twice, or the limit is none.  Names and values of filters
            are looked at when the question is asked.
    """
    given = read_given(asked)
    sort, limit, after = (given.pop(name, None) for name in _BESIDE)
    number = PAGE if limit is None else read_limit("limit", limit, 1, most)
    return Question(kind, given, number, after, sort)


def read_given(asked: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the values of a query string by their names, without what is given empty.

    Raises:
        ValueNotUnderstood: a name stands twice.
    """
    given: dict[str, str] = {}
    for name, value in asked:
        if name in given:
            raise refusal(ValueNotUnderstood, "asked_twice", value, name=name)
        if value.strip():
            given[name] = value
    return given


def read_yes_or_no(name: str, given: str) -> bool:
    """Return what an address says of something that has no value of its own."""
    try:
        return _YES_OR_NO[given.strip().lower()]
    except KeyError:
        raise refusal(ValueNotUnderstood, "no_yes_or_no", given, name=name) from None


def _value(asked: Filter | None, given: str) -> str | bool:
    return given if asked is None or asked.metavar else read_yes_or_no(asked.name, given)
