"""Holdings: what is in a store, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tocsin.store.arrivals import Run, last_run
from tocsin.store.database import database_path, one_moment
from tocsin.store.tables import Connection, as_day, read_column, read_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """How much a store holds; `to_json` makes JSON of it."""

    folder: str  #: where it lies
    schema: int  #: version of the schema
    bytes: int  #: on disk, with SQLite's log
    articles: int  #: how many
    texts: int  #: different texts; forty prints of one text are forty articles
    set_aside: Mapping[str, int]  #: inputs in other languages, by ISO 639-1
    failed: Mapping[str, int]  #: inputs that could not be read or analysed, by name of the error
    statements: int  #: how many
    events: int  #: tellings of events in texts
    office_claims: int  #: how many
    findings: Mapping[str, Mapping[str, int]]  #: by check, then by verdict
    speakers: int  #: how many
    quotations: int  #: how many
    families: int  #: how many
    reported_events: int  #: that are news
    background: int  #: and those that are not
    first: date | None  #: first day of publication
    last: date | None  #: last day of publication
    undated: int  #: articles without one: nobody's office is checked in them
    readers: tuple[str | None, ...]  #: versions of what read the texts; one, unless they are mixed
    last_run: Run | None  #: that was begun last
    judgements: int  #: that stand
    pending: int  #: things still to be worked out; none in a store that is settled


#: Tables whose rows are counted, under their names.
_COUNTED = "articles texts statements events office_claims speakers quotations families pending"


def read_holdings(connection: Connection) -> Holdings:
    """Return what the store holds, all numbers as of one moment."""
    path = database_path(connection)
    undated = "SELECT count(*) FROM articles WHERE published IS NULL"
    news = "SELECT count(*) FROM reported_events WHERE background = ?"
    with one_moment(connection):
        sizes: dict[str, Any] = {
            table: read_value(connection, f"SELECT count(*) FROM {table}")  # noqa: S608
            for table in _COUNTED.split()
        }
        return Holdings(
            folder=str(path.parent),
            schema=read_value(connection, "PRAGMA user_version"),
            bytes=sum(each.stat().st_size for each in path.parent.glob(f"{path.name}*")),
            set_aside=_items_by(connection, "language", "set_aside"),
            failed=_items_by(connection, "error", "failed"),
            findings=_findings(connection),
            first=as_day(read_value(connection, "SELECT min(published) FROM articles")),
            last=as_day(read_value(connection, "SELECT max(published) FROM articles")),
            undated=read_value(connection, undated),
            last_run=last_run(connection),
            readers=read_readers(connection),
            reported_events=read_value(connection, news, 0),
            background=read_value(connection, news, 1),
            judgements=read_value(connection, "SELECT count(*) FROM judgements WHERE NOT past"),
            **sizes,
        )


def read_readers(connection: Connection) -> tuple[str | None, ...]:
    """Return the versions of the readers that read the texts; None where none was noted."""
    return tuple(read_column(connection, "SELECT DISTINCT reader FROM texts ORDER BY reader"))


def _items_by(connection: Connection, column: str, outcome: str) -> dict[str, int]:
    counts = f"SELECT {column}, count(*) FROM items WHERE outcome = ? GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608
    return dict(connection.execute(counts, (outcome,)).fetchall())


def _findings(connection: Connection) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    query = 'SELECT "check", verdict, count(*) FROM findings GROUP BY 1, 2 ORDER BY 1, 2'
    for check, verdict, number in connection.execute(query):
        counts.setdefault(check, {})[verdict] = number
    return counts
