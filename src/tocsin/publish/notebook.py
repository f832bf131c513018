"""Records and answers as HTML for notebooks: escaped, bounded, without script, in light and dark.

Nothing has a colour but verdicts, which bring their own ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from html import escape
from itertools import compress, islice
from typing import Any

from tocsin.publish.brief.view import View, build_view
from tocsin.publish.sitrep import build_sitrep
from tocsin.publish.view import Item, Section, Sitrep
from tocsin.publish.visible import on_one_line, shortened
from tocsin.records import Report, Verdict
from tocsin.store.frames import Tabular
from tocsin.store.kinds import KINDS
from tocsin.store.kinds.kind import Cell, Kind, Part, Role, joined
from tocsin.watch.brief.records import Brief

#: Rows of an answer that are shown, and items below one record.
_SHOWN = 20

#: Longer words of an article are cut, and so is what Tocsin says: the record has all of it.
_LONGEST, _LONGEST_SAID = 240, 1_000

_GROUNDS: Mapping[str, str] = {
    Verdict.CONTRADICTED: "#b3261e",
    Verdict.UNSURE: "#8a5a00",
    Verdict.HOLDS: "#1e6b34",
    Verdict.NO_RECORD: "#2c5d8f",
}


#: Sections of a report that are open from the start.
_OPEN = (Verdict.CONTRADICTED, Verdict.UNSURE)


def render(shown: Any) -> str:
    """Return a report, a brief, an answer, or a record as HTML."""
    if isinstance(shown, Report):
        return _report(shown)
    if isinstance(shown, Brief):
        return _page(view := build_view(shown), view.opening)
    if isinstance(shown, Tabular):
        return _answer(shown)
    kind = next((each for each in KINDS if each.yields is type(shown)), None)
    return _fields(shown) if kind is None else _record(kind, shown)


def _report(report: Report) -> str:
    sitrep = build_sitrep(report)
    tallies = ", ".join(f"{each.number} {each.words}" for each in sitrep.tallies)
    return _page(sitrep, (sitrep.opening, tallies))


def _page(view: Sitrep | View, opening: Iterable[str]) -> str:
    """Return the head of a page, and its sections, which unfold; open questions are notes."""
    told = "".join(f"<p>{_clean(each)}</p>" for each in opening)
    shown = (each for each in view.sections if each.items or each.key == "questions")
    head = f"<b>{_words(view.title)}</b> ({_clean(', '.join(view.about))})"
    return f"<div>{head}{told}{''.join(map(_section, shown))}</div>"


def _section(section: Section) -> str:
    """Return a section that unfolds, of its items, or of its notes where it has none."""
    lines = [*map(_item, section.items)] or [*map(_clean, section.notes)]
    items = "".join(f"<li>{each}</li>" for each in lines[:_SHOWN])
    begins = "<details open>" if section.key in _OPEN else "<details>"
    head = f"{_clean(section.title)} ({len(lines):,})"
    return f"{begins}<summary>{head}</summary><ol>{items}</ol></details>"


def _item(item: Item) -> str:
    words = "".join(f"<br><q>{_words(quote.words)}</q>" for quote in item.quotes[:1])
    return f"{_badge(item.badge.text, item.badge.tone)} {_clean(item.headline)}{words}"


def _answer(answer: Tabular) -> str:
    """Return the first records as a table under the question, with how many there are."""
    wanted = [column.in_notebooks for column in answer.columns]
    names = [column.name for column in compress(answer.columns, wanted)]
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    found = [compress(row, wanted) for row in answer.head(_SHOWN).rows()]
    told = (map(_cell, names, row) for row in found)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in told)
    shown, total = len(found), answer.count()
    number = f"{total:,}" if shown == total else f"the first {shown:,} of {total:,}"
    return (
        f"<div><code>{_words(repr(answer))}</code> ({number})"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _record(kind: Kind[Any], record: Any) -> str:
    """Return one record of a kind: its flat row, and below it what the kind lists there."""
    found = kind.found(record)
    details = "".join(f"<li>{_line(cell)}</li>" for cell in islice(kind.details(found), _SHOWN))
    after = f"<ol>{details}</ol>" if details else ""
    cells = ((column.name, column.value(found)) for column in kind.columns)
    return f"<div>{_rows(cells)}{after}</div>"


def _fields(record: Any) -> str:
    """Return a record of a report, field by field."""
    cells = ((each.name, _flat(getattr(record, each.name))) for each in fields(record))
    return f"<div>{_rows(cells)}</div>"


def _flat(value: Any) -> Any:
    """Return a value as one cell: words by offsets, records by their names, several joined."""
    if isinstance(value, tuple) and [*map(type, value)] == [int, int]:
        return f"{value[0]}–{value[1]}"
    if isinstance(value, tuple | list):
        return joined(str(_flat(each)) for each in value)
    if isinstance(value, Mapping):
        return joined(f"{name}: {_flat(each)}" for name, each in value.items())
    if is_dataclass(value):
        held = (getattr(value, each.name) for each in fields(value))
        return getattr(value, "name", None) or joined(str(_flat(each)) for each in held if each)
    return value


def _rows(cells: Iterable[tuple[str, Any]]) -> str:
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{_cell(name, cell)}</td></tr>"
        for name, cell in cells
        if cell is not None
    )
    return f"<table><tbody>{rows}</tbody></table>"


def _line(cell: Cell) -> str:
    parts = cell if isinstance(cell, tuple) else (cell,)
    return " ".join(
        f"<q>{_words(part.text)}</q>"
        if isinstance(part, Part) and part.role is Role.QUOTED
        else _clean(str(part.text if isinstance(part, Part) else part))
        for part in parts
    )


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    text = str(value)
    if text in _GROUNDS:
        return _badge(text, text)
    return f"<bdi>{_clean(text) if name == 'sentence' else _words(text)}</bdi>"


def _badge(text: str, tone: str) -> str:
    """Return bold text, of a verdict white on its own colour: notebooks are light or dark."""
    ground = _GROUNDS.get(tone)
    style = f' style="background: {ground}; color: #fff; padding: 0 .3em"' if ground else ""
    return f"<b{style}>{_clean(text)}</b>"


def _words(text: str) -> str:
    """Return words that may be an article's as HTML text."""
    return _clean(text, _LONGEST)


def _clean(text: str, most: int = _LONGEST_SAID) -> str:
    """Return `text` as HTML text: nothing in it steers the page or misleads the eye."""
    return escape(shortened(on_one_line(text), most))
