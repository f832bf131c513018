"""Ahead: what may come of a pair, and what came of stretches of the past that were like its own."""

from __future__ import annotations

import sys

import click

from tocsin.cli.frame import open_relations, pair_option, relations_options

_json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, one object a line."
)


@click.command()
@relations_options
@pair_option
@_json_option
def outlook(
    store: str | None,
    events: str | None,
    mapping: dict[str, str],
    pair: tuple[str, str],
    as_json: bool,
) -> None:
    """Say how likely acts of a pair, and an alarm, are in the next 7 and 30 days.

    The chance of at least one act of verbal and material cooperation and conflict, each way, from
    how often there was one in the long run and what the last weeks had.  It is tried on the past of
    the table; where it was no better than the long-run rate, that is what is said.

    \b
    Examples:
      tocsin outlook --events icews.tab --pair RUS,UKR
      tocsin outlook --store crisis --pair Sudan
      tocsin outlook --events icews.tab --pair CHN,JPN --json | jq '.chances[] | select(.better)'
    """
    from rich.console import Console

    from tocsin.publish import ahead
    from tocsin.watch.alarms import find_rings
    from tocsin.watch.outlook import look_ahead

    with open_relations(store, events, mapping) as relations:
        ways = [*dict.fromkeys((pair, pair[::-1]))]
        outlooks = look_ahead(relations, find_rings(relations), ways)
    if as_json:
        ahead.write_json(outlooks, sys.stdout)
    else:
        ahead.write_outlooks(outlooks, Console(highlight=False))


@click.command()
@relations_options
@pair_option
@_json_option
def past(
    store: str | None,
    events: str | None,
    mapping: dict[str, str],
    pair: tuple[str, str],
    as_json: bool,
) -> None:
    """Show which stretches of the past were most like the last four weeks of a pair.

    Of any pair, by the course of acts against what the pair is used to, by scores and types; with
    what followed in thirty days.  Something is always most alike: how many other pairs have a past
    that is as like them is said too.

    \b
    Examples:
      tocsin past --events icews.tab --pair THA,KHM
      tocsin past --store crisis --pair Sudan
      tocsin past --events icews.tab --pair RUS,UKR --json | jq '.found[].rang'
    """
    from rich.console import Console

    from tocsin.publish import ahead
    from tocsin.watch.alarms import find_rings
    from tocsin.watch.past import compare_with_past

    with open_relations(store, events, mapping) as relations:
        compared = compare_with_past(relations, find_rings(relations), *pair)
    if as_json:
        ahead.write_json([compared], sys.stdout)
    else:
        ahead.write_past(compared, Console(highlight=False))
