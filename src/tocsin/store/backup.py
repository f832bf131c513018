"""Backups: a store as one file, as it is at one moment, and a store made of one again.

The file is a ZIP archive of the database and of a manifest that says what it is, by which damage is
found.  Both ways everything goes to another name first: a backup is whole or not there, and so is
a store that is restored.  One that is killed leaves at most a hidden ``.NAME.xxxx.part`` beside it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from tocsin.articles.compressed import is_bomb
from tocsin.articles.files import unreadable
from tocsin.errors import InputError, NotFoundError, StoreError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.records import to_json
from tocsin.store.arrivals import Clock, as_text, utc_now
from tocsin.store.content import word_indexes
from tocsin.store.database import FILE_NAME, open_database, store_errors
from tocsin.store.fromjson import read_record
from tocsin.store.migrations import SCHEMA_VERSION
from tocsin.store.tables import Connection, read_column, read_value
from tocsin.store.watched import Watch, unwatched

#: The version of the archive and of its manifest.
FORMAT = 1
#: The name of the manifest in the archive.
MANIFEST = "manifest.json"
#: Bytes that a manifest may have.
_LONGEST_MANIFEST = 1 << 16
#: Bytes that are packed and unpacked at a time.
_PIECE = 1 << 20
#: What makes the archive small; higher levels take much longer and gain little.
_LEVEL = 3
#: What a manifest counts: rows of these tables, but for those that an older store has not.
_COUNTED = ("articles", "judgements", "texts")
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN (?) ORDER BY name"
#: What reading a damaged archive raises.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)
#: The first bytes of an archive.
_PACKED = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds."""

    format: int
    schema: int  #: the version of the tables, which `tocsin.store.migrations` brings up to date
    tocsin: str  #: the version that made it
    made: str  #: UTC, like 2026-11-29T18:30:00Z
    counts: Mapping[str, int]  #: rows, by table
    size: int  #: of the database, in bytes
    sha256: str


def write_backup(
    folder: Path | str,
    target: Path | str,
    *,
    force: bool = False,
    watch: Watch = unwatched,
    clock: Clock = utc_now,
) -> Manifest:
    """Write the store in `folder` to the file `target`, and return what is in it.

    The store is only read, also one of an older version; others may write to it meanwhile.

    Args:
        folder: the store's folder.
        target: the file; folders that lead to it are made if need be.
        force: replace a backup of that name; no other file is ever replaced.
        watch: shows how far the work is.
        clock: tells the time, for the manifest.

    Raises:
        StoreError: there is no store, it is damaged, or of a newer version.
        ValueNotUnderstood: there is something of the name `target`.
    """
    target = Path(target)
    with closing(open_database(folder, read_only=True, older=True)) as connection:
        _refuse_target(target, force)
        with _room_beside(target) as room:
            copy, packed = room / FILE_NAME, room / "packed"
            for _ in watch((copy,), None, "copying the store"):
                about = _copy(connection, copy, target)
            with _refused(target):
                manifest = _pack(copy, packed, watch, made=as_text(clock()), **about)
                packed.replace(target)
    return manifest


def restore_backup(backup: Path | str, folder: Path | str, *, watch: Watch = unwatched) -> Manifest:
    """Make the store that `backup` holds in `folder`, and return what is in it.

    Args:
        backup: a file that `write_backup` wrote.
        folder: of the store; it is made, or is there and empty.
        watch: shows how far the work is.

    Raises:
        InputError: there is no such file, or it is damaged, or no backup of a store.
        StoreError: a newer Tocsin made it, or there is something in `folder`, or no room for it.
    """
    backup, folder = Path(backup), Path(folder)
    _refuse_folder(folder)
    with _open(backup) as packed, _room_beside(folder) as room:
        manifest = _read_manifest(packed, backup)
        _require_room(manifest, room)
        made = room / "store"
        made.mkdir()
        _unpack(packed, manifest, made / FILE_NAME, backup, watch)
        open_database(made, read_only=True, older=True).close()  # refuses what is no store
        with _refused(folder):
            made.rename(folder)
    return manifest


