"""Records and answers as HTML for notebooks: escaped, bounded, without script, in light and dark.

Nothing has a colour but verdicts, which bring their own ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from html import escape
from itertools import compress, islice
from typing import Any

from tocsin.publish.sitrep import build_sitrep
from tocsin.publish.view import Item, Section
from tocsin.publish.visible import on_one_line
from tocsin.records import Report, Verdict
from tocsin.store.frames import Tabular
from tocsin.store.kinds import KINDS
from tocsin.store.kinds.kind import Cell, Kind, Part, Role, joined

#: Rows of an answer that are shown, and items below one record.
_SHOWN = 20

#: Longer words are cut: the record has all of them.
_LONGEST = 240

_GROUNDS: Mapping[str, str] = {
    Verdict.CONTRADICTED: "#b3261e",
    Verdict.UNSURE: "#8a5a00",
    Verdict.HOLDS: "#1e6b34",
    Verdict.NO_RECORD: "#2c5d8f",
}


#: Sections of a report that are open from the start.
_OPEN = (Verdict.CONTRADICTED, Verdict.UNSURE)


def render(shown: Any) -> str:
    """Return a report, an answer, or a record of either as HTML."""
    if isinstance(shown, Report):
        return _report(shown)
    if isinstance(shown, Tabular):
        return _answer(shown)
    kind = next((each for each in KINDS if each.yields is type(shown)), None)
    return _fields(shown) if kind is None else _record(kind, shown)


def _report(report: Report) -> str:
    """Return the head of the sitrep, and its sections, which unfold."""
    sitrep = build_sitrep(report)
    tallies = ", ".join(f"{each.number} {each.words}" for each in sitrep.tallies)
    sections = "".join(_section(each) for each in sitrep.sections if each.items)
    return (
        f"<div><b>{_clean(sitrep.title)}</b> ({_clean(', '.join(sitrep.about))})"
        f"<p>{_clean(sitrep.opening)}</p><p>{_clean(tallies)}</p>{sections}</div>"
    )


def _section(section: Section) -> str:
    items = "".join(f"<li>{_item(each)}</li>" for each in section.items[:_SHOWN])
    begins = "<details open>" if section.key in _OPEN else "<details>"
    head = f"{_clean(section.title)} ({len(section.items):,})"
    return f"{begins}<summary>{head}</summary><ol>{items}</ol></details>"


def _item(item: Item) -> str:
    words = "".join(f"<br><q>{_clean(quote.words)}</q>" for quote in item.quotes[:1])
    return f"{_badge(item.badge.text, item.badge.tone)} {_clean(item.headline)}{words}"


def _answer(answer: Tabular) -> str:
    """Return the first records as a table under the question, with how many there are."""
    wanted = [column.in_notebooks for column in answer.columns]
    head = "".join(f"<th>{escape(column.name)}</th>" for column in compress(answer.columns, wanted))
    found = [compress(row, wanted) for row in answer.head(_SHOWN).rows()]
    rows = "".join(
        f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in found
    )
    shown, total = len(found), answer.count()
    number = f"{total:,}" if shown == total else f"the first {shown:,} of {total:,}"
    return (
        f"<div><code>{_clean(repr(answer))}</code> ({number})"
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
        f"<tr><th>{escape(name)}</th><td>{_cell(cell)}</td></tr>"
        for name, cell in cells
        if cell is not None
    )
    return f"<table><tbody>{rows}</tbody></table>"


def _line(cell: Cell) -> str:
    parts = cell if isinstance(cell, tuple) else (cell,)
    return " ".join(
        f"<q>{_clean(part.text)}</q>"
        if isinstance(part, Part) and part.role is Role.QUOTED
        else _clean(str(part.text if isinstance(part, Part) else part))
        for part in parts
    )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    text = str(value)
    return _badge(text, text) if text in _GROUNDS else f"<bdi>{_clean(text)}</bdi>"


def _badge(text: str, tone: str) -> str:
    """Return bold text, of a verdict white on its own colour: notebooks are light or dark."""
    ground = _GROUNDS.get(tone)
    style = f' style="background: {ground}; color: #fff; padding: 0 .3em"' if ground else ""
    return f"<b{style}>{_clean(text)}</b>"


def _clean(text: str) -> str:
    """Return `text` as HTML text: nothing in it steers the page or misleads the eye."""
    words = on_one_line(text)
    return escape(words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…")
