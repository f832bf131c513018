"""A store as one file, and a store made of it again: backup, restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tocsin.cli.frame import store_option
from tocsin.publish.progress import show_steps
from tocsin.publish.visible import on_one_line

if TYPE_CHECKING:
    from tocsin.store.backup import Manifest


@click.command()
@click.argument("file")
@store_option
@click.option("--force", is_flag=True, help="Replace a backup of this name.")
def backup(file: str, store: str, force: bool) -> None:
    """Write a store to FILE, as it is at one moment: articles, findings, judgements, ids.

    Others may add to the store meanwhile.  What was forgotten is not in the backup.  FILE is whole
    or not there: it is written under another name first.

    \b
    Examples:
      tocsin backup crisis.backup --store crisis
      tocsin backup backups/today.backup --store crisis --force
    """
    from tocsin.store.backup import write_backup

    made = write_backup(store, file, force=force, watch=show_steps)
    click.echo(on_one_line(f"{_counted(made)} in {file}."))


@click.command()
@click.argument("file")
@store_option
def restore(file: str, store: str) -> None:
    """Make the store that FILE, a backup, holds; in a new folder, or an empty one.

    A file that is damaged, or was made by something else or by a newer Tocsin, is refused, and
    nothing is left of it.

    \b
    Example:
      tocsin restore crisis.backup --store crisis
    """
    from tocsin.store.backup import restore_backup

    made = restore_backup(file, store, watch=show_steps)
    click.echo(on_one_line(f"{_counted(made)} in {store}, as of {made.made}."))


def _counted(made: Manifest) -> str:
    from tocsin.lexicons.numbered import number_of

    return ", ".join(number_of(number, what) for what, number in made.counts.items())
