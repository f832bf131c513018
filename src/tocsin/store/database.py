"""Opening the store: one folder with one SQLite file, and writing to it in whole batches.

The file is in write-ahead mode, so that readers never wait for the writer, and each commit is
forced to disk (``synchronous=FULL``): in batches of many articles that costs nothing that can be
measured, and neither a killed process nor a power cut takes a batch that was reported as kept.

Two writers at once take turns batch by batch.  A writer that waits longer than `WAIT` seconds
gives up with a message.
"""

from __future__ import annotations

import errno
import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from tocsin.errors import StoreError
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.tables import given, read_records
from tocsin.store.migrations import SCHEMA_VERSION, migrate, run_script
from tocsin.store.tables import read_value

#: The name of the database inside the store's folder.
FILE_NAME = "tocsin.sqlite"

#: "TOCS" in the header of the file: what `file` and SQLite show as the application.
APPLICATION_ID = 0x544F4353

#: Seconds that one writer waits for another, unless told otherwise.
WAIT = 60.0


def open_database(
    folder: Path | str,
    *,
    create: bool = False,
    read_only: bool = False,
    older: bool = False,
    wait: float = WAIT,
) -> sqlite3.Connection:
    """Open the store in `folder` and return the connection, in autocommit mode.

    An older store is migrated, unless it is opened to be read only.  Opening to read writes
    nothing but SQLite's own `-shm` and `-wal` beside the database, and not even these in a folder
    that may not be written to.

    Args:
        folder: the store's folder.
        create: make folder and store where there is none, or where making one was broken off.
        read_only: refuse to write.  Not together with `create`.
        older: leave a store of an older version as it is, neither migrated nor refused.
        wait: seconds to wait for another writer.

    Raises:
        StoreError: there is no store, it is damaged, of a newer version, or may not be opened.
    """
    folder = Path(folder)
    path = folder / FILE_NAME
    _require_folder(folder, create=create)
    _require_file(path, create=create)
    with store_errors(folder):
        connection = _connect(path, create=create, read_only=read_only, wait=wait)
        try:
            _settle_version(connection, folder, create=create)
            if not older:
                _bring_up_to_date(connection, folder, read_only=read_only)
            _prepare(connection, read_only=read_only, wait=wait)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def write_batch(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the body as one transaction that holds the right to write from its first moment.

    What the body reads can therefore not change before it writes.  An exception undoes it all.

    Raises:
        StoreError: another process has been writing for longer than the waiting time, the disk is
            full, or the file is damaged.
    """
    with store_errors(database_path(connection)):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if connection.in_transaction:  # a full disk has already undone it
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """See the store as it is now until the body ends; within such a moment, as it was then."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def store_errors(about: Path | str) -> Iterator[None]:
    """Turn what SQLite raises in the body into a `StoreError` about the store `about`.

    A record that is no JSON, which only another program can have written, becomes one too.
    """
    try:
        yield
    except json.JSONDecodeError as error:
        raise refusal(StoreError, "record_no_json", about, error=error) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.DataError):
            raise  # a fault in Tocsin, not in the store
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        for each in read_records("store/data/meanings.tsv"):
            if getattr(sqlite3, each["code"]) == code:
                known = {"expected": each["expected"], "advice": given(each["advice"]) or ""}
                raise StoreError(each["what"], value=about, **known) from error
        raise refusal(StoreError, "store_unusable", about, error=error) from error


def database_path(connection: sqlite3.Connection) -> Path:
    """Return the path of the file that `connection` is open on."""
    rows = connection.execute("PRAGMA database_list").fetchall()
    return Path(next(path for _, name, path in rows if name == "main"))


# --------------------------------------------------------------------------- what is there


def _require_folder(folder: Path, *, create: bool) -> None:
    try:
        str(folder.absolute()).encode()
    except UnicodeEncodeError:  # nor could SQLite open it; and nothing must be made before
        raise refusal(StoreError, "folder_not_utf_8", ascii(str(folder))) from None
    try:
        if create:
            folder.mkdir(parents=True, exist_ok=True)
        if folder.is_dir():
            return
        there = folder.exists()
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in the path
        there = isinstance(error, OSError) and error.errno in (errno.EEXIST, errno.ENOTDIR)
        if not there:
            why = error.strerror if isinstance(error, OSError) else str(error)
            do = "write to" if create else "read"
            raise refusal(StoreError, "store_folder_unusable", folder, why=why, do=do) from None
    if there:
        raise refusal(StoreError, "store_is_a_file", folder)
    raise refusal(StoreError, "no_such_store", folder)


