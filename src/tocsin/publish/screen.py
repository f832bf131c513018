"""Screen: what a query found as a table that fits the width, with what its marks mean below.

Columns are as wide as what is in them, those with sentences share what is left over; columns in
which nothing stands are left out.  Nothing from an article reaches the screen unescaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tocsin.lexicons.shown import spelled
from tocsin.publish.terminal import TONES
from tocsin.publish.visible import in_quotation_marks, on_one_line, shortened
from tocsin.records import Verdict
from tocsin.store.kinds.kind import Cell, Kind, Line, Part, Role, Shown

#: Longer words are cut in the middle: JSON and CSV have all of them.
_LONGEST = 120

#: From this width on there are two spaces between columns.
_WIDE = 100


def write_table(found: Iterable[Any], kind: Kind[Any], console: Console) -> None:
    """Write `found`, all of one kind, as a table that fits the width of `console`."""
    rows = [[_text(column.cell(each)) for column in kind.screen] for each in found]
    filled = [n for n in range(len(kind.screen)) if any(row[n].plain for row in rows)]
    columns = [kind.screen[n] for n in filled]
    rows = [[row[n] for n in filled] for row in rows]
    gap = 2 if console.width >= _WIDE else 1
    widths = _widths(columns, rows, console.width + gap, gap)
    if widths is None:
        _write_list(columns, rows, console)
    else:
        console.print(_table(columns, rows, widths, gap))
        left_out = [column.title for n, column in enumerate(columns) if n not in widths]
        console.print(_legend(columns, rows, left_out), overflow="fold")


def _table(
    columns: Sequence[Shown], rows: Sequence[Sequence[Text]], widths: dict[int, int], gap: int
) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, gap - 1, 0, 0))
    for n, width in widths.items():
        table.add_column(
            columns[n].title,
            width=width,
            overflow="fold",
            justify="right" if all(row[n].justify == "right" for row in rows) else "left",
        )
    for row in rows:
        table.add_row(*(row[n] for n in widths))
    return table


def _widths(
    columns: Sequence[Shown], rows: Sequence[Sequence[Text]], room: int, gap: int
) -> dict[int, int] | None:
    """Return the width of each column that fits into `room`; None where too little does.

    The least important columns go first; what is left over goes to the columns with a share.
    """
    longest = [  # with every line of a cell on one line
        max(len(c.title), *(line.cell_len for row in rows for line in row[n].split()))
        for n, c in enumerate(columns)
    ]
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


def _write_list(columns: Sequence[Shown], rows: Sequence[Sequence[Text]], console: Console) -> None:
    """Write each row as lines of a title and a cell, for a screen too narrow for a table."""
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            if cell.plain:
                line = Text.assemble((f"{column.title}: ", "bold"), cell)
                console.print(line, overflow="fold")
        console.print()


def _legend(
    columns: Sequence[Shown], rows: Sequence[Sequence[Text]], left_out: Sequence[str]
) -> Text:
    """Return what the columns and marks mean that are there, and which columns did not fit."""
    lines = [
        f"{mark or column.title}: {meaning}"
        for n, column in enumerate(columns)
        for mark, meaning in column.marks
        if column.title not in left_out and any(mark in row[n].plain for row in rows)
    ]
    if left_out:
        lines.append(f"too narrow for: {', '.join(left_out)}")
    return Text("\n".join(lines), style="dim")


def _text(cell: Cell) -> Text:
    """Return the cell with its lines under each other, those after the first dim."""
    first, *more = cell if isinstance(cell, tuple) else (cell,)
    text = _line(first)
    for line in more:
        text.append("\n").append_text(_line(line, style="dim"))
    return text


def _line(line: Line, style: str = "") -> Text:
    if isinstance(line, Part) and line.role is Role.ALARM:
        return Text(on_one_line(line.text), style=TONES[Verdict.CONTRADICTED])
    if isinstance(line, Part):
        words = shortened(on_one_line(line.text), _LONGEST)
        return Text(in_quotation_marks(words) if words else "", style=style)
    if isinstance(line, Verdict):
        return Text(spelled(line), style=TONES[line])
    justify: Literal["right"] | None = "right" if isinstance(line, int) else None
    return Text("" if line is None else on_one_line(str(line)), style=style, justify=justify)
