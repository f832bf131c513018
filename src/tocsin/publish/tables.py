"""What a query found, in the terminal, in a pipe, as CSV and as JSON lines.

On a screen it is a table that fits the width; in a pipe all columns of `tocsin.store.frames`, with
tabs between them and a line for each record.  Nothing from an article reaches either unescaped.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tocsin.publish.cells import defuse
from tocsin.publish.visible import in_quotation_marks, on_one_line, shortened, visible
from tocsin.records import Family, Verdict
from tocsin.store.found import (
    FoundArticle,
    FoundClaim,
    FoundEvent,
    FoundFinding,
    FoundSpeaker,
    FoundStatement,
    object_of,
)
from tocsin.store.frames import COLUMNS, Column, row_of

#: Longer words are cut in the middle: JSON and CSV have all of them.
_LONGEST = 120

_STYLES = {
    Verdict.CONTRADICTED: "bold red",
    Verdict.UNSURE: "bold yellow",
    Verdict.HOLDS: "green",
    Verdict.NO_RECORD: "cyan",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """One column on a screen."""

    title: str
    cell: Callable[[Any], str | Text]
    width: int  #: with less it is no use
    share: int = 0  #: of the width that is left over
    drop: int = 0  #: the columns with the highest numbers go first when the screen is narrow


def write_table(found: Iterable[Any], kind: type, console: Console) -> None:
    """Write `found`, all of class `kind`, as a table that fits the width of `console`."""
    columns = _fitting(_COLUMNS[kind], console.width)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        table.add_column(
            column.title,
            min_width=None if column.share else min(column.width, console.width),
            ratio=column.share or None,
            overflow="fold",
            justify="right" if column.title in _NUMBERS else "left",
        )
    for each in found:
        table.add_row(*(_text(column.cell(each)) for column in columns))
    console.print(table)


def write_lines(found: Iterable[Any], kind: type, out: TextIO) -> int:
    """Write `found` as lines with tabs between the cells, after one with the names of the columns.

    Returns how many there were.
    """
    columns = COLUMNS[kind]
    out.write("\t".join(column.name for column in columns) + "\n")
    number = 0
    for each in found:
        number += 1
        cells = (_plain(cell) for cell in row_of(each, columns))
        out.write("\t".join(on_one_line(str(cell)) for cell in cells) + "\n")
    return number


def write_csv(found: Iterable[Any], columns: tuple[Column, ...], out: TextIO) -> int:
    """Write `found` as CSV with a header, formulas defused.  Returns how many there were."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in columns)
    number = 0
    for each in found:
        number += 1
        writer.writerow(_safe(_plain(cell)) for cell in row_of(each, columns))
    return number


def write_json(found: Iterable[Any], out: TextIO) -> int:
    """Write `found` as JSON, one object a line, in ASCII so that no terminal can be steered.

    Returns how many there were.
    """
    number = 0
    for each in found:
        number += 1
        out.write(json.dumps(object_of(each)) + "\n")
    return number


def _plain(cell: Any) -> Any:
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else cell


def _safe(cell: Any) -> Any:
    return defuse(visible(cell)) if isinstance(cell, str) else cell


# --------------------------------------------------------------------------- on a screen


def _fitting(columns: tuple[_Shown, ...], width: int) -> list[_Shown]:
    """Return the columns without those that do not fit, the least important first."""
    kept = list(columns)
    while sum(column.width + 1 for column in kept) > width:
        least = max(kept, key=lambda column: column.drop)
        if least.drop == 0:
            break
        kept.remove(least)
    return kept


def _text(cell: str | Text) -> Text:
    return cell if isinstance(cell, Text) else Text(on_one_line(cell))


def _words(cell: str) -> str:
    return in_quotation_marks(shortened(on_one_line(cell), _LONGEST)) if cell else ""


def _verdict(verdict: Verdict | None) -> Text:
    if verdict is None:
        return Text("")
    return Text(str(verdict).replace("_", " "), style=_STYLES[verdict])


def _day(day: object) -> str:
    return str(day) if day else ""


def _who(found: FoundEvent) -> Text:
    event = found.event
    actors = ", ".join(dict.fromkeys(actor.name for actor in event.actors)) or "?"
    recipients = ", ".join(dict.fromkeys(actor.name for actor in event.recipients))
    parties = on_one_line(f"{actors} → {recipients}" if recipients else actors)
    told = f"\n{_words(event.tellings[0].told)}" if event.tellings else ""
    return Text.assemble(parties, (told, "dim"))


def _when(found: FoundEvent) -> str:
    event = found.event
    if event.day is None:
        return f"≤{event.until}" if event.until else ""
    return str(event.day) if event.until in (None, event.day) else f"{event.day}…"


