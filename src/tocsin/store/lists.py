"""Lists that the store keeps by index, and the SQL that reads one and looks a row up in the others.

Three kinds of lists: `Posted`, in the order of an index; `Searched`, by an order of days only (text
search; the articles of an outlet); `Few`, a query whose answer is small.

Names of tables, indexes and columns are this package's own; values are always parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Rank = str | int | None
Key = tuple[Rank, str]  #: what orders a row (its day), and its id
Values = tuple[Any, ...]

#: More than any day, number of statements and id.
_LAST_DAY = "9999-12-31"
_LAST_NUMBER = (1 << 27) - 2  #: what fits above the bits of a rowid; see `SEARCH_BITS`
LAST_ID = "\U0010ffff"

#: The lower bits of a rowid in a text search hold the rowid of what it is about; see schema.sql.
SEARCH_BITS = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is listed: a table, its key, the column that orders it, and the search in its words."""

    table: str
    key: str = "id"
    rank: str = "day"
    ranks: type = str  #: str (days) or int
    least: str | int = ""  #: no key is less
    search: str = ""

    @property
    def all(self) -> Posted:
        """The list of all rows."""
        index = f"{self.table}_by_{'day' if self.ranks is str else self.rank}"
        return Posted(listing=self, index=index, where="1", choices=((),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The rows of one or several values of an index, each value's in the order (rank, key)."""

    listing: Listing  #: the table that has the index: the listed one, or one beside it
    index: str
    where: str  #: calls the table ``{t}``
    choices: tuple[Values, ...]  #: the parameters of `where`, for each value
    look_up: tuple[str, str, Values] | None = None  #: other index, `where` and values for a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """The rows of a query that runs by rank, but leaves the order within one rank open.

    The query runs over `index` alone, or together with `joined`, which calls the listed table
    ``t``.
    """

    index: str
    joined: str
    where: str
    values: Values
    order: str  #: what the query runs by
    within: str  #: the condition on two parameters, the lowest and the highest rank
    unranked: str  #: the condition that there is no rank
    found: str  #: what `index` calls a row
    sought: str  #: the same for the row with the ``{key}``, the ``{rank}``, the ``{rowid}``
    probes: bool = False  #: whether one row can be looked up without gathering all
    one_each: bool = False  #: whether each row of `index` stands for one listed row


@dataclass(frozen=True, slots=True, kw_only=True)
class Few:
    """The rows whose keys a query yields; they are few, whatever the store holds."""

    keys: str
    values: Values


Condition = Posted | Searched | Few


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is listed, under which conditions, between which ranks (both ends included)."""

    listing: Listing
    conditions: tuple[Condition, ...]
    lowest: Rank = None
    highest: Rank = None
    rising: bool = False  #: the lowest ranks first; what has no rank comes last all the same

    @property
    def bounded(self) -> bool:
        """Whether rows without a rank are left out."""
        return self.lowest is not None or self.highest is not None


# --------------------------------------------------------------------------- SQL


def from_clause(question: Question, condition: Condition) -> tuple[str, str, str]:
    """Return FROM and WHERE of a list, and the two columns that are its keys."""
    listing = question.listing
    if isinstance(condition, Posted):
        own = condition.listing
        tables = f"{own.table} AS d INDEXED BY {condition.index}"
        return tables, condition.where.format(t="d"), f"d.{own.rank}, d.{own.key}"
    if isinstance(condition, Searched):
        tables = f"{condition.index} {condition.joined}"
        return tables, condition.where, f"t.{listing.rank}, t.{listing.key}"
    where = f"d.{listing.key} IN ({condition.keys})"
    return f"{listing.table} AS d", where, f"d.{listing.rank}, d.{listing.key}"


def listed_keys(question: Question, condition: Condition, choice: Values) -> tuple[str, Values]:
    """Return the query for a list between the ranks asked for."""
    tables, where, keys = from_clause(question, condition)
    sql = f"SELECT {keys} FROM {tables} WHERE {where}"  # noqa: S608
    if not question.bounded:
        return sql, choice
    lowest, highest = ends_of(question)
    if isinstance(condition, Searched):
        return f"{sql} AND {condition.within}", (*choice, lowest, highest)
    rank = keys.split(",")[0]
    return f"{sql} AND {rank} BETWEEN ? AND ?", (*choice, lowest, highest)


def ends_of(question: Question) -> tuple[Rank, Rank]:
    """Return the lowest and the highest rank asked for, or what no rank is below or above."""
    ends: tuple[Rank, Rank] = (
        ("", _LAST_DAY) if question.listing.ranks is str else (0, _LAST_NUMBER)
    )
    lowest, highest = question.lowest, question.highest
    return ends[0] if lowest is None else lowest, ends[1] if highest is None else highest


_Place = dict[str, str]  #: what SQL calls rank, key and rowid of a row


def _place(question: Question, driver: Condition) -> _Place:
    """Return the place to which a list has come; an index has the rowid of its own table."""
    rank, key = from_clause(question, driver)[2].split(", ")
    listing = question.listing
    if isinstance(driver, Posted) and driver.listing.table != listing.table:
        rowid = f"(SELECT r.rowid FROM {listing.table} AS r WHERE r.{listing.key} = {key})"  # noqa: S608
    else:
        rowid = f"{key.partition('.')[0]}.rowid"
    return {"rank": rank, "key": key, "rowid": rowid}


def held_by(
    question: Question, driver: Condition, others: Sequence[Condition]
) -> tuple[str, Values]:
    """Return the condition that a row of the list `driver` is in all the other lists."""
    place = _place(question, driver)
    held = [_holds(question, other, place) for other in others]
    sql = "".join(f" AND {condition}" for condition, _ in held)
    return sql, tuple(value for _, values in held for value in values)


def _gathered(question: Question, condition: Searched, place: _Place) -> tuple[str, Values]:
    """Return the condition that a row is among those of a search, gathered once or asked for."""
    sought = condition.sought.format_map(place)
    if condition.probes:
        probe = f"{condition.where} AND {condition.found} = {sought}"
        return f"EXISTS (SELECT 1 FROM {condition.index} WHERE {probe})", condition.values  # noqa: S608
    within, ends = (f" AND {condition.within}", ends_of(question)) if question.bounded else ("", ())
    rows = f"SELECT {condition.found} FROM {condition.index} WHERE {condition.where}{within}"  # noqa: S608
    return f"{sought} IN ({rows})", (*condition.values, *ends)


def _holds(question: Question, condition: Condition, place: _Place) -> tuple[str, Values]:
    if isinstance(condition, Few):
        return f"{place['key']} IN ({condition.keys})", condition.values
    if isinstance(condition, Searched):
        return _gathered(question, condition, place)
    if not condition.choices:
        return "0", ()
    own, index, where = condition.listing, condition.index, condition.where
    choices = condition.choices
    if condition.look_up:
        index, where, choices = *condition.look_up[:2], (condition.look_up[2],)
    one = (
        f"EXISTS (SELECT 1 FROM {own.table} AS x INDEXED BY {index}"  # noqa: S608
        f" WHERE {where.format(t='x')}"
        f" AND x.{own.rank} IS {place['rank']} AND x.{own.key} = {place['key']})"
    )
    values = tuple(value for choice in choices for value in choice)
    return f"({' OR '.join([one] * len(choices))})", values


def distinct_keys(
    question: Question, driver: Condition, others: Sequence[Condition], choice: Values
) -> tuple[str, Values]:
    """Return the query for the keys of a list, each once, that are in all the other lists."""
    sql, values = listed_keys(question, driver, choice)
    held, given = held_by(question, driver, others)
    distinct = sql.replace("SELECT", "SELECT DISTINCT", 1)
    return distinct + held, (*values, *given)


def choices_of(condition: Condition) -> tuple[Values, ...]:
    """Return the parameters of each list that the condition means."""
    return condition.choices if isinstance(condition, Posted) else (condition.values,)
