"""Agreement of what the articles of a store say together with the articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from tocsin.errors import StoreError
from tocsin.lexicons.tables import read_records
from tocsin.records import CopyMatch, Family, Finding, Quotation, ReportedEvent
from tocsin.store.fromjson import read_record
from tocsin.store.tables import Connection, read_value
from tocsin.store.verify_text import Problem, damage

_Record = TypeVar("_Record")

#: Tables that are worked out from several articles, each with the class of its records.
_RECORDS: tuple[tuple[str, str, type], ...] = (
    ("copies", "one || ' ' || other", CopyMatch),
    ("findings WHERE text_id IS NULL", "id", Finding),
    ("families", "id", Family),
    ("quotations", "id", Quotation),
    ("reported_events", "id", ReportedEvent),
)


def find_together_problems(connection: Connection) -> Iterator[Problem]:
    """Yield what is wrong with copies, families, reported events and findings about several.

    Only a settled store can be judged: what is pending may still count what was forgotten.
    """
    for table, key, cls in _RECORDS:
        yield from _find_unreadable(connection, table, key, cls)
    yield from _find_wrong_passages(connection)
    yield from _find_wrong_sides(connection)
    yield from _find_wrong_counts(connection)
    yield from find_contradictions(connection, "settled")


def find_contradictions(connection: Connection, when: str) -> Iterator[Problem]:
    """Yield what contradicts the rest of a store, of what must not do so at any such time."""
    for row in read_records("store/data/contradictions.tsv"):
        for about, other in connection.execute(row["query"]) if row["when"] == when else ():
            yield damage(row["table"], about, row["sentence"].format(other))


def _find_unreadable(connection: Connection, table: str, key: str, cls: type) -> Iterator[Problem]:
    query = f"SELECT {key}, record FROM {table} ORDER BY 1"  # noqa: S608 - our own names
    for about, record in connection.execute(query):
        try:
            read_record(cls, record)
        except (StoreError, ValueError) as error:
            yield damage(table.partition(" ")[0], about, f"Its record cannot be read: {error}")


def _find_wrong_passages(connection: Connection) -> Iterator[Problem]:
    rows = connection.execute(
        "SELECT c.one, c.other, c.record, a.characters, b.characters FROM copies c"
        " JOIN texts a ON a.id = c.one JOIN texts b ON b.id = c.other ORDER BY 1, 2"
    )
    for one, other, record, *lengths in rows:
        match = _read(CopyMatch, record)
        for passage in match.passages if match else ():
            spans = zip((passage.one, passage.other), lengths, strict=True)
            if not all(0 <= start <= end <= length for (start, end), length in spans):
                yield damage("copies", f"{one} {other}", "A passage is not inside its text.")


def _find_wrong_sides(connection: Connection) -> Iterator[Problem]:
    """Find findings about several articles whose words are not in the text they name."""
    rows = connection.execute("SELECT id, record FROM findings WHERE text_id IS NULL ORDER BY id")
    for finding_id, record in rows:
        finding = _read(Finding, record)
        for side in finding.sides if finding else ():
            text = read_value(connection, "SELECT text FROM texts WHERE id = ?", side.text_id)
            if text is None or text[slice(*side.words)] != side.quoted:
                sentence = f"The words of {side.record} are not in the text {side.text_id}."
                yield damage("findings", finding_id, sentence)


def _read(cls: type[_Record], record: str) -> _Record | None:
    """Return the record, or None when it is damaged, which is said elsewhere."""
    try:
        return read_record(cls, record)
    except (StoreError, ValueError):
        return None


def _find_wrong_counts(connection: Connection) -> Iterator[Problem]:
    for count in read_records("store/data/counts.tsv"):
        wrong = (
            'SELECT x.{key}, x."{column}", ({counted}) AS counted FROM {table} x'
            ' WHERE counted IS NOT x."{column}" ORDER BY 1'
        )
        for about, stored, counted in connection.execute(wrong.format_map(count)):
            sentence = f"It says {stored} {count['column']}, and there are {counted}."
            yield damage(count["table"], about, sentence)
