"""Arrivals: when this store first had each article, event, quotation, family and finding.

The ledger depends on the order in which things came, so it is no content: `dump_content` leaves it
out.  It is written in the transactions that write what it is about.  What is forgotten leaves it;
added again, it is new again.  A reported event, quotation or family that is keyed anew, or comes of
others, is as old as the oldest of these (`tocsin.store.identity`).

A run is one command that writes.  What is written belongs to the run begun last, so two commands
at once share the number of the later one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from tocsin.store.tables import Connection, insert_rows, read_rows, read_value, run

#: Tells the time.  Given by whoever runs a command; the store itself has none.
Clock = Callable[[], datetime]

#: Characters that are kept of a command.
_LONGEST = 200

#: The number of a run, or a time as `runs` has it.
Since = int | str

#: The run to which belongs what is written now; 0 where none was begun, as by a script.
RUN = "coalesce((SELECT max(number) FROM runs), 0)"


@dataclass(frozen=True, slots=True)
class Run:
    """One command that wrote to the store."""

    number: int
    started: str  #: UTC, like 2026-11-29T18:30:00Z
    last: str  #: when it last wrote
    command: str
    tocsin: str  #: the version


def utc_now() -> datetime:
    """Return the time; for those who run a command."""
    return datetime.now(UTC)


def begin_run(connection: Connection, command: str, clock: Clock) -> int:
    """Note that a command begins to write, and return its number; a long one is cut short.

    Raises:
        StoreError: the store cannot be written to.
    """
    from tocsin.store.database import write_batch

    now = as_text(clock())
    with write_batch(connection):
        begun = {"started": now, "last": now, "command": command[:_LONGEST]}
        insert_rows(connection, "runs", [begun | {"tocsin": version("tocsin")}])
        number: int = read_value(connection, f"SELECT {RUN}")
    return number


def disown_run(connection: Connection, number: int) -> None:
    """Note that a command came to nothing: as the last of its kind it does not count any more.

    Raises:
        StoreError: the store cannot be written to.
    """
    from tocsin.store.database import write_batch

    with write_batch(connection):
        sql = "UPDATE runs SET command = 'failed: ' || command WHERE number = ?"
        run(connection, sql, number)


def last_run_of(connection: Connection, command: str) -> int | None:
    """Return the number of the last run of a command, as `begin_run` was told it."""
    sql = "SELECT max(number) FROM runs WHERE command = ?"
    number: int | None = read_value(connection, sql, command[:_LONGEST])
    return number


def touch_run(connection: Connection, clock: Clock | None) -> None:
    """Note, in the transaction that writes something, when that was; without a clock nothing."""
    if clock is not None:
        sql = f"UPDATE runs SET last = ? WHERE number = {RUN}"  # noqa: S608
        connection.execute(sql, (as_text(clock()),))


def last_run(connection: Connection) -> Run | None:
    """Return the run that was begun last."""
    rows = read_rows(connection, "SELECT * FROM runs ORDER BY number DESC LIMIT 1")
    return Run(**rows[0]) if rows else None


def run_of(connection: Connection, number: int) -> Run | None:
    """Return the run with this number."""
    rows = read_rows(connection, "SELECT * FROM runs WHERE number = ?", number)
    return Run(**rows[0]) if rows else None


def last_bringing(connection: Connection) -> Run | None:
    """Return the last run that brought an article; None where none was noted."""
    sql = "SELECT max(run) FROM arrivals WHERE kind = 'article'"
    return run_of(connection, read_value(connection, sql) or 0)


def note_arrivals(connection: Connection, kind: str, ids: Iterable[str]) -> None:
    """Note that articles or findings are there, unless that is known."""
    found = f"SELECT ?, value, {RUN} FROM json_each(?)"  # noqa: S608
    run(connection, f"INSERT OR IGNORE INTO arrivals (kind, id, run) {found}", kind, ids)


def drop_gone_findings(connection: Connection, ids: Iterable[str]) -> None:
    """Strike out those of these findings that were not written again."""
    gone = (
        "DELETE FROM arrivals WHERE kind = 'finding' AND id IN (?)"
        " AND id NOT IN (SELECT id FROM findings)"
    )
    run(connection, gone, ids)


def first_run_since(connection: Connection, since: Since) -> int:
    """Return the first run with news: the one after a run, or the first that wrote after a time.

    A run that was under way at that time counts whole, so that nothing is ever missed.
    """
    if isinstance(since, int):
        return since + 1
    begun = f"SELECT coalesce((SELECT min(number) FROM runs WHERE last >= ?), {RUN} + 1)"  # noqa: S608
    return int(read_value(connection, begun, since))


def as_text(moment: datetime) -> str:
    """Return a moment as `runs` has it; one without a time zone is taken as UTC."""
    zoned = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{zoned:%Y-%m-%dT%H:%M:%S}Z"
