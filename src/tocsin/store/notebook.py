"""Records and results as HTML for notebooks: escaped, bounded, with the colours of the verdicts."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from html import escape
from typing import Any

from tocsin.records import Actor, ReportedEvent, Verdict
from tocsin.store.found import (
    FoundArticle,
    FoundClaim,
    FoundEvent,
    FoundFinding,
    FoundQuotation,
    FoundSpeaker,
    FoundStatement,
)
from tocsin.store.frames import COLUMNS, row_of

#: Longer words are cut: the record has all of them.
_LONGEST = 240

_COLOURS = {
    Verdict.CONTRADICTED: "#b3261e",
    Verdict.UNSURE: "#8a5a00",
    Verdict.HOLDS: "#1e6b34",
    Verdict.NO_RECORD: "#2c5d8f",
}

#: The columns of `COLUMNS` that fit the width of a notebook.
_SHOWN = {
    FoundEvent: (
        *("day", "actors", "type", "mode", "recipients", "status", "place"),
        *("reports", "independent", "contradicted", "reliability", "credibility", "told", "outlet"),
    ),
    FoundStatement: ("day", "speaker", "office", "stance", "manner", "said", "outlet"),
    FoundQuotation: ("first", "speaker", "office", "said", "articles", "outlet"),
    FoundFinding: ("day", "check", "verdict", "sentence", "outlet"),
    FoundClaim: ("day", "name", "office", "country", "verdict", "outlet"),
    FoundSpeaker: ("name", "office", "country", "statements", "articles", "last", "verdict"),
    FoundArticle: ("published", "outlet", "title", "url", "id"),
}

_FOUND = (FoundStatement, FoundQuotation, FoundFinding, FoundClaim, FoundSpeaker, FoundArticle)


def render_results(asked: str, found: list[Any], kind: type, total: int) -> str:
    """Return the records `found` as a table under the question, with how many there are."""
    columns = [c for c in COLUMNS[kind] if c.name in _SHOWN.get(kind, ()) or kind not in _SHOWN]
    head = "".join(f"<th>{escape(column.name)}</th>" for column in columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row_of(each, tuple(columns)))}</tr>"
        for each in found
    )
    return (
        f"<div><code>{_clean(asked)}</code> {_number(len(found), total)}"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def render_record(record: Any) -> str:
    """Return one record that a query yields as HTML: its flat row, an event with its tellings."""
    if isinstance(record, ReportedEvent):
        found: Any = FoundEvent(event=record)
        after = _tellings(record)
    else:
        found, after = record, ""
    rows = "".join(
        f"<tr><th>{escape(column.name)}</th><td>{_cell(column.value(found))}</td></tr>"
        for column in COLUMNS[type(found)]
        if column.value(found) is not None
    )
    return f"<div><table><tbody>{rows}</tbody></table>{after}</div>"


def show_records() -> None:
    """In IPython and Jupyter, let the records that queries yield show as HTML."""
    if "IPython" not in sys.modules:
        return
    shell = sys.modules["IPython"].get_ipython()
    if shell is not None:
        html = shell.display_formatter.formatters["text/html"]
        for kind in (ReportedEvent, *_FOUND):
            html.for_type(kind, render_record)


def _tellings(event: ReportedEvent) -> str:
    rows = "".join(
        f"<li>{_clean(', '.join(telling.outlets) or 'no outlet')}"
        f" ({telling.published or 'no day'}, voice {telling.voice}, {telling.event.status}"
        f"{_speaker(telling.speaker)}): <q>{_clean(telling.told)}</q></li>"
        for telling in event.tellings[:20]
    )
    return f"<ol>{rows}</ol>"


def _speaker(speaker: Actor | None) -> str:
    return f", says {_clean(speaker.name)}" if speaker else ""


def _number(shown: int, total: int) -> str:
    return f"({total:,})" if shown == total else f"(the first {shown:,} of {total:,})"


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
    shown: Iterable[str] = (
        c if c.isprintable() or c in "\t\n" else f"[U+{ord(c):04X}]" for c in text
    )
    words = " ".join("".join(shown).split())
    return escape(words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…")
