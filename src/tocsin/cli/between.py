"""Between parties: how they stand to each other, and what goes on between them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from tocsin.cli.frame import (
    about_option,
    complain_of_rest,
    day_option,
    json_option,
    on_relations,
    show,
    store_option,
)
from tocsin.publish.progress import show_working

if TYPE_CHECKING:
    from tocsin.watch.relations import Relations

#: As `tocsin.watch.blocs` has them, which is too heavy to be loaded for help.
PERIODS = ("week", "month", "quarter", "year")


@click.command()
@on_relations
@click.option("--period", type=click.Choice(PERIODS), default="month", show_default=True)
@about_option
@json_option("tie, move or triangle")
def blocs(relations: Relations, period: str, about: tuple[str, ...], as_json: bool) -> None:
    """Show who moves towards whom and away, and which triangles of friends and foes tip.

    A tie is what two parties do to each other, cooperation against conflict, from -1 to 1; talk is
    none.  Moves are those of which chance can hardly be the reason; treaties of mutual defence
    stand beside, and decide nothing.

    \b
    Examples:
      tocsin blocs --store crisis --period week
      tocsin blocs --events icews.tab --about RUS,UKR,USA
      tocsin blocs --events icews.tab --json | jq 'select(.record == "triangle")'
    """
    from tocsin.publish import blocs as shown
    from tocsin.watch.blocs import find_blocs

    with show_working("comparing pairs and triangles"):
        found = find_blocs(relations, period, about)
    show(shown.as_records(found), as_json, partial(shown.write_blocs, found))


@click.command()
@store_option
@about_option
@click.option(
    "--kind", "kinds", multiple=True, metavar="LIST", help="Only this list, like sanctions."
)
@day_option("--since", "Only by events on or after this day.")
@json_option("entry")
def lists(
    store: str, about: tuple[str, ...], kinds: tuple[str, ...], since: date | None, as_json: bool
) -> None:
    """Show running lists: what goes on between pairs, the latest first, each with its course.

    Lists: sanctions, deployments, visits, pledges, threats, releases, ceasefires.  Each step of an
    entry is a reported event with its status: what is denied is there, and said to be denied.

    \b
    Examples:
      tocsin lists --store crisis --about PRK,RUS
      tocsin lists --store crisis --kind sanctions --since 2024-10-01
      tocsin lists --store crisis --kind ceasefires --json | jq .steps
    """
    import tocsin
    from tocsin.publish import lists as shown
    from tocsin.watch.lists import read_entries

    with tocsin.open(store) as opened:
        complain_of_rest(opened, "answer")
        with show_working("reading the lists"):
            entries = read_entries(opened, about, kinds, since)
    show(entries, as_json, partial(shown.write_entries, entries))
    if not entries:
        click.echo("No entry of a list in the store fits.", err=True)
