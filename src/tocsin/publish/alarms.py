"""Alarms shown: a picture of each in the terminal, and what they are worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rich.console import Console
from rich.text import Text

from tocsin.checks.wording import name_pair
from tocsin.lexicons.numbered import counted
from tocsin.lexicons.shown import words_for
from tocsin.publish.terminal import bar, styled
from tocsin.publish.visible import in_quotation_marks, on_one_line, shortened
from tocsin.watch.alarms import Alarm, Outcome
from tocsin.watch.detector import FEWEST_DAYS, FEWEST_EVENTS

#: Days that one bar of a picture stands for.
_DAYS_OF_BAR = 3

#: Types that are named with an alarm; JSON has all.
_TYPES = 4

#: Events that are shown with an alarm, and the characters of their words; JSON has all.
_EVENTS, _LONGEST = 3, 100


def write_alarms(outcome: Outcome, console: Console) -> None:
    """Write each alarm with a picture of its course, then what they are worth."""
    for alarm in outcome.alarms:
        for line in (*lines_of(alarm), ""):
            console.print(line, soft_wrap=True)
    for sentence in account_of(outcome):
        console.print(Text(sentence))


def account_of(outcome: Outcome) -> Iterator[str]:
    """Yield sentences on what was watched and how many of the alarms to expect to be false."""
    watched, false = outcome.watched, outcome.watched.expected_false
    rang = f"{counted(len(outcome.alarms), 'alarm')} from {outcome.first} to {outcome.last}"
    if watched.pair_years:
        yield (
            f"{rang}, in {watched.pair_years:,.1f} years of {counted(watched.pairs, 'pair')}.  At "
            f"{watched.rate:.3g} false alarms a pair and year, about {false:,.{int(false < 10)}f} "
            "would ring if nothing had changed anywhere."
        )
    else:
        yield (
            f"{rang}.  That is no sign of quiet: nothing was watched.  A pair is watched after "
            f"{FEWEST_DAYS} days with articles, once it has {FEWEST_EVENTS} acts of conflict."
        )
    if left_out := [f"{rows:,} {why}" for why, rows in outcome.left_out.items() if rows]:
        yield f"Acts not counted: {', '.join(left_out)}."


def lines_of(alarm: Alarm) -> Iterator[Text]:
    """Yield what is shown of an alarm: who against whom, its course, what drives it."""
    days = (alarm.rang - alarm.since).days
    yield Text.assemble(
        styled(name_pair(alarm.actor, alarm.recipient), "bold"),
        f"  since {alarm.since}, rang {alarm.rang} (day {days + 1})",
        f", until {alarm.until}" if alarm.until else "",
        ("", "") if alarm.until or alarm.eased else (", still ringing", "bold red"),
    )
    most = max((*_bars(alarm.before[::-1]), *_bars(alarm.after)))
    before, after = (
        "".join(bar(number, most) for number in _bars(course))
        for course in (alarm.before[::-1], alarm.after)
    )
    expected = f"  ×{alarm.size:.3g}: {alarm.seen} where {alarm.expected:.2g} were expected"
    yield Text.assemble("  ", (before[::-1], "dim"), (after, "red"), expected)
    yield Text(f"  {' · '.join(notes_of(alarm))}", "dim")
    for event in alarm.events[:_EVENTS]:
        yield Text(f"    {event.get('day')} {act_words(event)}", "dim")


def act_words(event: Mapping[str, Any]) -> str:
    """Return the words that tell the act with what is known of it, or the act as a table has it."""
    if "act" in event:
        return on_one_line(f"{event['actor']}: {event['act']}: {event['recipient']}")
    known = (event.get(each) for each in ("type", "status", "grade"))
    told = shortened(on_one_line(event.get("told") or ""), _LONGEST)
    return " ".join((in_quotation_marks(told), *map(str, filter(None, known))))


def notes_of(alarm: Alarm, name: Callable[[date], str] = str) -> Iterator[str]:
    """Yield how the alarm stands now, on how much, and what drives it."""
    if alarm.until:
        yield words_for("bell", alarm.bell)
    over = alarm.until or alarm.eased
    yield words_for("rang" if over else "bell", alarm.rings)
    if alarm.standing < alarm.seen:
        yield f"{alarm.standing} of {alarm.seen} stand"
    if alarm.eased:
        yield f"eased {name(alarm.eased)}"
    if alarm.again:
        yield f"had eased, rings again since {name(alarm.again)}"
    yield from [f"{type_} {number}" for type_, number in alarm.types.items()][:_TYPES]


def _bars(days: Sequence[int]) -> list[int]:
    return [sum(days[at : at + _DAYS_OF_BAR]) for at in range(0, len(days), _DAYS_OF_BAR)]
