"""Blocs shown: who moved, which triangles tipped and how pairs stand, in a terminal or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from rich.console import Console
from rich.text import Text

from tocsin.checks.wording import name_pair
from tocsin.lexicons.numbered import counted
from tocsin.publish.alarms import act_words
from tocsin.publish.terminal import bar, styled
from tocsin.records import to_json
from tocsin.watch.blocs import FEWEST_DAYS, SURE_MOVE, Blocs, Move, Tie, Triangle

#: Ties of the last period that are shown of either sign, and acts with a move; JSON has all.
_TIES, _ACTS = 12, 2
_AND = " – "
_SIGNS = {1: "friends", -1: "foes"}


def as_records(blocs: Blocs) -> Iterator[dict[str, Any]]:
    """Yield every tie, move and triangle under the names of its fields, with what it is."""
    for each in (*blocs.ties, *blocs.moves, *blocs.triangles):
        yield {"record": type(each).__name__.lower(), **to_json(each)}


def write_blocs(blocs: Blocs, console: Console) -> None:
    """Write what moved and tipped, how pairs stand in the last period, and what that is worth."""
    for line in _lines(blocs):
        console.print(line, soft_wrap=True)


def account_of(blocs: Blocs) -> Iterator[str]:
    """Yield sentences on what was compared and how many moves chance alone would show."""
    many, moves = len(blocs.periods), len(blocs.moves)
    yield (
        f"{counted(len(blocs.ties), 'tie')} (pairs with {FEWEST_DAYS} days of acts or more) in "
        f"{counted(many, blocs.by)}; {blocs.compared:,} of all could be compared with the "
        f"{blocs.by} before: {moves:,} moved, {SURE_MOVE:.0%} sure.  About "
        f"{blocs.expected_false:,.1f} of all would if nothing had changed anywhere."
    )


def _lines(blocs: Blocs) -> Iterator[Text]:
    if blocs.moves:
        yield Text("Who moved", "bold underline")
    for move in blocs.moves:
        yield from _move(move)
    if blocs.triangles:
        yield Text("Triangles that tipped", "bold underline")
    yield from map(_triangle, blocs.triangles)
    last = [tie for tie in blocs.ties if tie.period == blocs.periods[-1]]
    for sign, words in _SIGNS.items():
        if ties := [tie for tie in last if tie.sign == sign]:
            title = f"{words.capitalize()} in the {blocs.by} of {blocs.periods[-1]}"
            yield Text(title, "bold underline")
            yield from _ties(sorted(ties, key=lambda tie: -abs(tie.net)))
    for sentence in account_of(blocs):
        yield Text(sentence, "dim")


def _move(move: Move) -> Iterator[Text]:
    towards = ("towards each other", "green") if move.change > 0 else ("apart", "red")
    yield Text.assemble(
        f"{move.period}  ",
        styled(name_pair(*move.parties, _AND), "bold"),
        "  ",
        towards,
        f"  {move.before:+.2f} → {move.after:+.2f}, change between {move.low:+.2f} and "
        f"{move.high:+.2f}  ",
        "".join(" " if net is None else bar(net + 1, 2) for net in move.course),
    )
    acts = dict.fromkeys(f"{each.get('day')} {act_words(each)}" for each in move.events)
    told = "; ".join([*acts][:_ACTS]) or "less of what there was before"
    yield Text(f"            {told}{_bound(move)}", "dim")


def _triangle(triangle: Triangle) -> Text:
    """Return one line: the ties that turned come first."""
    pairs = combinations(triangle.parties, 2)
    sides = [*zip(triangle.before, triangle.after, pairs, strict=True)]
    told = [
        f"{name_pair(*pair, ' – ')}: {' → '.join(dict.fromkeys((_SIGNS[was], _SIGNS[now])))}"
        for was, now, pair in sorted(sides, key=lambda side: side[0] == side[1])
    ]
    state = ("balanced", "green") if triangle.balanced else ("strained", "red")
    return Text.assemble(f"{triangle.period}  ", state, f"  {'; '.join(told)}")


def _ties(ties: list[Tie]) -> Iterator[Text]:
    for tie in ties[:_TIES]:
        acts = f"{counted(tie.events, 'act')} on {counted(tie.days, 'day')}"
        sure = f"({tie.low:+.2f} to {tie.high:+.2f}), {acts}"
        yield Text(f"  {tie.net:+.2f} {sure}  {name_pair(*tie.parties, ' – ')}{_bound(tie)}")
    if len(ties) > _TIES:
        yield Text(f"  and {len(ties) - _TIES} more; --json has all", "dim")


def _bound(bound: Move | Tie) -> str:
    names = ", ".join(treaty.name for treaty in bound.treaties)
    return f"  [allies: {names}]" if names else ""