def _require_file(path: Path, *, create: bool) -> None:
    try:
        there, regular = path.exists(), path.is_file()
    except OSError as error:
        raise refusal(StoreError, "store_unreadable", path.parent, why=error.strerror) from None
    if there and not regular:
        raise refusal(StoreError, "no_store_file", path)
    if not there and not create:
        raise refusal(StoreError, "no_store", path.parent, file=FILE_NAME)


# --------------------------------------------------------------------------- opening


def _connect(path: Path, *, create: bool, read_only: bool, wait: float) -> sqlite3.Connection:
    if not read_only:
        return _connect_as(path, "rwc" if create else "rw", wait)
    connection = _connect_as(path, "ro", wait)
    try:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
    except sqlite3.OperationalError:
        connection.close()
        if not _is_at_rest(path):
            raise
        # Write-ahead mode needs a file beside the database; here none may be made.  Nobody can be
        # writing either, and all is in the one file, so SQLite may take it as unchanging.
        return _connect_as(path, "ro&immutable=1", wait)
    return connection


def _connect_as(path: Path, mode: str, wait: float) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None)


def _is_at_rest(path: Path) -> bool:
    """Whether all that was written is in the database itself, and none of it in the log."""
    log = path.with_name(path.name + "-wal")
    return path.is_file() and (not log.exists() or log.stat().st_size == 0)


def _settle_version(connection: sqlite3.Connection, folder: Path, *, create: bool) -> None:
    """Create what is missing, refuse what is newer or something else."""
    if _is_blank(connection):
        if not create:
            raise refusal(StoreError, "no_store", folder, file=FILE_NAME)
        _create(connection)
    if read_value(connection, "PRAGMA application_id") != APPLICATION_ID:
        raise refusal(StoreError, "other_database", folder, file=FILE_NAME)
    version = read_value(connection, "PRAGMA user_version")
    if version > SCHEMA_VERSION:
        found = f"version {version} in {folder}"
        raise refusal(StoreError, "newer_store", found, known=SCHEMA_VERSION)


def _bring_up_to_date(connection: sqlite3.Connection, folder: Path, *, read_only: bool) -> None:
    """Migrate an older store; refuse one that is opened to be read only."""
    version = read_value(connection, "PRAGMA user_version")
    if version == SCHEMA_VERSION:
        return
    if read_only:
        found = f"version {version} in {folder}"
        raise refusal(StoreError, "older_store", found, known=SCHEMA_VERSION)
    with write_batch(connection):
        migrate(connection)


def _is_blank(connection: sqlite3.Connection) -> bool:
    """Whether nothing has been made yet, or making it was broken off before its one transaction."""
    unmarked = read_value(connection, "PRAGMA application_id") == 0
    return unmarked and not read_value(connection, "SELECT 1 FROM sqlite_master LIMIT 1")


def _create(connection: sqlite3.Connection) -> None:
    with write_batch(connection):
        if _is_blank(connection):  # unless another process was faster
            run_script(connection, read_schema())
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")


def read_schema() -> str:
    """Return the SQL of the current schema."""
    return files("tocsin.store").joinpath("schema.sql").read_text("utf-8")


#: Kilobytes of pages that a connection keeps.  Of readers there is one for each thread of a desk;
#: what they ask again the operating system holds for all of them.
_READER_CACHE, _WRITER_CACHE = 8 * 1024, 64 * 1024


def _prepare(connection: sqlite3.Connection, *, read_only: bool, wait: float) -> None:
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA cache_size=-{_READER_CACHE if read_only else _WRITER_CACHE}")
    connection.execute("PRAGMA temp_store=MEMORY")  # sorting leaves no file in another folder
    if read_only:
        connection.execute("PRAGMA query_only=ON")
    else:
        _write_ahead(connection, wait)
        connection.execute("PRAGMA synchronous=FULL")


def _write_ahead(connection: sqlite3.Connection, wait: float) -> None:
    """Set write-ahead mode, which a store has but for a new one or a backup made by SQLite.

    For this SQLite wants the file for itself, and does not wait for that as it does elsewhere.
    """
    patience = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > patience:
                raise
            time.sleep(0.01)
