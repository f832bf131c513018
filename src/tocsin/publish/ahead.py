"""Ahead, shown: chances of what may come, and the past that is most like now; or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from tocsin.checks.wording import name_pair
from tocsin.lexicons.numbered import counted
from tocsin.lexicons.shown import words_for
from tocsin.publish.terminal import styled
from tocsin.publish.visible import on_one_line
from tocsin.watch.outlook import HORIZONS, Chance, Outlook
from tocsin.watch.past import AFTER, FEWEST_ACTS, Then, ThenAndNow

#: Share of other pairs with as like a past below which a likeness is unusual.
_UNUSUAL = 0.05
_NAME, _CELL = 24, 28


def write_outlooks(outlooks: Sequence[Outlook], console: Console) -> None:
    """Write a table of chances for each, then what they are worth."""
    for outlook in outlooks:
        for line in _table(outlook):
            console.print(line, soft_wrap=True)
    if not all(each.better for outlook in outlooks for each in outlook.chances):
        console.print(Text("No better: no better than the long run, whose rate is given.", "dim"))
    for sentence in worth_of(outlooks[0].chances):
        console.print(Text(sentence, "dim"))


def worth_of(chances: Sequence[Chance]) -> Iterator[str]:
    """Yield how much better than the long run such outlooks were when they were tried."""
    for days in HORIZONS:
        saved = [each.skill for each in chances if each.days == days]
        tried = max((each.tried for each in chances if each.days == days), default=0)
        if tried:
            yield (
                f"{days} days: tried on {tried:,} stretches of all pairs in the last year, errors "
                f"(Brier scores) were {min(saved):.0%} to {max(saved):.0%} less than those of the "
                "long-run rates."
            )
        elif saved:
            yield f"{days} days: there is too little past to say more than long-run rates."
        else:
            yield f"{days} days: too few days are known; {2 * days} at least must be."


def write_past(compared: ThenAndNow, console: Console) -> None:
    """Write what is most like the last weeks, what followed, and how unusual the likeness is."""
    names = styled(name_pair(compared.actor, compared.recipient, " – "), "bold")
    now = f"  {compared.first} to {compared.last}, {counted(compared.acts, 'act')}"
    console.print(Text.assemble(names, f"{now}, and what is most like it"), soft_wrap=True)
    for then in compared.found:
        for line in _stretch(then):
            console.print(line, soft_wrap=True)
    console.print(Text(worth_of_past(compared), "dim"))


def worth_of_past(compared: ThenAndNow) -> str:
    """Return a sentence on how many comparisons there were, and how unusual the best is."""
    if compared.acts < FEWEST_ACTS:
        return f"Fewer than {FEWEST_ACTS} acts are like nothing."
    if not compared.found:
        return "There is no past to compare with."
    rare = compared.as_like < _UNUSUAL * compared.drawn
    return (
        f"{compared.comparisons:,} comparisons.  Of {compared.drawn:,} stretches of other pairs, "
        f"as far from what is usual for them, {compared.as_like:,} have a past as like them: "
        f"the likeness is {'' if rare else 'not '}unusual.  What followed then need not follow now."
    )


def _table(outlook: Outlook) -> Iterator[Text]:
    known = f"  from {outlook.since} on, by {counted(outlook.acts, 'act')}"
    yield Text.assemble(styled(name_pair(outlook.actor, outlook.recipient), "bold"), known)
    rows: dict[str, dict[int, str]] = {}
    for each in outlook.chances:
        name = "alarm" if each.quad is None else words_for("quad", each.quad)
        rows.setdefault(name, {})[each.days] = _cell(each)
    columns = [days for days in HORIZONS if any(days in row for row in rows.values())]
    if columns:
        yield Text(_row("", [f"in {days} days" for days in columns]), "dim")
    for name, row in rows.items():
        yield Text(_row(f"  {name}", [row[days] for days in columns]))


def _row(name: str, cells: Sequence[str]) -> str:
    return (f"{name:<{_NAME}}" + "".join(f"{cell:<{_CELL}}" for cell in cells)).rstrip()


def _cell(chance: Chance) -> str:
    if chance.better:
        return f"{share_of(chance.probability):>5}  (long run {share_of(chance.long_run)})"
    return f"{share_of(chance.long_run):>5}  no better"


def share_of(chance: float) -> str:
    """Return a probability as people say it."""
    if 0.01 <= chance <= 0.99:
        return f"{chance:.0%}"
    return "<1%" if chance < 0.5 else ">99%"


def _stretch(then: Then) -> Iterator[Text]:
    names = on_one_line(name_pair(then.actor, then.recipient, " – "))
    head = f"  {then.likeness:.2f}  {names}  {then.first} to {then.last}"
    yield Text.assemble(head, (f"  alarm on {then.rang}", "red") if then.rang else "")
    yield Text(f"        {what_followed(then)}", "dim")


def what_followed(then: Then) -> str:
    """Return the acts of the days after a stretch, beside the usual ones."""
    both = [sum(ways) for ways in zip(then.followed, then.answered, strict=True)]
    told = (
        f"{words_for('quad', quad)} {acts} ({usual:g})"
        for quad, (acts, usual) in enumerate(zip(both, then.usual, strict=True), 1)
    )
    return f"{AFTER} days on (and usually): {', '.join(told)}"
