"""The mould of a kind of answer: what is asked, where it is found, what every face shows of it.

A kind only declares.  The command line, the handle, frames, CSV and exports, the screen and the
notebook go over `KINDS` and take from each what they need; colours and quotation marks are theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import reduce
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal, refusal_among
from tocsin.records import Verdict, to_json
from tocsin.store.fromjson import from_json
from tocsin.store.orders import Order
from tocsin.store.tables import Connection

if TYPE_CHECKING:
    from tocsin.store.cursors import Place, Slice

_Record = TypeVar("_Record")


def value_at(path: str) -> Callable[[Any], Any]:
    """Return what follows the attributes of `path` ("statement.speaker.name"); None ends it.

    Of several things a number takes one ("prints.0"), an attribute that of each ("actors.name"),
    and "len" says how many they are.  Paths in braces stand in a text ("{0.first} of {0.all}").
    """
    if "{" in path:
        return path.format
    names = path.split(".")
    return lambda found: reduce(_step, names, found)


def _step(found: Any, name: str) -> Any:
    if not isinstance(found, tuple):
        return None if found is None else getattr(found, name)
    if name == "len":
        return len(found)
    if name.lstrip("-").isdecimal():
        return next(iter(found[int(name) :]), None)
    several = (getattr(each, name) for each in found)
    return tuple(v for each in several for v in (each if isinstance(each, tuple) else (each,)))


def joined(values: Iterable[str | None]) -> str | None:
    """Return what there is of `values`, each once, divided by ``"; "``; None for nothing."""
    return "; ".join(dict.fromkeys(value for value in values if value)) or None


#: What a flat cell of each kind says of several things.
_FLAT: Mapping[str, Callable[[tuple[Any, ...]], Any]] = {"text": joined, "integer": len}


# --------------------------------------------------------------------------- what is asked


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that can be asked: an option of the command and a keyword of the method."""

    name: str
    read: Callable[[str, Any], Any]  #: what a user gave, by the name of the filter, to its value
    help: str
    asks: Callable[[Connection, Any], Any]  #: the value to what the kind's source takes
    metavar: str  #: what help calls the value; empty for a yes or no
    kind: str = "text"  #: of value, as of a `Column`: "text", "integer", "real", "flag" or "day"
    vocabulary: Callable[[], tuple[str, ...]] = tuple  #: what it is one of, if of few
    names: str | None = None  #: a column of the store that has the values, in SQL

    @property
    def option(self) -> str:
        """Its name on a command line, without the dashes before it."""
        return self.name.replace("_", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One thing that answers can be counted by, and where the value of a record stands, in SQL."""

    name: str  #: of the filter that a value is given to
    table: str
    key: str
    value: str
    label: str  #: a query for the names of values that are keys, or ""


class Source(Protocol):
    """Where the records of a kind are found."""

    def find(
        self, connection: Connection, parts: list[Any], piece: Slice
    ) -> Iterator[tuple[Place, Any]]:
        """Yield what of a list fulfils all `parts`, which filters ask for, each with its place."""
        ...

    def count(self, connection: Connection, parts: list[Any], piece: Slice) -> int:
        """Return how many `find` would yield."""
        ...


# --------------------------------------------------------------------------- what is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the flat table: its name, kind of value, meaning, and where it comes from."""

    name: str
    kind: str  #: "text", "integer", "real", "flag" or "day"
    help: str
    value: Callable[[Any], Any]
    in_notebooks: bool = False  #: whether it fits the width of a notebook


def column(kind: str, name: str, help: str, path: str, in_notebooks: bool) -> Column:
    """Return a column with what lies at `path`.

    Of several things text names each, and a whole number says how many they are.
    """
    taken = value_at(path)

    def cell(found: Any) -> Any:
        held = taken(found)
        return _FLAT[kind](held) if isinstance(held, tuple) else held

    return Column(name=name, kind=kind, help=help, value=cell, in_notebooks=in_notebooks)


class Role(Enum):
    """What a part of a cell is, for the face that gives it its colour."""

    QUOTED = auto()  #: words of an article
    ALARM = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """Text with a role."""

    text: str
    role: Role


#: What stands in one cell of a screen; of several lines the later ones are the less important.
Line = str | int | date | Verdict | Part | None
Cell = Line | tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One column on a screen."""

    title: str
    width: int  #: with less it is no use, unless what is in it is shorter
    cell: Callable[[Any], Cell]
    share: int  #: of the width that is left over
    drop: int  #: the columns with the highest numbers go first when the screen is narrow
    marks: tuple[tuple[str, str], ...] = ()  #: a mark that may stand in it, or "", and its meaning


# --------------------------------------------------------------------------- a kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[_Record]):
    """One kind of answer."""

    name: str  #: of the command and of the method
    summary: str  #: for ``--help``: what the command lists, in which order
    more: str = ""  #: for ``--help``: what else must be known
    examples: tuple[str, ...]  #: for ``--help``, without program, command and store
    filters: tuple[Filter, ...]
    fits: Callable[[Mapping[str, Any]], None] = lambda _: None  #: refuses what excludes each other
    supposed: Callable[[Mapping[str, Any]], dict[str, Any]] = lambda _: {}  #: of what is not given
    orders: tuple[Order, ...] = ()  #: in which it can be listed, the usual one first
    facets: tuple[Counted, ...] = ()  #: what answers can be counted by
    source: Source
    yields: type[_Record]  #: the records that users get
    record: Callable[[Any], _Record] = lambda found: found  #: the record in what the source found
    found: Callable[[_Record], Any] = lambda record: record  #: and back, with nothing beside it
    columns: tuple[Column, ...]  #: of frames, pipes, CSV and Parquet
    details: Callable[[Any], Iterable[Cell]] = lambda _: ()  #: below one record in a notebook
    screen: tuple[Shown, ...]
    as_object: Callable[[Any], dict[str, Any]] = to_json  #: under the names of `tocsin.records`
    of_object: Callable[[Any], _Record] | None = None  #: and back; None: `from_json` does it
    object_type: type | None = None  #: the class whose JSON objects are; None: `yields`
    table: str  #: its name in exports

    @property
    def members(self) -> type:
        """The class that says which members an object of this kind has, and of which types."""
        return self.object_type or self.yields

    def read_object(self, data: Any) -> _Record:
        """Return the record that `as_object` made `data` of.

        Raises:
            StoreError: it is none of this kind.
        """
        return self.of_object(data) if self.of_object else from_json(self.yields, data)

    def read_filters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of the filters that are `given`, and what the kind supposes beside.

        One of None asks for nothing.

        Raises:
            ValueNotUnderstood: there is no such filter, or the value is none that it can have.
        """
        readers = {each.name: each.read for each in self.filters}
        for name in given.keys() - readers.keys():
            raise refusal_among(ValueNotUnderstood, "no_such_filter", name, readers)
        values = {
            name: readers[name](name, value) for name, value in given.items() if value is not None
        }
        since, until = values.get("since"), values.get("until")
        if since and until and since > until:
            raise refusal(ValueNotUnderstood, "days_reversed", f"{since} to {until}")
        self.fits(values)
        return self.supposed(values) | values

    def parts(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Return what the values that `read_filters` returned ask of the source."""
        given = (each for each in self.filters if each.name in values)
        parts = (each.asks(connection, values[each.name]) for each in given)
        return [part for part in parts if part is not None]
