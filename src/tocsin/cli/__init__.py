"""The command line: one command per verb.

Nothing heavy is imported here; a command imports what it needs when it runs, so that
``tocsin --help`` answers at once.
"""

from __future__ import annotations

import os

import click

from tocsin.cli.ahead import outlook, past
from tocsin.cli.alarm import alarm
from tocsin.cli.backup import backup, restore
from tocsin.cli.between import blocs, lists
from tocsin.cli.brief import brief
from tocsin.cli.corpus import add, forget, gather, outlets, reread, status, verify, work
from tocsin.cli.desk import desk, mcp
from tocsin.cli.doctor import doctor
from tocsin.cli.export import export
from tocsin.cli.frame import EPILOG, Group, run
from tocsin.cli.judge import judge
from tocsin.cli.lookup import office, person, reference
from tocsin.cli.query import make_commands
from tocsin.cli.read import explain, read
from tocsin.cli.watch import watch

# One thread a process: articles, not matrices, are what runs side by side.  It counts only where it
# is set before numpy is loaded; a program that loads Tocsin as a library decides for itself.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@click.group(cls=Group, epilog=EPILOG)
@click.version_option(package_name="tocsin")
def tocsin() -> None:
    """Read news about crises: what happened, who says so, and could they have said it?

    \b
    Examples:
      tocsin read article.txt
      tocsin read page.html --html sitrep.html
      tocsin read article.txt --on 2024-10-29 --json | jq .findings
      curl -s https://example.org/news | tocsin read -
    """


_READING = (read, explain, add, work, gather, watch, reread)
_KEEPING = (status, verify, backup, restore, forget, outlets)
_ASKING = (*make_commands(), export, alarm, outlook, past, blocs, lists, brief, desk, mcp, judge)
_LOOKING_UP = (office, person, reference, doctor)

for each in (*_READING, *_KEEPING, *_ASKING, *_LOOKING_UP):
    tocsin.add_command(each)


def main() -> None:
    """Run the command line."""
    run(tocsin)
