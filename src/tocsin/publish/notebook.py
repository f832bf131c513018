"""Records and results as HTML for notebooks: escaped, bounded, with the colours of the verdicts."""

from __future__ import annotations

import sys
from functools import partial
from html import escape
from itertools import islice
from typing import Any

from tocsin.publish.visible import on_one_line
from tocsin.records import Verdict
from tocsin.store.frames import row_of
from tocsin.store.handle import Results
from tocsin.store.kinds import KINDS
from tocsin.store.kinds.kind import Cell, Kind, Part, Role

#: Rows of an answer that are shown, and items below one record.
_SHOWN = 20

#: Longer words are cut: the record has all of them.
_LONGEST = 240

_COLOURS = {
    Verdict.CONTRADICTED: "#b3261e",
    Verdict.UNSURE: "#8a5a00",
    Verdict.HOLDS: "#1e6b34",
    Verdict.NO_RECORD: "#2c5d8f",
}


def render_results(results: Results[Any]) -> str:
    """Return the first records as a table under the question, with how many there are."""
    kind = results.kind
    columns = tuple(column for column in kind.columns if column.in_notebooks)
    found = [row_of(each, columns) for each in results.head(_SHOWN).found()]
    head = "".join(f"<th>{escape(column.name)}</th>" for column in columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in found
    )
    shown, total = len(found), results.count()
    number = f"{total:,}" if shown == total else f"the first {shown:,} of {total:,}"
    return (
        f"<div><code>{_clean(repr(results))}</code> ({number})"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def render_record(kind: Kind[Any], record: Any) -> str:
    """Return one record of a kind as HTML: its flat row, and below it what the kind lists there."""
    found = kind.found(record)
    cells = ((column.name, column.value(found)) for column in kind.columns)
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{_cell(cell)}</td></tr>"
        for name, cell in cells
        if cell is not None
    )
    details = "".join(f"<li>{_line(cell)}</li>" for cell in islice(kind.details(found), _SHOWN))
    after = f"<ol>{details}</ol>" if details else ""
    return f"<div><table><tbody>{rows}</tbody></table>{after}</div>"


def show_records() -> None:
    """In IPython and Jupyter, let the records that stores answer with show as HTML."""
    if "IPython" not in sys.modules:
        return
    shell = sys.modules["IPython"].get_ipython()
    if shell is not None:
        html = shell.display_formatter.formatters["text/html"]
        for kind in KINDS:
            html.for_type(kind.yields, partial(render_record, kind))


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
    text = _clean(str(value))
    if value in set(Verdict):
        return f'<b style="color: {_COLOURS[Verdict(value)]}">{text}</b>'
    return f"<bdi>{text}</bdi>"


def _clean(text: str) -> str:
    """Return `text` as HTML text: nothing in it steers the page or misleads the eye."""
    words = on_one_line(text)
    return escape(words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…")
