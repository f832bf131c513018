"""Doctor: what the installation, the reference and a store need, each said with what to do.

Nothing is changed, and nothing is asked of the network.
"""

from __future__ import annotations

import base64
import hashlib
import platform
import shutil
import time
import webbrowser
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.metadata import PackageNotFoundError, PackagePath, files, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from tocsin.errors import TocsinError
from tocsin.lexicons.numbered import counted
from tocsin.lexicons.tables import given, read_rows
from tocsin.settings import Settings
from tocsin.store.pending import WHAT_SETTLES, tell_unsettled

#: What is installed on wish, and serves users.
EXTRAS = ("desk", "frames", "ray", "datatrove")
#: Days after which the reference is called old, and gigabytes below which a disk is called full.
_OLD, _SHORT = 180, 2.0
#: In which a statement and an event must be found.
_TEXT = (
    "NAIROBI, 3 March 2025 - The army of Chad shelled a town in Niger on Sunday.\n"
    "“We will not accept this attack,” the foreign minister of Niger said on Monday.\n"
)


class Mark(StrEnum):
    """How grave it is."""

    OK = "ok"
    NOTE = "note"  #: something optional, or to know
    WRONG = "wrong"  #: reading, or the store that was named, does not work


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """One thing that was looked at."""

    mark: Mark
    subject: str
    said: str
    advice: str  #: what to do, or nothing


def examine(settings: Settings, store: Path | None, *, today: date) -> Iterator[Symptom]:
    """Yield what there is to say of the installation, the reference, this machine and a store."""
    system = f"{platform.system()} {platform.machine()}"
    yield _symptom(
        "version", version=version("tocsin"), python=platform.python_version(), system=system
    )
    yield from _packages()
    yield from map(_extra, EXTRAS)
    yield _weights()
    yield _reading(settings)
    yield _reference(settings, today)
    yield _browser()
    yield _disk(store or settings.data_dir.expanduser())
    if store is not None:
        yield from _store(store, settings)


def _symptom(key: str, **seen: object) -> Symptom:
    mark, subject, *words = _read_symptoms()[key]
    said, advice = ((given(each) or "").format_map(seen) for each in words)
    return Symptom(mark=Mark(mark), subject=subject, said=said, advice=advice)


@cache
def _read_symptoms() -> dict[str, tuple[str, ...]]:
    rows = read_rows("lexicons/doctor.tsv", "key mark subject said advice")
    return {key: tuple(cells) for key, *cells in rows}


# --------------------------------------------------------------------------- the installation


def _needed(extra: str = "") -> list[Requirement]:
    """Return what Tocsin needs, or what one of its extras needs beside."""
    needed = map(Requirement, requires("tocsin") or ())
    fitting = [each for each in needed if not each.marker or each.marker.evaluate({"extra": extra})]
    return [each for each in fitting if "extra" in str(each.marker) or not extra]


def _packages() -> Iterator[Symptom]:
    needed = _needed()
    wrong = [found for each in needed if (found := _unfit(each))]
    yield from wrong or [_symptom("packages", number=len(needed))]


def _unfit(needed: Requirement) -> Symptom | None:
    what = f"{needed.name}{needed.specifier}"
    try:
        found = version(needed.name)
    except PackageNotFoundError:
        return _symptom("package_missing", name=needed.name, needed=what)
    if needed.specifier.contains(found, prereleases=True):
        return None
    return _symptom("package_unfit", name=needed.name, found=found, needed=what)


def _extra(extra: str) -> Symptom:
    missing = next((each.name for each in _needed(extra) if _unfit(each)), None)
    if missing is None:
        return _symptom("extra_there", extra=extra)
    return _symptom("extra_missing", extra=extra, name=missing)


def _weights() -> Symptom:
    """Hold the weights to the hashes that the installed wheel names."""
    from tocsin.models.networks import reader_version

    shipped = [f for f in files("tocsin") or () if f.hash and f.match("tocsin/models/weights/*")]
    changed = [each.name for each in shipped if not _is_as_shipped(each)]
    if changed:
        return _symptom("weights_changed", names=", ".join(changed))
    key = "weights" if shipped else "weights_unsigned"
    return _symptom(key, number=len(shipped), reader=reader_version())


def _is_as_shipped(file: PackagePath) -> bool:
    with suppress(OSError):
        digest = hashlib.sha256(file.read_binary()).digest()
        written = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return file.hash is not None and file.hash.value == written
    return False


def _reading(settings: Settings) -> Symptom:
    """Read a text, as nothing else shows that reading works."""
    started = time.perf_counter()
    try:
        from tocsin.articles.read import read_text
        from tocsin.pipeline import open_tools, process_article

        report = process_article(read_text(_TEXT, settings=settings), open_tools(settings))
    except Exception as error:  # whatever a broken package raises
        why = str(error) if isinstance(error, TocsinError) else repr(error)
        return _symptom("reading_fails", why=why)
    if not (report.statements and report.events):
        return _symptom("reading_finds_nothing")
    return _symptom("reading", seconds=time.perf_counter() - started)


def _reference(settings: Settings, today: date) -> Symptom:
    from tocsin.reference.offices import load_reference

    try:
        reference = load_reference(settings)
    except TocsinError as error:
        return _symptom("reference_fails", why=error)
    ends = reference.ends_of_lists()
    latest = sorted(ends.items())[-3:]
    earlier = ends.total() - sum(number for _, number in latest)
    days = (today - reference.as_of).days
    return _symptom(
        "reference_old" if days > _OLD else "reference",
        what=reference.describe(),
        lists=ends.total(),
        ends=", ".join((f"earlier {earlier:,}", *(f"{year} {n:,}" for year, n in latest))),
        days=days,
    )


# --------------------------------------------------------------------------- machine and store


def _browser() -> Symptom:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return _symptom("browser_missing")
    return _symptom("browser")


def _disk(folder: Path) -> Symptom:
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    free = shutil.disk_usage(there).free / 1e9
    return _symptom("disk_short" if free < _SHORT else "disk", free=free, folder=there)


def _store(folder: Path, settings: Settings) -> Iterator[Symptom]:
    from tocsin.models.networks import reader_version
    from tocsin.reference.layers import read_own_actors
    from tocsin.store.database import open_database
    from tocsin.store.holdings import read_holdings
    from tocsin.store.migrations import SCHEMA_VERSION
    from tocsin.store.reread import count_stale
    from tocsin.store.tables import read_value
    from tocsin.store.verify import first_damage

    try:
        with closing(open_database(folder, read_only=True, older=True)) as connection:
            if damage := first_damage(connection):
                yield _symptom("store_damaged", why=damage)
                return
            found = read_value(connection, "PRAGMA user_version")
            if found < SCHEMA_VERSION:
                yield _symptom("store_older", version=found, folder=folder)
                return
            held = read_holdings(connection)
            reader = read_own_actors(settings.data_dir).mark(reader_version())
            stale = count_stale(connection, reader)
    except TocsinError as error:
        yield _symptom("store_fails", why=error)
        return
    megabytes = held.bytes / 1e6
    yield _symptom(
        "store",
        articles=counted(held.articles, "article"),
        megabytes=megabytes,
        version=held.schema,
        folder=folder,
    )
    if held.pending:
        yield _symptom("store_unsettled", told=tell_unsettled(held.pending), advice=WHAT_SETTLES)
    if stale:
        yield _symptom("store_stale", texts=counted(stale, "text"))
