"""The alarm: where relations got worse, in a store or in an event table."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from tocsin.cli.frame import Number, about_option, day_option, json_option, on_relations, show
from tocsin.publish.progress import show_working

if TYPE_CHECKING:
    from tocsin.watch.relations import Relations


@click.command()
@on_relations
@about_option
@day_option("--since", "Only alarms that rang on or after this day, or still rang then.")
@click.option(
    "--rate",
    type=Number(0.001, 12),
    default=0.2,
    show_default=True,
    metavar="N",
    help="False alarms allowed for each pair and year: 0.2 is one in five years.",
)
@click.option(
    "--budget",
    type=Number(0, min_open=True),
    metavar="N",
    help="False alarms to be expected among all that are shown, at most: lowers the rate.",
)
@json_option("alarm")
def alarm(
    relations: Relations,
    about: tuple[str, ...],
    since: date | None,
    rate: float,
    budget: float | None,
    as_json: bool,
) -> None:
    """Find where one party's acts against another got worse than they used to be.

    Acts of verbal and material conflict are counted day by day, in a store by the day on which they
    were first told, against what was read in all; a day of which nothing was read is not covered.
    An alarm is confirmed where it would ring on what stands alone: what an outlet tells in its own
    words, or a speaker who can be asked, and nothing contradicts.  All alarms are printed, ended
    ones too.

    The header of a table tells its format: POLECAT, GDELT 2.0, ICEWS, or the columns day, source,
    cameo (code or name) and target.  All its alarms are taken as confirmed.

    \b
    Examples:
      tocsin alarm --store crisis --since 2024-10-01 --about PRK,RUS
      tocsin alarm --store crisis --json | jq 'select(.rings == "unconfirmed")'
      tocsin alarm --events icews.tab --budget 1
      tocsin alarm --events own.csv --map day=date,actor=who,recipient=whom,act=code
    """
    from tocsin.publish import alarms
    from tocsin.watch.alarms import find_alarms

    with show_working("finding alarms"):
        outcome = find_alarms(relations, rate, budget=budget, about=about, since=since)
    show(outcome.alarms, as_json, partial(alarms.write_alarms, outcome))
    if as_json:
        click.echo("\n".join(alarms.account_of(outcome)), err=True)
