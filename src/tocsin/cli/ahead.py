"""Ahead: what may come of a pair, and what came of stretches of the past that were like its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from tocsin.cli.frame import json_option, on_relations, pair_option, show
from tocsin.publish.progress import show_working

if TYPE_CHECKING:
    from tocsin.watch.relations import Relations


@click.command()
@on_relations
@pair_option
@json_option("object")
def outlook(relations: Relations, pair: tuple[str, str], as_json: bool) -> None:
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
    from tocsin.publish import ahead
    from tocsin.watch.alarms import find_rings
    from tocsin.watch.outlook import look_ahead

    ways = [*dict.fromkeys((pair, pair[::-1]))]
    with show_working("trying the outlook on the past"):
        outlooks = look_ahead(relations, find_rings(relations), ways)
    show(outlooks, as_json, partial(ahead.write_outlooks, outlooks))


@click.command()
@on_relations
@pair_option
@json_option("object")
def past(relations: Relations, pair: tuple[str, str], as_json: bool) -> None:
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
    from tocsin.publish import ahead
    from tocsin.watch.alarms import find_rings
    from tocsin.watch.past import compare_with_past

    with show_working("comparing with the past"):
        compared = compare_with_past(relations, find_rings(relations), *pair)
    show([compared], as_json, partial(ahead.write_past, compared))
