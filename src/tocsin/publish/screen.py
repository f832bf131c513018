"""What a query found, on a screen: a table that fits the width, with what its marks mean below.

Columns are as wide as what is in them, those with sentences share what is left over; columns in
which nothing stands are left out.  Nothing from an article reaches the screen unescaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tocsin.publish.visible import in_quotation_marks, on_one_line, shortened
from tocsin.records import Actor, Family, Verdict
from tocsin.store.found import (
    FoundArticle,
    FoundClaim,
    FoundEvent,
    FoundFinding,
    FoundQuotation,
    FoundSpeaker,
    FoundStatement,
)

#: Longer words are cut in the middle: JSON and CSV have all of them.
_LONGEST = 120

#: From this width on there are two spaces between columns.
_WIDE = 100

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
    width: int  #: with less it is no use, unless what is in it is shorter
    share: int = 0  #: of the width that is left over
    drop: int = 0  #: the columns with the highest numbers go first when the screen is narrow
    number: bool = False


def write_table(found: Iterable[Any], kind: type, console: Console) -> None:
    """Write `found`, all of class `kind`, as a table that fits the width of `console`."""
    every = _COLUMNS[kind]
    rows = [[_text(column.cell(each)) for column in every] for each in found]
    filled = [n for n in range(len(every)) if any(row[n].plain for row in rows)]
    columns = [every[n] for n in filled]
    rows = [[row[n] for n in filled] for row in rows]
    gap = 2 if console.width >= _WIDE else 1
    widths = _widths(columns, rows, console.width + gap, gap)
    if widths is None:
        _write_list(columns, rows, console)
    else:
        console.print(_table(columns, rows, widths, gap))
        left_out = [column.title for n, column in enumerate(columns) if n not in widths]
        console.print(_legend(kind, columns, rows, left_out), overflow="fold")


def _table(
    columns: Sequence[_Shown], rows: Sequence[Sequence[Text]], widths: dict[int, int], gap: int
) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, gap - 1, 0, 0))
    for n, width in widths.items():
        table.add_column(
            columns[n].title,
            width=width,
            overflow="fold",
            justify="right" if columns[n].number else "left",
        )
    for row in rows:
        table.add_row(*(row[n] for n in widths))
    return table


def _longest(column: _Shown, cells: Sequence[Text]) -> int:
    """Return how wide the column would be with every line of its cells on one line."""
    lines = [line.cell_len for cell in cells for line in cell.split()]
    return max(len(column.title), *lines)


def _widths(
    columns: Sequence[_Shown], rows: Sequence[Sequence[Text]], room: int, gap: int
) -> dict[int, int] | None:
    """Return the width of each column that fits into `room`; None where too little does.

    The least important columns go first; what is left over goes to the columns with a share.
    """
    longest = [_longest(column, [row[n] for row in rows]) for n, column in enumerate(columns)]
    least = [
        min(wide, max(c.width, len(c.title))) for c, wide in zip(columns, longest, strict=True)
    ]
    widths = dict(enumerate(least))
    while sum(widths.values()) + gap * len(widths) > room:
        last = max(widths, key=lambda n: columns[n].drop)
        if columns[last].drop == 0:
            return None
        del widths[last]
    left = room - sum(widths.values()) - gap * len(widths)
    while left > 0 and (wanting := [n for n in widths if widths[n] < longest[n]]):
        neediest = min(wanting, key=lambda n: (widths[n] - least[n]) / (columns[n].share or 9))
        widths[neediest] += 1
        left -= 1
    return widths


def _write_list(
    columns: Sequence[_Shown], rows: Sequence[Sequence[Text]], console: Console
) -> None:
    """Write each row as lines of a title and a cell, for a screen too narrow for a table."""
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            if cell.plain:
                line = Text.assemble((f"{column.title}: ", "bold"), cell)
                console.print(line, overflow="fold")
        console.print()


def _legend(
    kind: type, columns: Sequence[_Shown], rows: Sequence[Sequence[Text]], left_out: Sequence[str]
) -> Text:
    """Return what the columns and marks mean that are there, and which columns did not fit."""
    cells = {
        column.title: "\n".join(row[n].plain for row in rows)
        for n, column in enumerate(columns)
        if column.title not in left_out
    }
    lines = [
        f"{mark or title}: {what}"
        for title, mark, what in _LEGENDS.get(kind, ())
        if mark in cells.get(title, "") and title in cells
    ]
    if left_out:
        lines.append(f"too narrow for: {', '.join(left_out)}")
    return Text("\n".join(lines), style="dim")


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
    actors = ", ".join(dict.fromkeys(actor.name for actor in event.actors)) or "(not named)"
    recipients = ", ".join(dict.fromkeys(actor.name for actor in event.recipients))
    parties = on_one_line(f"{actors} → {recipients}" if recipients else actors)
    told = f"\n{_words(event.tellings[0].told)}" if event.tellings else ""
    return Text.assemble(parties, (told, "dim"))


def _when(found: FoundEvent) -> str:
    event = found.event
    if event.day is None:
        return f"≤{event.until}" if event.until else ""
    return str(event.day) if event.until in (None, event.day) else f"{event.day}…"


def _type(found: FoundEvent) -> Text:
    event = found.event
    status = str(event.status) + " ≠" * event.contradicted
    style = _STYLES[Verdict.CONTRADICTED] if event.contradicted else "dim"
    return Text.assemble(f"{event.type} {event.mode or ''}".strip(), (f"\n{status}", style))


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


def _outlet(found: Any) -> str:
    return (found.prints[0].outlet or "") if found.prints else ""


def _speaker(speaker: Actor | None) -> str:
    if speaker is None:
        return "(not named)"
    return f"{speaker.name} ({speaker.country})" if speaker.country else speaker.name


#: What columns mean, and marks that may stand in them: title, mark or nothing, meaning.
_LEGENDS: dict[type, tuple[tuple[str, str, str], ...]] = {
    FoundEvent: (
        ("day", "≤", "on that day or before"),
        ("day", "…", "on that day or later"),
        ("type, status", "≠", "articles contradict each other"),
        ("rep/ind", "", "texts that report it / how many of them independently"),
        (
            "grade",
            "",
            "Admiralty code: A-F how far the outlets are relied on (F: not known),"
            " 1-6 how credible the event is (6: cannot be judged)",
        ),
    ),
    FoundQuotation: (
        ("first", "", "the day of the earliest article, whose outlet and id follow"),
        ("articles", "", "how many print the words"),
    ),
    FoundFinding: (
        ("verdict", "unsure", "what there is leaves it open"),
        ("verdict", "no record", "there is nothing to check it by"),
    ),
    FoundClaim: (
        ("verdict", "", "whether the person held the office that day, by the reference"),
        ("verdict", "no record", "the reference has nothing to check it by"),
    ),
    FoundSpeaker: (
        ("verdict", "", "the worst of whether they held the offices they are given"),
        ("verdict", "no record", "the reference has nothing to check it by"),
    ),
    Family: (
        ("copies", "", "articles with the same words, one voice"),
        ("passages", "", "other articles that print a passage of them"),
    ),
}

_COLUMNS: dict[type, tuple[_Shown, ...]] = {
    FoundEvent: (
        _Shown(title="day", cell=_when, width=11),
        _Shown(title="who → whom, and the words", cell=_who, width=20, share=6),
        _Shown(title="type, status", cell=_type, width=16),
        _Shown(title="place", cell=_place, width=12, share=1, drop=3),
        _Shown(title="rep/ind", cell=_reports, width=7, drop=1),
        _Shown(title="grade", cell=_grade, width=5, drop=2),
        _Shown(title="article", cell=_article, width=16, drop=4),
    ),
    FoundStatement: (
        _Shown(title="day", cell=lambda f: _day(f.day), width=10),
        _Shown(title="speaker", cell=lambda f: _speaker(f.statement.speaker), width=16, share=2),
        _Shown(title="stance", cell=lambda f: str(f.statement.stance), width=10),
        _Shown(title="naming", cell=lambda f: str(f.statement.naming), width=11, drop=1),
        _Shown(title="words", cell=lambda f: _words(f.said), width=30, share=5),
        _Shown(title="article", cell=_print, width=16, drop=2),
    ),
    FoundQuotation: (
        _Shown(title="first", cell=lambda f: _day(f.quotation.first_published), width=10),
        _Shown(title="speaker", cell=lambda f: _speaker(f.quotation.speaker), width=16, share=2),
        _Shown(title="words", cell=lambda f: _words(f.quotation.said), width=26, share=5),
        _Shown(
            title="articles",
            cell=lambda f: str(len(f.quotation.articles)),
            width=8,
            number=True,
        ),
        _Shown(title="outlet", cell=_outlet, width=12, share=1, drop=1),
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
        _Shown(title="name", cell=lambda f: f.claim.name or "(not named)", width=16, share=2),
        _Shown(title="office", cell=lambda f: f.claim.office, width=20, share=3),
        _Shown(title="country", cell=lambda f: f.claim.country or "", width=7, drop=1),
        _Shown(title="verdict", cell=lambda f: _verdict(f.verdict), width=12),
        _Shown(title="article", cell=_print, width=16, drop=2),
    ),
    FoundSpeaker: (
        _Shown(title="name", cell=lambda f: f.name, width=18, share=2),
        _Shown(title="office", cell=lambda f: f.office or "", width=18, share=2, drop=2),
        _Shown(title="country", cell=lambda f: f.country or "", width=7),
        _Shown(title="statements", cell=lambda f: str(f.statements), width=10, number=True),
        _Shown(title="articles", cell=lambda f: str(f.articles), width=8, drop=1, number=True),
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
        _Shown(title="copies", cell=lambda f: str(len(f.articles)), width=6, number=True),
        _Shown(title="passages", cell=lambda f: str(len(f.passages)), width=8, number=True),
        _Shown(title="agency", cell=lambda f: f.agency or "", width=10, share=1),
        _Shown(title="why", cell=lambda f: f.because, width=30, share=4),
        _Shown(title="origin", cell=lambda f: f.origin or "", width=16, drop=1),
    ),
}
