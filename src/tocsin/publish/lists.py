"""Lists shown: each entry with its course, in a terminal or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console
from rich.text import Text

from tocsin.checks.wording import name_pair
from tocsin.publish.visible import in_quotation_marks, on_one_line, shortened
from tocsin.watch.lists import Entry, Step

_LONGEST = 100  #: Longer words are cut in the middle; JSON has all of them.


def write_entries(entries: Iterable[Entry], console: Console) -> None:
    """Write the entries of each list under its name; those of a list in their order."""
    by_kind = sorted(entries, key=lambda entry: entry.kind)
    for kind, several in groupby(by_kind, lambda entry: entry.kind):
        console.print(Text(kind.capitalize(), "bold underline"))
        for line in (line for entry in several for line in _lines(entry)):
            console.print(line, soft_wrap=True)


def _lines(entry: Entry) -> Iterator[Text]:
    yield Text.assemble((between(entry), "bold"), f"  {_about(entry)}", (entry.step, "bold"))
    for _, alike in groupby(entry.steps, lambda step: (step.step, step.status)):
        first, *more = alike
        yield _course(first, len(more))


def between(entry: Entry) -> str:
    """Return the two sides of an entry."""
    sign = " – " if entry.mutual else " → "
    return name_pair(entry.actor, entry.recipient or "(nobody named)", sign)


def _about(entry: Entry) -> str:
    words = [entry.thing or "", f"at {on_one_line(entry.place)}" if entry.place else ""]
    return "".join(f"{each}, " for each in words if each)


def _course(step: Step, more: int) -> Text:
    """Return one line on steps alike: the first, and how many followed it."""
    tone = "red" if step.status == "denied" or step.contradicted else "dim"
    told = in_quotation_marks(shortened(on_one_line(step.told), _LONGEST))
    return Text.assemble(
        f"  {step.day or 'no day    '}  {step.step}",
        (f" ({step.status}{' ≠' * step.contradicted}, {step.grade})", tone),
        f" +{more}" if more else "",
        (f"  {told}", "dim"),
    )
