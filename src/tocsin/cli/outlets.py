"""What the user says of outlets: outlets."""

from __future__ import annotations

import click

from tocsin.cli.frame import store_option


@click.command()
@click.argument("table", required=False, metavar="[FILE]")
@store_option
def outlets(table: str | None, store: str) -> None:
    """Say how reliable outlets are and who owns them, with a table in FILE; or show what is said.

    FILE is CSV, or TSV, with a first line that names the columns: domain (bbc.co.uk), and any of
    name, owner, reliability (A to F, the Admiralty code) and note.  It takes the place of the table
    that was there, and the grades of all reported events follow.

    \b
    Examples:
      tocsin outlets outlets.csv --store crisis
      tocsin outlets --store crisis
    """
    from tocsin.corpus.outlets import import_outlets, list_outlets
    from tocsin.publish.visible import on_one_line

    if table is not None:
        count = import_outlets(table, store)
        click.echo(f"{count} outlets are in the table.", err=True)
        return
    for outlet in list_outlets(store):
        fields = (*outlet.domains, outlet.reliability, outlet.name, outlet.owner, outlet.note)
        click.echo("\t".join(on_one_line(each or "") for each in fields))
