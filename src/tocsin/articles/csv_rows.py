"""Rows of CSV and TSV files, also of those that other programs wrote badly."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from tocsin.articles.files import too_large
from tocsin.articles.forms import delimiter_of
from tocsin.articles.opened import OpenedFile
from tocsin.articles.tables import Row, Rows
from tocsin.errors import EncodingError, InputError
from tocsin.lexicons.refusals import refusal

#: Bytes of a row over several lines: more than that, and a quotation mark was never closed.
_LONGEST_OVER_LINES = 4_000_000
#: How many times the largest row may be read again in one file, looking for where rows go on.
_AGAIN = 4
#: A line before the header by which spreadsheets tell what parts the cells.
_TELLS = re.compile(r'"?sep=([,;|\t])"?', re.I)


def read_csv_rows(file: OpenedFile, header: Sequence[str] = ()) -> Rows:
    """Read the rows under the header, with the number of the line each begins on.

    A file without one is read under the `header` given.

    A line "sep=;" tells what parts the cells; else it is tabs in a .tsv file, and elsewhere the
    most frequent of tab, comma, semicolon and bar in the header.  A row whose quotation marks do
    not close is an error, and the rows go on at the next line that has as many cells as the header.
    """
    csv.field_size_limit(file.settings.max_bytes)  # Python's own is shorter than some articles
    lines = _Lines(file)
    lines.begin_row()
    first = next(lines, "")
    is_tsv = PurePath(file.name).suffix.lower() in (".tsv", ".tab")
    if told := _TELLS.fullmatch(first.strip()):
        lines.begin_row()
    else:
        lines.put_back(lines.taken)
    delimiter = told[1] if told else "\t" if is_tsv else delimiter_of(first)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        header = header or next(reader, [])
    except csv.Error as error:
        raise refusal(InputError, "header_unreadable", file.origin, why=error) from None
    yield from _read_rows(lines, reader, header, delimiter)


def _read_rows(
    lines: _Lines, reader: Iterator[list[str]], header: Sequence[str], delimiter: str
) -> Rows:
    lost = False  #: looking for where rows go on after one whose quotation marks do not close
    while True:
        lines.begin_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            first, *others = lines.taken
            lines.put_back(others)
            bare = first.rstrip("\r\n").split("\t")  # many TSV files know no quotation marks
            if delimiter != "\t" or len(bare) != len(header):
                if not lost:
                    unfit = refusal(InputError, "quotes_unfit", lines.place, why=error)
                    yield lines.number, lines.problem or unfit
                lost = True
                continue
            cells = bare
        row = _row(cells, header, lines)
        if row is not None and not (lost and isinstance(row, InputError)):
            lost = False
            yield lines.number, row


def _row(cells: list[str], header: Sequence[str], lines: _Lines) -> Row | InputError | None:
    """Return the row, the error that it is none, or None for a line without anything."""
    if lines.problem is not None:
        return lines.problem
    if not cells:
        return None
    if len(cells) < len(header) or any(cells[len(header) :]):
        said = {"cells": len(cells), "header": len(header)}
        return refusal(InputError, "cells_and_header", lines.place, **said)
    return dict(zip(header, cells, strict=False))


class _Lines:
    """The lines of a table as text; those of the row at hand are kept, to be read again."""

    def __init__(self, file: OpenedFile) -> None:
        self.taken: list[str] = []
        self.problem: InputError | None = None  #: what is wrong with the row's bytes
        self.number = 0  #: of the line on which the row begins
        self._file = file
        self._lines = file.lines()
        self._returned: deque[str] = deque()
        self._may_return = _AGAIN * file.settings.max_bytes
        self._size = 0

    @property
    def place(self) -> str:
        return self._file.place(self.number)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._size > self._file.settings.max_bytes:  # the row has no end: let the reader say so
            self.problem = self.problem or too_large(self.place, self._file.settings)
            raise StopIteration
        if len(self.taken) > 1 and self._size > _LONGEST_OVER_LINES:
            self.problem = self.problem or refusal(
                InputError, "quote_unclosed", self.place, most=_LONGEST_OVER_LINES
            )
            raise StopIteration
        line = self._returned.popleft() if self._returned else self._decoded(next(self._lines))
        self.taken.append(line)
        self._size += len(line)
        return line

    def begin_row(self) -> None:
        self.number += len(self.taken) or 1
        self.taken, self.problem, self._size = [], None, 0

    def put_back(self, lines: list[str]) -> None:
        """Let `lines`, the last that were taken, be read again, within the bound for the file."""
        size = sum(map(len, lines))
        if size <= self._may_return:
            self._may_return -= size
            self._returned.extendleft(reversed(lines))
            del self.taken[len(self.taken) - len(lines) :]

    def _decoded(self, line: bytes | None) -> str:
        if line is None:
            self.problem = too_large(self.place, self._file.settings)
            return "\n"
        try:
            return line.decode() + "\n"
        except UnicodeDecodeError:
            self.problem = refusal(EncodingError, "row_not_utf_8", self.place)
            return line.decode(errors="replace") + "\n"
