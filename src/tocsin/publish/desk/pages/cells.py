"""Cells: what a kind shows on a screen, for tables of a page: lines with a class, and links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.publish.desk import links
from tocsin.publish.visible import in_quotation_marks, on_one_line, shortened
from tocsin.records import Verdict
from tocsin.store.kinds.kind import Cell, Kind, Line, Part, Role

#: Longer words are cut in the middle; the page of the record has all of them.
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of a cell: its text, fit to be shown, and its class."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a list: its cells, each of lines, and where its page is, if it has one."""

    cells: tuple[tuple[Shown, ...], ...]
    href: str | None


def rows_of(kind: Kind[Any], found: Iterable[Any]) -> Iterator[Row]:
    """Yield a row for each record that was found."""
    address = _ADDRESSES.get(kind.name, lambda _: None)
    for each in found:
        cells = tuple(tuple(_lines(column.cell(each))) for column in kind.screen)
        yield Row(cells, address(each))


def _lines(cell: Cell) -> Iterator[Shown]:
    for line in cell if isinstance(cell, tuple) else (cell,):
        if line is not None and line != "":
            yield Shown(_text(line), _tone(line))


def _text(line: Line) -> str:
    if isinstance(line, Part):
        words = shortened(on_one_line(line.text), _LONGEST)
        return in_quotation_marks(words) if line.role is Role.QUOTED else words
    if isinstance(line, int):
        return f"{line:,}"
    return (
        on_one_line(str(line)).replace("_", " ")
        if isinstance(line, Verdict)
        else on_one_line(str(line))
    )


def _tone(line: Line) -> str:
    if isinstance(line, Part):
        return "quoted" if line.role is Role.QUOTED else "tone-contradicted"
    if isinstance(line, Verdict):
        return f"verdict tone-{line}"
    return "number" if isinstance(line, int) else "plain"


#: By kind, the address of the page of what was found; kinds without a page of their own have none.
_ADDRESSES: Mapping[str, Callable[[Any], str | None]] = {
    "events": lambda found: links.to_event(found.event.id),
}