def _status(found: FoundEvent) -> Text:
    contradicted = found.event.contradicted
    return Text(
        str(found.event.status) + " ≠" * contradicted,
        style=_STYLES[Verdict.CONTRADICTED] if contradicted else "",
    )


def _type(found: FoundEvent) -> str:
    mode = found.event.mode
    return f"{found.event.type} {mode}" if mode else found.event.type


def _place(found: FoundEvent) -> str:
    place = found.event.place
    if place is None:
        return ""
    return f"{place.name} ({place.country})" if place.country else place.name


def _reports(found: FoundEvent) -> str:
    return f"{found.event.reports}/{found.event.independent}"


def _grade(found: FoundEvent) -> str:
    return f"{found.event.grade.reliability}{found.event.grade.credibility}"


def _article(found: FoundEvent) -> str:
    tellings = found.event.tellings
    return tellings[0].articles[0] if tellings and tellings[0].articles else ""


def _print(found: Any) -> str:
    return found.prints[0].id if found.prints else ""


def _speaker(found: FoundStatement) -> str:
    speaker = found.statement.speaker
    if speaker is None:
        return "?"
    return f"{speaker.name} ({speaker.country})" if speaker.country else speaker.name


_NUMBERS = frozenset({"statements", "articles"})

_COLUMNS: dict[type, tuple[_Shown, ...]] = {
    FoundEvent: (
        _Shown(title="day", cell=_when, width=11),
        _Shown(title="who → whom, and the words", cell=_who, width=24, share=6),
        _Shown(title="type", cell=_type, width=12, share=1),
        _Shown(title="status", cell=_status, width=10),
        _Shown(title="place", cell=_place, width=12, share=1, drop=3),
        _Shown(title="rep/ind", cell=_reports, width=7, drop=1),
        _Shown(title="grade", cell=_grade, width=5, drop=2),
        _Shown(title="article", cell=_article, width=16, drop=4),
    ),
    FoundStatement: (
        _Shown(title="day", cell=lambda f: _day(f.day), width=10),
        _Shown(title="speaker", cell=_speaker, width=16, share=2),
        _Shown(title="stance", cell=lambda f: str(f.statement.stance), width=10),
        _Shown(title="naming", cell=lambda f: str(f.statement.naming), width=11, drop=1),
        _Shown(title="words", cell=lambda f: _words(f.said), width=30, share=5),
        _Shown(title="article", cell=_print, width=16, drop=2),
    ),
    FoundFinding: (
        _Shown(title="day", cell=lambda f: _day(f.day), width=10),
        _Shown(title="check", cell=lambda f: f.finding.check, width=9),
        _Shown(title="verdict", cell=lambda f: _verdict(f.finding.verdict), width=12),
        _Shown(title="sentence", cell=lambda f: f.finding.sentence, width=30, share=5),
        _Shown(title="article", cell=_print, width=16, drop=1),
    ),
    FoundClaim: (
        _Shown(title="day", cell=lambda f: _day(f.day), width=10),
        _Shown(title="name", cell=lambda f: f.claim.name or "?", width=16, share=2),
        _Shown(title="office", cell=lambda f: f.claim.office, width=20, share=3),
        _Shown(title="country", cell=lambda f: f.claim.country or "", width=7, drop=1),
        _Shown(title="verdict", cell=lambda f: _verdict(f.verdict), width=12),
        _Shown(title="article", cell=_print, width=16, drop=2),
    ),
    FoundSpeaker: (
        _Shown(title="name", cell=lambda f: f.name, width=18, share=2),
        _Shown(title="office", cell=lambda f: f.office or "", width=18, share=2, drop=2),
        _Shown(title="country", cell=lambda f: f.country or "", width=7),
        _Shown(title="statements", cell=lambda f: str(f.statements), width=10),
        _Shown(title="articles", cell=lambda f: str(f.articles), width=8, drop=1),
        _Shown(title="last", cell=lambda f: _day(f.last), width=10, drop=1),
        _Shown(title="verdict", cell=lambda f: _verdict(f.verdict), width=12),
    ),
    FoundArticle: (
        _Shown(title="day", cell=lambda f: _day(f.published), width=10),
        _Shown(title="outlet", cell=lambda f: f.outlet or "", width=14, share=1),
        _Shown(title="title", cell=lambda f: f.title or f.origin or "", width=30, share=4),
        _Shown(title="family", cell=lambda f: f.family or "", width=16, drop=1),
        _Shown(title="article", cell=lambda f: f.id, width=16),
    ),
    Family: (
        _Shown(title="family", cell=lambda f: f.id, width=16),
        _Shown(title="articles", cell=lambda f: str(len(f.articles)), width=8),
        _Shown(title="agency", cell=lambda f: f.agency or "", width=10, share=1),
        _Shown(title="why", cell=lambda f: f.because, width=30, share=4),
        _Shown(title="origin", cell=lambda f: f.origin or "", width=16, drop=1),
    ),
}
