"""Tables of the package: text with tabs, and the one place where they are read.

A table begins with remarks (``#``) on what it is and where it comes from, then names its columns;
every line that is not empty and no remark is a row.  Nothing is kept here: a table is read again
each time, and whoever makes something of its rows keeps that.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from tocsin.errors import ReferenceFileError


def read_rows(path: str, columns: str) -> Iterator[tuple[str, ...]]:
    """Yield the cells of every row.

    Args:
        path: the table, within the package: "lexicons/acts.tsv".
        columns: the names of the columns that are wanted, with blanks between.

    Raises:
        ReferenceFileError: a column is not there, or a row has more or fewer cells than columns.
    """
    return (cells for _, cells in read_numbered(path, columns))


def read_numbered(path: str, columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the cells of every row, as `read_rows` does, with the number of its line."""
    names, rows = _read(path)
    if missing := set(columns.split()) - set(names):
        raise ReferenceFileError(
            f"{path} has no column {', '.join(sorted(missing))}", value=names, expected=columns
        )
    if columns.split() == names:
        return rows
    places = [names.index(name) for name in columns.split()]
    return ((number, tuple(cells[place] for place in places)) for number, cells in rows)


def read_records(path: str) -> Iterator[dict[str, str]]:
    """Yield every row as a dictionary by column; otherwise as `read_rows`."""
    names, rows = _read(path)
    return (dict(zip(names, cells, strict=True)) for _, cells in rows)


def read_body(path: str, columns: str) -> str:
    """Return the rows of a compiled table, which has no remarks, to be taken apart when needed.

    Raises:
        ReferenceFileError: the columns are others.
    """
    head, _, body = _text(path).partition("\n")
    if head.split("\t") != columns.split():
        raise ReferenceFileError(f"line 1 of {path} is wrong", value=head, expected=columns)
    return body


def listed(cell: str) -> tuple[str, ...]:
    """Return the entries of a cell that holds several, with ``|`` between."""
    return tuple(filter(None, cell.split("|")))


def given(cell: str) -> str | None:
    """Return what the cell says; None for ``-``, which says that there is nothing."""
    return None if cell == "-" else cell


def _read(path: str) -> tuple[list[str], Iterator[tuple[int, tuple[str, ...]]]]:
    """Return the columns of a table and its rows with the numbers of their lines."""
    lines = (
        (number, line)
        for number, line in enumerate(_text(path).splitlines(), start=1)
        if line and line[0] != "#"
    )
    _, head = next(lines, (0, ""))
    return head.split("\t"), _split(path, head, lines)


def _split(
    path: str, head: str, lines: Iterator[tuple[int, str]]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    tabs = head.count("\t")
    for number, line in lines:
        if line.count("\t") != tabs:
            raise ReferenceFileError(
                f"line {number} of {path} has {line.count(chr(9)) + 1} cells",
                value=line,
                expected=f"{tabs + 1}: {head}",
            )
        yield number, tuple(line.split("\t"))


def _text(path: str) -> str:
    return files("tocsin").joinpath(path).read_text(encoding="utf-8")
