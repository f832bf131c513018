"""The frame of all commands: days, complaints, exit codes, the start and the end of a run."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tocsin.errors import InputError, TocsinError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.publish.progress import show_steps, show_working
from tocsin.publish.visible import on_one_line
from tocsin.settings import describe_settings, load_settings

if TYPE_CHECKING:
    from rich.console import Console

    from tocsin.store.handle import Store
    from tocsin.watch.relations import Relations

T = TypeVar("T")
_Command = TypeVar("_Command", bound=Callable[..., Any])

_SETTINGS = "\n".join(
    f"  {name}  ({default})\n      {what}" for name, default, what in describe_settings()
)

EPILOG = f"""\b
Exit codes:
  0  done
  1  some articles of several failed (they are named at the end), the output
     could not be written, a store or what Tocsin needs is not sound, or a
     fault in Tocsin
  2  the command line was not understood
  3  the input could not be read (missing, empty, binary, too large, no
     article ...)
  4  the text is not in English
  5  a value was not understood (a day, a setting, an encoding, the file of a
     page)
  6  the language pipeline is not installed or cannot be used
  7  a file of the reference or a table of outlets cannot be used, or Wikidata
     did not answer
  8  there is no store, it is damaged, a newer Tocsin wrote it, or an older
     one and nothing has been written to it since
  9  parts of a work that many share: too much failed, damaged, or of another
     reader
  130  stopped with Ctrl-C; what was kept stays

\b
Days:
  2024-10-29, "29 October 2024", today, yesterday, monday, "3 days ago"; where
  days begin or end (--since, --until) also 2024-10, "October 2024", 2024,
  2024-W44, "last week", "this month": the first day of it, or the last.
  Weeks begin on Monday.

\b
Environment variables (default):
  TOCSIN_STORE  (none)
      folder of the store, where --store is not given
  TOCSIN_WEBHOOK_SECRET  (none)
      with which tocsin watch seals what it sends to a webhook
{_SETTINGS}
"""


def _require_name(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuse an empty name, as of a shell variable that is not set: it would be this folder."""
    if value == "":
        raise click.BadParameter("the name of the folder is empty", ctx, param)
    return value


def _store_option(required: bool) -> Callable[[_Command], _Command]:
    return click.option(
        "--store",
        required=required,
        envvar="TOCSIN_STORE",
        show_envvar=True,
        metavar="DIR",
        callback=_require_name,
        help="The folder of the store.",
    )


#: Given to every command that works on a store; its parameter is called `store`.
store_option = _store_option(required=True)

#: Given to commands that do without one; its parameter is then None.
optional_store_option = _store_option(required=False)


