"""Whether everything that Tocsin needs is there, and works: doctor."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from tocsin.cli.frame import optional_store_option
from tocsin.publish.visible import on_one_line
from tocsin.settings import load_settings


@click.command()
@optional_store_option
def doctor(store: str | None) -> None:
    """Look at the installation, the reference, this machine and a store, and say what to do.

    Each thing is on a line of its own: ok; note, for what is optional or good to know; or wrong.
    The exit code is 1 where reading, or the store that is named, does not work, and else 0.
    Nothing is changed, and nothing is asked of the network.

    \b
    Examples:
      tocsin doctor
      tocsin doctor --store crisis
    """
    from tocsin.publish.doctor import Mark, examine

    colours = {Mark.OK: "green", Mark.NOTE: "yellow", Mark.WRONG: "red"}
    worst = 0
    for each in examine(load_settings(), Path(store) if store else None, today=date.today()):
        mark = click.style(f"{each.mark:<6}", fg=colours[each.mark])
        told = f"{each.said}.  {each.advice}" if each.advice else each.said
        click.echo(f"{mark}{on_one_line(f'{each.subject}: {told}')}")
        worst = max(worst, int(each.mark is Mark.WRONG))
    sys.exit(worst)
