"""The frame of all commands: days, complaints, exit codes, the start and the end of a run."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tocsin.errors import TocsinError
from tocsin.publish.visible import on_one_line
from tocsin.settings import describe_settings

if TYPE_CHECKING:
    from tocsin.store.handle import Store

T = TypeVar("T")
_Command = TypeVar("_Command", bound=Callable[..., Any])

_SETTINGS = "\n".join(
    f"  {name}  ({default}) {what}" for name, default, what in describe_settings()
)

EPILOG = f"""\b
Exit codes:
  0  done
  1  some articles of several failed (they are named at the end), the output could not be
     written, or a fault in Tocsin
  2  the command line was not understood
  3  the input could not be read (missing, empty, binary, too large, no article ...)
  4  the text is not in English
  5  a value was not understood (a day, a setting, an encoding)
  6  the language pipeline is not installed or cannot be used
  7  a reference file is malformed
  8  there is no store, it is damaged, or a newer Tocsin wrote it
  130  stopped with Ctrl-C; what was kept stays

\b
Environment variables (default):
  TOCSIN_STORE  (none) folder of the store, where --store is not given
{_SETTINGS}
"""


def _require_name(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Refuse an empty name, as of a shell variable that is not set: it would be this folder."""
    if not value:
        raise click.BadParameter("the name of the folder is empty", ctx, param)
    return value


#: Given to every command that works on a store; its parameter is called `store`.
store_option = click.option(
    "--store",
    required=True,
    envvar="TOCSIN_STORE",
    show_envvar=True,
    metavar="DIR",
    callback=_require_name,
    help="The folder of the store.",
)


#: Exit code of what Ctrl-C stopped, as shells have it: 128 and the number of the signal.
STOPPED = 130


def day_option(help: str) -> Callable[[_Command], _Command]:
    """Return the option for a day as people write it: 2024-10-29, "29 October 2024" ..."""

    def read(_: click.Context, param: click.Parameter, value: str | None) -> date | None:
        from tocsin.store.asked import read_day

        return None if value is None else read_day(param.opts[0], value)

    return click.option("--on", metavar="DAY", callback=read, help=help)


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


def complain_of_rest(store: Store, what: str) -> None:
    """Say that `what` is given is not complete, or mixes what different readers found."""
    if not store.is_settled():
        complain(
            f"articles are still to be compared: the {what} is not complete.  "
            "`tocsin add` takes the steps that are left."
        )
    if len(store.readers()) > 1:
        complain(
            f"the {what} mixes what {len(store.readers())} versions of the reader found: "
            "`tocsin reread` brings all articles up to date"
        )


def show_progress(
    things: Iterable[T], total: int | None, what: str, *, transient: bool = True
) -> Iterable[T]:
    """Show a progress bar on standard error where that is a terminal; None: no total is known."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    hidden = not console.is_terminal
    return track(things, what, total, console=console, disable=hidden, transient=transient)


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
