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
from tocsin.cli.frame import EPILOG, run
from tocsin.cli.front import Front, first_steps
from tocsin.cli.judge import judge
from tocsin.cli.lookup import office, person, reference
from tocsin.cli.query import make_commands
from tocsin.cli.read import explain, read
from tocsin.cli.watch import watch

# One thread a process: articles, not matrices, are what runs side by side.  It counts only where it
# is set before numpy is loaded; a program that loads Tocsin as a library decides for itself.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@click.group(cls=Front, epilog=EPILOG, invoke_without_command=True)
@click.version_option(package_name="tocsin")
@click.pass_context
def tocsin(ctx: click.Context) -> None:
    """Read news about crises: what happened, who says so, and could they have said it?

    \b
    Examples:
      tocsin read article.txt
      tocsin read page.html --html sitrep.html
      tocsin read article.txt --on 2024-10-29 --json | jq .findings
      curl -s https://example.org/news | tocsin read -
    """
    if ctx.invoked_subcommand is None:
        click.echo(first_steps())


_OF_ARTICLES = (read, explain, add, work, gather, reread, forget, outlets)
_OF_ANSWERS = (*make_commands(), judge, watch, alarm, brief, outlook, past, blocs, lists)
_OF_OTHERS = (desk, export, mcp, office, person, reference)
_OF_CARE = (doctor, status, verify, backup, restore)

tocsin.add_listed((*_OF_ARTICLES, *_OF_ANSWERS, *_OF_OTHERS, *_OF_CARE))


def main() -> None:
    """Run the command line."""
    run(tocsin)
