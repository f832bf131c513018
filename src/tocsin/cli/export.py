"""A store in the formats of others: export, with a command for each format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from tocsin.cli.frame import complain, store_option
from tocsin.cli.query import filter_option
from tocsin.publish.visible import on_one_line
from tocsin.store.kinds import EVENTS, FINDINGS

if TYPE_CHECKING:
    from tocsin.publish.exports.outcome import Outcome
    from tocsin.store.handle import Store
    from tocsin.store.kinds.kind import Kind

_Command = Callable[..., None]


@click.group()
def export() -> None:
    """Write what a store holds in a format that others read.

    OUT is a file, or a folder where the format is several files; - is standard output.  The export
    is whole or not there: it is written under another name first.

    \b
    Examples:
      tocsin export gdelt out/gdelt --store crisis
      tocsin export csv events.csv --store crisis --actor RUS --since 2024-10-01
      tocsin export geojson - --store crisis --type ASSAULT | jq '.features | length'
    """


def _options(
    kind: Kind[Any] | None, *, leave_out: tuple[str, ...] = ()
) -> Callable[[_Command], _Command]:
    """Give a command OUT, --store, --force and the filters of `kind`."""

    def add(command: _Command) -> _Command:
        for each in reversed(kind.filters if kind else ()):
            if each.name not in leave_out:
                command = filter_option(each)(command)
        command = click.option("--force", is_flag=True, help="Replace an export of this name.")(
            command
        )
        return click.argument("out")(store_option(command))

    return add


@export.command()
@_options(EVENTS)
def polecat(out: str, store: str, force: bool, **asked: Any) -> None:
    """Reported events as POLECAT: a file.

    40 tab-separated columns; one row for each pair of an actor and a recipient.  Events that
    are only denied, negated, hypothetical or future are left out: the format cannot say so.
    """
    from tocsin.publish.exports.from_store import find_events, look_up
    from tocsin.publish.exports.polecat import write_polecat
    from tocsin.publish.exports.target import file_at

    with _opened(store) as kept, file_at(out, force=force) as file:
        outcome = write_polecat(file, find_events(kept, asked, _watch), look_up(kept))
    _close(outcome, out)


@export.command()
@_options(EVENTS)
def gdelt(out: str, store: str, force: bool, **asked: Any) -> None:
    """Reported events as GDELT 2.0: a folder.

    Two files, events and mentions.  PLOVER's types become CAMEO codes.  Events that are only
    denied, negated, hypothetical or future are left out, and so are those without a day or
    without any party.
    """
    from tocsin.publish.exports.from_store import find_events, look_up
    from tocsin.publish.exports.gdelt import EVENTS, MENTIONS, write_gdelt
    from tocsin.publish.exports.target import folder_at

    with _opened(store) as kept, folder_at(out, force=force, names=(EVENTS, MENTIONS)) as folder:
        outcome = write_gdelt(folder, find_events(kept, asked, _watch), look_up(kept))
    _close(outcome, out)


@export.command()
@_options(EVENTS)
def geojson(out: str, store: str, force: bool, **asked: Any) -> None:
    """Events with coordinates as GeoJSON: a file."""
    from tocsin.publish.exports.from_store import find_events
    from tocsin.publish.exports.geojson import write_geojson
    from tocsin.publish.exports.target import file_at

    with _opened(store) as kept, file_at(out, force=force) as file:
        outcome = write_geojson(file, find_events(kept, asked, _watch))
    _close(outcome, out)


@export.command()
@_options(EVENTS)
def ftm(out: str, store: str, force: bool, **asked: Any) -> None:
    """Follow the Money entities: a file.

    People, bodies, events, articles and offices held, one entity a line.  With a filter,
    offices held are left out: they belong to no event.
    """
    from tocsin.publish.exports.from_store import find_checked, find_events, look_up
    from tocsin.publish.exports.ftm import write_ftm
    from tocsin.publish.exports.target import file_at

    filtered = any(value is not None for value in asked.values())
    with _opened(store) as kept, file_at(out, force=force) as file:
        events = find_events(kept, asked, _watch)
        checked = () if filtered else find_checked(kept, {"verdict": "holds"}, _watch)
        outcome = write_ftm(file, events, checked, look_up(kept))
    _close(outcome, out)


@export.command()
@_options(FINDINGS, leave_out=("check",))
def claimreview(out: str, store: str, force: bool, **asked: Any) -> None:
    """Checked claims as ClaimReview: a file.

    What the tenure check says of claims to an office, as schema.org JSON-LD.  Only claims that
    it contradicts or that hold; `unsure` and `no_record` are no judgement.
    """
    from tocsin.publish.exports.claimreview import write_claimreview
    from tocsin.publish.exports.from_store import find_checked
    from tocsin.publish.exports.target import file_at

    with _opened(store) as kept, file_at(out, force=force) as file:
        outcome = write_claimreview(file, find_checked(kept, asked, _watch))
    _close(outcome, out)


@export.command()
@_options(None)
def parquet(out: str, store: str, force: bool) -> None:
    """Every table as Parquet: a folder."""
    from tocsin.publish.exports.from_store import TABLES, tables_of
    from tocsin.publish.exports.parquet import write_parquet
    from tocsin.publish.exports.target import folder_at

    names = [f"{name}.parquet" for name in TABLES]
    with _opened(store) as kept, folder_at(out, force=force, names=names) as folder:
        outcome = write_parquet(folder, tables_of(kept, TABLES, _watch))
    _close(outcome, out)


@export.command()
@_options(EVENTS)
def csv(out: str, store: str, force: bool, **asked: Any) -> None:
    """Every table as CSV: a folder, or a file.

    A folder holds all tables but the texts; a file (NAME.csv or -) reported events alone.
    Filters choose reported events, and need a file.  Text that a spreadsheet would calculate is
    defused.
    """
    from tocsin.publish.exports.csv import write_csv, write_table
    from tocsin.publish.exports.from_store import TABLES, events_table, tables_of
    from tocsin.publish.exports.target import file_at, folder_at

    if out == "-" or out.lower().endswith(".csv"):
        with _opened(store) as kept, file_at(out, force=force) as file:
            outcome = write_table(file, events_table(kept, asked, _watch))
    elif any(value is not None for value in asked.values()):
        raise click.UsageError("filters choose events; name a file like events.csv, or -")
    else:
        tables = [name for name in TABLES if name != "texts"]
        names = [f"{name}.csv" for name in tables]
        with _opened(store) as kept, folder_at(out, force=force, names=names) as folder:
            outcome = write_csv(folder, tables_of(kept, tables, _watch))
    _close(outcome, out)


@contextmanager
def _opened(folder: str) -> Iterator[Store]:
    from tocsin.store.handle import open_store

    with open_store(folder) as store, store.at_one_moment():
        if not store.is_settled():
            complain(
                "articles are still to be compared: the export is not complete.  "
                "`tocsin add` takes the steps that are left."
            )
        yield store


def _watch(records: Iterable[Any], total: int, what: str) -> Iterable[Any]:
    """Show a progress bar on standard error where that is a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    hidden = not console.is_terminal
    return track(records, what, total=total, console=console, disable=hidden, transient=True)


def _close(outcome: Outcome, out: str) -> None:
    where = "" if out == "-" else f" in {on_one_line(out)}"
    written, _, left_out = outcome.sentence().partition("; left out: ")
    more = f"; left out: {left_out}" if left_out else ""
    click.echo(f"{written}{where}{more}.", err=True)
