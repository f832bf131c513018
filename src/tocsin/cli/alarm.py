"""The alarm: where relations got worse, in an event table."""

from __future__ import annotations

import sys

import click

from tocsin.cli.frame import open_relations


@click.command()
@click.option("--events", required=True, metavar="FILE", help="The table; - is standard input.")
@click.option(
    "--rate",
    type=click.FloatRange(0.001, 12),
    default=0.2,
    show_default=True,
    metavar="N",
    help="False alarms allowed for each pair and year: 0.2 is one in five years.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one alarm a line.")
def alarm(events: str, rate: float, as_json: bool) -> None:
    """Find where one party's acts against another got worse than they used to be.

    The header tells the format: POLECAT, GDELT 2.0, ICEWS, or the columns day, source, cameo (code
    or name) and target.  Acts of verbal and material conflict are counted, against all events of
    the day; a day without any event is taken as not covered.  Every alarm of the whole table is
    printed, ended ones too.

    \b
    Examples:
      tocsin alarm --events icews.tab
      tocsin alarm --events 20241029.export.CSV.gz --rate 0.05
      tocsin alarm --events polecat.txt --json | jq 'select(.actor == "RUS")'
    """
    from rich.console import Console

    from tocsin.publish import alarms
    from tocsin.watch.alarms import find_alarms

    with open_relations(None, events) as relations:
        outcome = find_alarms(relations, rate)
    if as_json:
        alarms.write_json(outcome, sys.stdout)
        click.echo("\n".join(alarms.account_of(outcome)), err=True)
    else:
        alarms.write_alarms(outcome, Console(highlight=False))