def read_mapping(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """Part each value at its first equals sign: what is meant, and the column it is in."""
    for each in (each for each in values if "=" not in each):
        what = f"{each!r} is not like text=body: what it is, =, and a column"
        raise click.BadParameter(what, ctx, param)
    parts = (each.partition("=") for each in values)
    return {field.strip(): column.strip() for field, _, column in parts}


def _read_parts(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """Read a mapping of which one value may hold several, divided by commas."""
    each = (piece for value in values for piece in re.split(r",(?=\s*\w+=)", value))
    return read_mapping(ctx, param, tuple(each))


def on_relations(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command what parties do to each other first, by a store or an event table.

    The acts can be told as long as the command runs.
    """

    @wraps(command)
    def opened(
        store: str | None, events: str | None, mapping: dict[str, str], **options: Any
    ) -> None:
        with _open_relations(store, events, mapping) as relations:
            command(relations, **options)

    table = "An event table instead of a store; - is standard input."
    mapped = (
        "Columns of a table in a form of its own: day=COLUMN,actor=COLUMN,recipient=COLUMN,"
        "act=COLUMN; may be repeated."
    )
    for option in (
        click.option(
            *("--map", "mapping"),
            metavar="PART=COLUMN",
            callback=_read_parts,
            multiple=True,
            help=mapped,
        ),
        click.option("--events", metavar="FILE", help=table),
        optional_store_option,
    ):
        opened = option(opened)
    return opened


@contextmanager
def _open_relations(
    store: str | None, events: str | None, mapping: Mapping[str, str]
) -> Iterator[Relations]:
    import tocsin
    from tocsin.watch.stored import read_relations

    context = click.get_current_context()
    given = context.get_parameter_source("store") is click.core.ParameterSource.COMMANDLINE
    if events is not None and given:
        raise click.UsageError("two things to read: give --store or --events")
    if events is not None:
        yield _relations_of_table(events, mapping)
    elif mapping:
        raise click.UsageError("--map names columns of a table: give it with --events")
    elif store is not None:
        with tocsin.open(store) as opened:
            complain_of_rest(opened, "answer")
            with show_working("reading the acts of the store"):
                relations = read_relations(opened)
            yield relations
    else:
        raise click.UsageError("nothing to read: give --store or --events")


def _relations_of_table(events: str, mapping: Mapping[str, str]) -> Relations:
    from tocsin.reference.offices import load_reference
    from tocsin.watch.event_tables import read_event_table
    from tocsin.watch.events import relations_of

    settings = load_settings()
    rows = read_event_table(events, settings, show_steps, mapping)
    if rows.damage:
        complain(str(refusal(InputError, "file_not_whole", events, damage=rows.damage)))
    with show_working("finding the parties of all rows"):
        return relations_of(rows, load_reference(settings))


class Number(click.FloatRange):
    """A number in a range; NaN, which compares with nothing, is in none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number, or say that it is none."""
        number = super().convert(value, param, ctx)
        return self.fail(f"{value} is no number.", param, ctx) if number != number else number


#: Exit code of what Ctrl-C stopped, as shells have it: 128 and the number of the signal.
STOPPED = 130


#: Said of every option for where days begin or end.
ALSO_DAYS = 'Also 2024-10, yesterday, "last week" ...'


def day_option(name: str, help: str) -> Callable[[_Command], _Command]:
    """Return the option for a day as people write it: 2024-10-29, yesterday ...

    --since and --until also take the first and the last day of a week, a month, a year.
    """

    def read(_: click.Context, param: click.Parameter, value: str | None) -> date | None:
        from tocsin.store import asked

        readers = {"--since": asked.read_first_day, "--until": asked.read_last_day}
        return None if value is None else readers.get(name, asked.read_day)(param.opts[0], value)

    told = f"{help}  {ALSO_DAYS}" if name in ("--since", "--until") else help
    return click.option(name, metavar="DAY", callback=read, help=told)


def _read_parties(_: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    from tocsin.watch.parties import read_parties

    return () if value is None else read_parties(param.opts[0], value)


#: Of commands on what goes on between parties; their parameter is called `about`.
about_option = click.option(
    "--about",
    metavar="PARTIES",
    callback=_read_parties,
    help="Only what one of these is a side of, as in PRK,RUS or Sudan,NATO.",
)


def _read_pair(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, str]:
    """Return two parties; one is both where what goes on inside it is asked."""
    sides = _read_parties(ctx, param, value)
    if len(sides) not in (1, 2):
        raise click.BadParameter("name one party or two, as in RUS,UKR", ctx, param)
    return sides[0], sides[-1]


#: Of commands on one pair; their parameter is called `pair`.
pair_option = click.option(
    "--pair",
    required=True,
    metavar="PARTIES",
    callback=_read_pair,
    help="Two parties, as in RUS,UKR, or one country for what goes on inside it.",
)


class Group(click.Group):
    """Shows every error that Tocsin raises on purpose as one message, with its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error raised on purpose becomes its message and its exit code."""
        try:
            return super().invoke(ctx)
        except TocsinError as error:
            complain(str(error))
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            complain("stopped")
            ctx.exit(STOPPED)


def complain(message: str) -> None:
    """Say `message` on standard error."""
    click.echo(f"tocsin: {on_one_line(message)}", err=True)


@contextmanager
def extra(name: str, what: str) -> Iterator[None]:
    """Say how to install the extra of this name where what the body imports is not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        missing = f"{error.name} is not installed: pip install 'tocsin[{name}]'"
        raise click.UsageError(f"{what} an extra; {missing}") from None


def write_page(path: str, page: str, what: str) -> None:
    """Write a page, in folders that are made if need be, and say on standard error where it is.

    A page that was there stays where the new one cannot be written to its end.

    Raises:
        ValueNotUnderstood: it cannot be written there.
    """
    from tocsin.publish.exports.target import file_at

    try:
        target = Path(path).resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_file() or not target.exists():
            with file_at(str(target), force=True) as file:
                file.write(page)
        else:  # a pipe, or what refuses
            target.write_text(page, encoding="utf-8")
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in the path
        why = error.strerror if isinstance(error, OSError) else error
        raise refusal(ValueNotUnderstood, "page_not_written", path, why=why) from None
    click.echo(f"The {what} is in {on_one_line(path)}", err=True)


def complain_of_rest(store: Store, what: str) -> None:
    """Say that the store is not settled, or that `what` is given mixes what readers found."""
    if not store.is_settled():
        from tocsin.store.pending import WHAT_SETTLES, tell_unsettled

        complain(f"{tell_unsettled()}.  {WHAT_SETTLES}")
    if len(store.readers()) > 1:
        complain(
            f"the {what} mixes what {len(store.readers())} versions of the reader found: "
            "`tocsin reread` brings all articles up to date"
        )


def one_of(name: str, flag: str, value: str, help: str) -> Callable[[_Command], _Command]:
    """Return a flag by which the parameter `name` is `value`; of such flags one can be given."""
    return click.option(
        flag, name, flag_value=value, multiple=True, callback=_take_one, help=help
    )  # multiple: else the last would win without a word


def _take_one(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> str | None:
    if len(set(values)) > 1:
        options = (each for each in ctx.command.params if isinstance(each, click.Option))
        alike = (each for each in options if each.name == param.name and each.flag_value in values)
        flags = " and ".join(each.opts[0] for each in alike)
        raise click.UsageError(f"{flags} contradict each other; give one of them", ctx)
    return values[0] if values else None


def json_option(what: str) -> Callable[[_Command], _Command]:
    """Return the option for JSON of a command that shows several of `what`."""
    told = f"Print JSON, one {what} a line."
    return click.option("--json", "as_json", is_flag=True, help=told)


def show(records: Iterable[object], as_json: bool, write: Callable[[Console], None]) -> None:
    """Print `records` as JSON, one a line, or what `write` makes of them."""
    from rich.console import Console

    from tocsin.publish.jsontext import write_lines

    if as_json:
        write_lines(records, sys.stdout)
    else:
        write(Console(highlight=False))


def run(command: click.Group) -> None:
    """Run `command` on the command line of this process."""
    if sys.stdout is None:  # closed before the start: nobody wants to see what is printed
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for good
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that cannot show “ must not end the run
            stream.reconfigure(errors="backslashreplace")
    try:
        command()
    except OSError as error:
        complain(f"the operating system refused: {error}")
        sys.exit(1)
    finally:
        _flush()


def _flush() -> None:
    """Write out what is left; a full disk must not show as a complaint of the interpreter."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing more is tried at the exit
        if error.errno != errno.EPIPE:
            complain(f"the operating system refused: {error}")
        sys.exit(1)
