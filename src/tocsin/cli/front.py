"""The front of the command line: what to do first, and the commands by what they are for."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable

import click

from tocsin.cli.frame import Group
from tocsin.lexicons.tables import read_records
from tocsin.publish.visible import on_one_line

_FIRST = """\
Tocsin reads news about crises: what happened, who says so, and could they?

  tocsin read article.txt              report on an article: file, - or address
  tocsin add articles/{store:<15}  keep a folder of articles in a store
  tocsin desk{store:<15}           open the store in the browser
  tocsin events{store:<15}         ask it; also alarm, brief, findings ...
  tocsin doctor                        look whether everything works here
{beside}
`tocsin --help` lists all commands, `tocsin COMMAND --help` explains one."""


def first_steps() -> str:
    """Return what somebody can do who has said nothing yet; the store is that of the environment.

    Where none is named there, the examples name one; none is looked for.
    """
    named = os.environ.get("TOCSIN_STORE")
    beside = f"\nThe store is {on_one_line(named)} (TOCSIN_STORE).\n" if named else ""
    return _FIRST.format(store="" if named else " --store crisis", beside=beside)


class Front(Group):
    """Lists the commands under the headings of `lexicons/commands.tsv`, each on a line."""

    def add_listed(self, commands: Iterable[click.Command]) -> None:
        """Add the commands in the order of the table, with what it says of each."""
        given = {each.name: each for each in commands}
        for row in read_records("lexicons/commands.tsv"):
            command = given.pop(row["command"])
            command.short_help = row["help"]
            self.add_command(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write each heading with its commands; no line of help is cut."""
        sections = defaultdict(list)
        for row in read_records("lexicons/commands.tsv"):
            sections[row["heading"]].append((row["command"], row["help"]))
        widest = max(len(name) for rows in sections.values() for name, _ in rows)
        for heading, rows in sections.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(widest), told) for name, told in rows])
