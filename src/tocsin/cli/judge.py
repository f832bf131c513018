"""Judgements of what a store holds: judge."""

from __future__ import annotations

import re

import click

from tocsin.cli.frame import one_of, store_option


def _read_fields(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> dict[str, str] | None:
    """Part what is given at commas before a name and its equals sign."""
    if value is None:
        return None
    parts = re.split(r",\s*(?=\w+=)", value)
    for each in (each for each in parts if "=" not in each):
        what = f"{each!r} is not like status=denied: a field, =, and what it is instead"
        raise click.BadParameter(what, ctx, param)
    named = (each.partition("=") for each in parts)
    return {field.strip(): what.strip() for field, _, what in named}


@click.command()
@click.argument("record")
@store_option
@click.option("--as", "judge", required=True, metavar="NAME", help="Who judges.")
@one_of("verdict", "--confirm", "confirmed", "The record is right.")
@one_of("verdict", "--reject", "rejected", "There is no such thing there.")
@click.option(
    "--correct",
    metavar="FIELDS",
    callback=_read_fields,
    help="It is right but for these fields, as in type=COERCE,actors=RUS:MIL+BLR,day=-.",
)
@click.option(
    "--add",
    metavar="FIELDS",
    callback=_read_fields,
    help="RECORD, an article, tells an event that was missed: words=..., type=..., ...",
)
@one_of(
    *("verdict", "--complete", "complete"),
    "RECORD, an article, is read through, and what was missed is added.",
)
@one_of("verdict", "--undo", "withdrawn", "Take back your last on it.")
@click.option("--note", metavar="WORDS", help="Why.")
def judge(
    record: str,
    store: str,
    judge: str,
    verdict: str | None,
    correct: dict[str, str] | None,
    add: dict[str, str] | None,
    note: str | None,
) -> None:
    """Say of RECORD, an id, whether it is right.  The record itself stays as it is.

    RECORD is the id of an event, a statement, an office claim or a finding; that of a reported
    event means all its tellings.  An event has the fields words, type, mode, status, actors,
    actor_words, recipients, recipient_words, by, when, day, where and same; a statement words,
    speaker, office, country, stance, naming and manner; an office claim words, name, office and
    country; a finding verdict.  Words are given as they stand in the text, or by offsets like
    120-127; - is nothing.

    \b
    Examples:
      tocsin judge 96bfe15264da6c85 --store crisis --as Ada --confirm
      tocsin judge 96bfe15264da6c85 --store crisis --as Ada --correct 'type=COERCE,recipients=UKR'
      tocsin judge 4b1c4705e034a3aa --store crisis --as Ada --add 'words=shelled,type=ASSAULT'
      tocsin judge 96bfe15264da6c85 --store crisis --as Ada --undo
      tocsin judgements --store crisis --judge Ada
    """
    from tocsin.publish.visible import on_one_line
    from tocsin.store.arrivals import utc_now
    from tocsin.store.asked import Judged
    from tocsin.store.judgements import judge_record, open_to_judge

    said = {"corrected": correct, "added": add} | ({verdict: {}} if verdict else {})
    chosen = {name: fields for name, fields in said.items() if fields is not None}
    if len(chosen) != 1:
        raise click.UsageError(
            "say one of --confirm, --reject, --correct, --add, --complete, --undo"
        )
    ((word, given),) = chosen.items()
    with open_to_judge(store) as connection:
        kept = judge_record(
            connection, record, judge, Judged(word), given=given, note=note, clock=utc_now
        )
    for each in kept:
        who = on_one_line(each.judge)
        click.echo(f"Kept as {each.id}: {who}, {each.verdict}, {each.what} {each.record}")
