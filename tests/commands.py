"""Commands as pages write them: run in order, or looked up without being run."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click

from tocsin import cli

TOCSIN = Path(sys.executable).with_name("tocsin")


def run_commands(code: str, folder: Path) -> list[str]:
    """Run the lines of a block that begin with `tocsin`, and return what each printed."""
    return [_run(line, folder) for line in re.findall(r"^tocsin ([^\n#]+)", code, re.M)]


def _run(line: str, folder: Path) -> str:
    command = [TOCSIN, *shlex.split(line)]
    done = subprocess.run(
        command, cwd=folder, check=True, timeout=120, text=True, stdout=subprocess.PIPE
    )
    return done.stdout


def command_of(words: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command that words begin with, as in "reference list", and the words behind it.

    Raises:
        LookupError: there is no such command.
    """
    command, left = cli.tocsin, words
    while left and (below := _below(command).get(left[0])):
        command, left = below, left[1:]
    if command is cli.tocsin and not (left and left[0].startswith("-")):
        raise LookupError(words)
    return command, left


def _below(command: click.Command) -> dict[str, click.Command]:
    if not isinstance(command, click.Group):
        return {}
    context = click.Context(command)
    names = command.list_commands(context)
    return {name: command.get_command(context, name) for name in names}


def options_of(line: str) -> set[str]:
    """Return the options of the command that a line names, and of those below it.

    Raises:
        LookupError: there is no such command.
    """
    command, _ = command_of(line.split())
    meant = (command, *_below(command).values())
    given = [each for one in meant for each in one.params]
    return {option for each in given for option in (*each.opts, *each.secondary_opts)} | {"--help"}
