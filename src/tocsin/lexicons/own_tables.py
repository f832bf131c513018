"""Own tables: what users say of outlets, groups or people, in CSV or TSV with a line of columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from tocsin.errors import ReferenceFileError
from tocsin.lexicons.refusals import refusal

#: A table with more bytes is none of these.
LARGEST = 20_000_000

#: Characters of a cell: what is longer is a quotation mark that never closes.
_LONGEST_CELL = 100_000

#: The column of a cell behind all that the first line names.
BEYOND = ""


def read_own_table(
    raw: bytes, origin: object, columns: Sequence[str], needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row that says something, with its number: its cells by column, without blanks.

    It is CSV or TSV in UTF-8, and its first line names some `columns`, and all that are `needed`.

    Raises:
        ReferenceFileError: this is no such table.
    """
    said = {"columns": ", ".join(columns), "needed": " and ".join(needed)}
    try:
        if len(raw) > LARGEST:
            raise ValueError
        text = raw.decode("utf-8-sig")
    except ValueError:
        raise refusal(ReferenceFileError, "table_no_text", origin, **said) from None
    if not text:
        raise refusal(ReferenceFileError, "table_empty", origin, **said)
    try:
        separator = max("\t;,", key=text.splitlines()[0].count)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        named = [name.strip().lower() for name in next(rows, [])]
        is_twice = len({*named}) < len(named)
        if is_twice or set(needed) - set(named) or set(named) - set(columns):
            head = text.splitlines()[0]
            raise refusal(ReferenceFileError, "table_of_other_columns", head, **said)
        for number, row in enumerate(rows, start=2):
            # The csv module has one limit for the process, which reading articles lifts.
            if max(map(len, row), default=0) > _LONGEST_CELL:
                raise csv.Error(f"a cell has more than {_LONGEST_CELL:,} characters")
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield number, dict(zip_longest(named, cells, fillvalue=BEYOND))
    except csv.Error as error:
        raise refusal(ReferenceFileError, "table_no_csv", origin, error=error, **said) from None