@contextmanager
def _room_beside(target: Path) -> Iterator[Path]:
    """Give a folder to work in, on the disk of `target`; what is left in it goes in the end."""
    with _refused(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        room = TemporaryDirectory(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    with room as name:
        yield Path(name)


@contextmanager
def _refused(target: Path) -> Iterator[None]:
    """Turn what the operating system refuses at `target` into an error of ours."""
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in the path
        why = error.strerror if isinstance(error, OSError) else error
        raise refusal(ValueNotUnderstood, "kept_nowhere", target, why=why) from None


# --------------------------------------------------------------------------- making a backup


def _refuse_target(target: Path, force: bool) -> None:
    with _refused(target):
        there = target.exists()
    if there and not force:
        raise refusal(ValueNotUnderstood, "backup_there", target)
    if there and not _is_backup(target):
        raise refusal(ValueNotUnderstood, "no_backup_replaced", target)


def _is_backup(target: Path) -> bool:
    """Tell a backup from another archive, such as a document of an office."""
    with suppress(*_DAMAGE, OSError), zipfile.ZipFile(target) as packed:
        return set(packed.namelist()) == {FILE_NAME, MANIFEST}
    return False


def _copy(connection: Connection, copy: Path, target: Path) -> Mapping[str, Any]:
    """Copy the store as it is at one moment, without what was forgotten; return what is in it.

    A copy has no freed pages.  In indexes of words, words of what was deleted stay until all of an
    index is merged.
    """
    with store_errors(target):
        connection.execute("PRAGMA query_only=OFF")  # the copy would count as a change
        connection.execute("VACUUM INTO ?", (str(copy),))
        with closing(open_database(copy.parent, older=True)) as copied:
            copied.execute("PRAGMA journal_mode=DELETE")
            copied.execute("PRAGMA secure_delete=ON")
            for index in word_indexes(copied):
                copied.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608
            counts = {
                table: read_value(copied, f"SELECT count(*) FROM {table}")  # noqa: S608
                for table in read_column(copied, _TABLES, _COUNTED)
            }
            return {"schema": read_value(copied, "PRAGMA user_version"), "counts": counts}


def _pack(copy: Path, packed: Path, watch: Watch, **about: Any) -> Manifest:
    digest, size = hashlib.sha256(), copy.stat().st_size
    with packed.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
            with copy.open("rb") as whole, archive.open(FILE_NAME, "w", force_zip64=True) as member:
                for piece in watch(_pieces(whole), -(-size // _PIECE), "MB packed"):
                    digest.update(piece)
                    member.write(piece)
            manifest = Manifest(
                format=FORMAT,
                tocsin=version("tocsin"),
                size=size,
                sha256=digest.hexdigest(),
                **about,
            )
            archive.writestr(MANIFEST, json.dumps(to_json(manifest), indent=1))
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: file.read(_PIECE), b"")


# --------------------------------------------------------------------------- making a store of it


def _refuse_folder(folder: Path) -> None:
    with _refused(folder):
        there = folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))
    if there:
        raise refusal(StoreError, "store_there", folder)


def _open(backup: Path) -> zipfile.ZipFile:
    try:
        with backup.open("rb") as file:
            packed = file.read(len(_PACKED)) == _PACKED
        return zipfile.ZipFile(backup)
    except (FileNotFoundError, ValueError):  # ValueError: a NUL byte in the path
        raise refusal(NotFoundError, "no_such_backup", backup) from None
    except OSError as error:
        raise unreadable(str(backup), error) from None
    except (zipfile.BadZipFile, NotImplementedError) as error:
        if packed:
            raise refusal(InputError, "backup_damaged", backup, why=error) from None
        raise refusal(InputError, "no_backup", backup) from None


@contextmanager
def _damage_told(backup: Path) -> Iterator[None]:
    """Turn what is found wrong with the archive as it is read into an error of ours."""
    try:
        yield
    except (*_DAMAGE, OSError) as error:  # OSError: a place or a stream that cannot be
        raise refusal(InputError, "backup_damaged", backup, why=error) from None


def _read_manifest(packed: zipfile.ZipFile, backup: Path) -> Manifest:
    """Read the manifest of a backup that can be restored here, and hold it to the archive.

    Raises:
        InputError: this is no backup, or its database is not of the size that the manifest gives.
        StoreError: a newer Tocsin made it.
    """
    try:
        with _damage_told(backup), packed.open(MANIFEST) as member:
            manifest = read_record(Manifest, member.read(_LONGEST_MANIFEST).decode())
        size = packed.getinfo(FILE_NAME).file_size
    except (KeyError, ValueError, StoreError):
        raise refusal(InputError, "no_backup", backup) from None
    if manifest.format > FORMAT or manifest.schema > SCHEMA_VERSION:
        found = f"version {manifest.schema} in {backup}"
        raise refusal(StoreError, "newer_store", found, known=SCHEMA_VERSION)
    if size != manifest.size or is_bomb(size, backup.stat().st_size):
        raise refusal(InputError, "backup_damaged", backup, why="its size cannot be right")
    return manifest


def _require_room(manifest: Manifest, room: Path) -> None:
    if manifest.size > shutil.disk_usage(room).free:
        needed = f"{manifest.size / 1e6:,.1f} MB"
        raise refusal(StoreError, "no_room", room.parent, needed=needed)


def _unpacked(packed: zipfile.ZipFile, backup: Path) -> Iterator[bytes]:
    with _damage_told(backup), packed.open(FILE_NAME) as member:
        yield from _pieces(member)


def _unpack(
    packed: zipfile.ZipFile, manifest: Manifest, path: Path, backup: Path, watch: Watch
) -> None:
    """Unpack the database to `path`.

    Raises:
        InputError: it is not what the manifest says.
    """
    digest, steps = hashlib.sha256(), -(-manifest.size // _PIECE)
    with _refused(path), path.open("wb") as file:
        for piece in watch(_unpacked(packed, backup), steps, "MB unpacked"):
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != manifest.sha256:
        raise refusal(InputError, "backup_damaged", backup, why="the hash is not that of its store")
