"""Cells: what a kind shows on a screen, for tables of a page: lines with a class, and links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.lexicons.shown import spelled
from tocsin.publish.desk import links
from tocsin.publish.visible import in_quotation_marks, on_one_line, shortened
from tocsin.records import Verdict
from tocsin.store.asked import Check
from tocsin.store.kinds.findings import FoundFinding
from tocsin.store.kinds.kind import Cell, Kind, Line, Part, Role
from tocsin.store.kinds.kind import Shown as Column
from tocsin.store.kinds.series import Tally

#: Longer words are cut in the middle; the page of the record has all of them.
_LONGEST = 240

#: Columns with at least this share of the width hold sentences.
_WIDE = 3

#: By kind, the column that has no more than the id of the record, to which its row leads anyway.
_OWN_IDS = {"articles": "article", "families": "family", "judgements": "record"}

#: Ids are shown by their first digits.
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of a cell: its text, fit to be shown, and its class."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a list: its cells, each of lines, and where it and each cell leads."""

    cells: tuple[tuple[Shown, ...], ...]
    href: str | None
    links: tuple[str | None, ...]  #: of each cell; the widest leads to the page of the record
    record: str | None = None  #: its id, where it can be judged


def rows_of(kind: Kind[Any], found: Iterable[Any]) -> Iterator[Row]:
    """Yield a row for each record that was found."""
    address, record = (of.get(kind.name, lambda _: None) for of in (_ADDRESSES, _RECORDS))
    columns = _columns(kind)
    widest = max(columns, key=lambda column: column.share)
    for each in found:
        href = address(each)
        cells = [tuple(_lines(column.cell(each))) for column in columns]
        hrefs = [href if column is widest else None for column in columns]
        for place, column in enumerate(columns):
            if column.title in _IDS and cells[place]:
                key = cells[place][0].text
                hrefs[place] = _IDS[column.title](key)
                cells[place] = (Shown(_short(each, key, kind), "key"),)
        yield Row(tuple(cells), href, tuple(hrefs), record(each))


def _columns(kind: Kind[Any]) -> list[Column]:
    return [each for each in kind.screen if each.title != _OWN_IDS.get(kind.name)]


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: its title, what it or its marks mean, and the class of its width."""

    title: str
    meanings: tuple[tuple[str, str], ...]
    look: str


def headings_of(kind: Kind[Any]) -> list[Heading]:
    """Return the heads of the columns of a list."""
    return [
        Heading(
            title=each.title,
            meanings=tuple((mark or each.title, meaning) for mark, meaning in each.marks),
            look=f"{_width(each.share)} drop-{each.drop}",
        )
        for each in _columns(kind)
    ]


def _width(share: int) -> str:
    if share >= _WIDE:
        return "wide"
    return "some" if share else "tight"


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
    return spelled(line) if isinstance(line, Verdict) else on_one_line(str(line))


def _tone(line: Line) -> str:
    if isinstance(line, Part):
        return "quoted" if line.role is Role.QUOTED else "tone-contradicted"
    if isinstance(line, Verdict):
        return f"verdict tone-{line}"
    return "number" if isinstance(line, int) else "plain"


def _short(found: Any, key: str, kind: Kind[Any]) -> str:
    """Return what stands for the id of an article: its outlet, where no other column names it."""
    prints = getattr(found, "prints", ())
    outlet = next((each.outlet for each in prints if each.id == key), None)
    if outlet and all(column.title != "outlet" for column in kind.screen):
        return on_one_line(outlet)
    return key[:_DIGITS]


def _to_print(found: Any, record: str) -> str | None:
    """Return the address of the words of a record in the earliest article that prints it."""
    return links.to_article(found.prints[0].id, record) if found.prints else None


def _to_finding(found: FoundFinding) -> str | None:
    """Return the address of a finding; of one across articles that of the event it is about."""
    if found.prints or found.finding.check != Check.CONTRADICTION or not found.finding.about:
        return _to_print(found, found.id)
    return links.to_event(found.finding.about)


def _to_pair(found: Tally) -> str | None:
    both = found.actor and found.recipient
    return links.to_pair(found.actor or "", found.recipient or "") if both else None


#: By kind, the address of the page of what was found; None where there is none.
_ADDRESSES: Mapping[str, Callable[[Any], str | None]] = {
    "events": lambda found: links.to_event(found.event.id),
    "statements": lambda found: _to_print(found, found.statement.id),
    "quotations": lambda found: _to_print(found, found.quotation.statements[0]),
    "findings": _to_finding,
    "speakers": lambda found: links.to_speaker(found.key),
    "offices": lambda found: _to_print(found, found.claim.id),
    "articles": lambda found: links.to_article(found.id),
    "families": lambda found: links.to_family(found.id),
    "places": lambda found: links.to_kind("events", place=found.name, country=found.country),
    "series": _to_pair,
    "judgements": lambda found: _to_print(found, found.record),
}

#: By kind, the id of what was found, where a judge can say something of it.
_RECORDS: Mapping[str, Callable[[Any], str | None]] = {
    "events": lambda found: found.event.id,
    "statements": lambda found: found.statement.id,
    "quotations": lambda found: found.quotation.id,
    "findings": lambda found: found.id,
    "offices": lambda found: found.claim.id,
    "judgements": lambda found: found.record,
}


def records_of(kind: Kind[Any], found: Iterable[Any]) -> list[str]:
    """Return the ids of those of what was found that can be judged."""
    record = _RECORDS.get(kind.name)
    return [key for each in found if (key := record(each))] if record else []


def can_be_judged(kind: Kind[Any]) -> bool:
    """Tell whether judges say something of records of this kind."""
    return kind.name in _RECORDS


#: By title, the address that the id in a column leads to.
_IDS: Mapping[str, Callable[[str], str]] = {
    "article": links.to_article,
    "origin": links.to_article,
    "family": links.to_family,
}
