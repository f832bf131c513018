"""Bystanders made doers or victims, and true doers and victims given, by name.

usage: python -m benchmarks.harm [CASES.tsv] [--misses]

A person is given where an event that harms has an actor or recipient whose words or name share more
with that person's name than with any other name of the sentence.  What did not happen (`negated`)
harms nobody.  The type is not judged: whether to be arrested is COERCE or SANCTION is measured by
`benchmarks.events_marked`.  With --misses, the true doers and victims not given are shown too.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tocsin.keys import content_key
from tocsin.pipeline import Tools, open_tools, process_article
from tocsin.records import Actor, Article, Event, Status
from tocsin.settings import load_settings

CASES = Path(__file__).parent.parent / "tests" / "gold" / "bystanders.tsv"
DAY = date(2024, 6, 12)
HARMS = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST", "ACCUSE", "THREATEN"})

#: "doer" or "victim", and the name.
Part = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence: who in it is only near the act, and who does or suffers it."""

    sentence: str
    bystanders: tuple[str, ...]
    parts: frozenset[Part]

    @property
    def names(self) -> tuple[str, ...]:
        """Bystanders first: words that fit two names as well count as the bystander's."""
        return (*self.bystanders, *sorted({name for _, name in self.parts}))


@dataclass(frozen=True, slots=True)
class Measured:
    """A sentence and the parts that were given to the people named in it."""

    case: Case
    given: frozenset[Part]

    @property
    def harmed(self) -> frozenset[Part]:
        """Bystanders made doers or victims."""
        return frozenset(part for part in self.given if part[1] in self.case.bystanders)

    @property
    def right(self) -> frozenset[Part]:
        """True doers and victims given as what they are."""
        return self.given & self.case.parts

    @property
    def turned(self) -> frozenset[Part]:
        """Doers made victims, and victims made doers."""
        return self.given - self.harmed - self.case.parts


def read_cases(path: Path = CASES) -> Iterator[Case]:
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    for line in lines[1:]:
        sentence, bystanders, acts = line.split("\t")
        parts = frozenset(part for act in acts.split(" | ") for part in _parts(act))
        yield Case(sentence, _names(bystanders), parts)


def _parts(act: str) -> Iterator[Part]:
    doers, _, victims = act.partition(" ")[2].partition(">")
    yield from (("doer", name) for name in _names(doers))
    yield from (("victim", name) for name in _names(victims))


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split("+")) if text not in ("", "-") else ()


def measure(cases: Sequence[Case], tools: Tools) -> list[Measured]:
    """Read each sentence as an article of its own."""
    return [Measured(case, frozenset(_given(case, tools))) for case in cases]


def _given(case: Case, tools: Tools) -> Iterator[Part]:
    article = Article(id=content_key("case", case.sentence), text=case.sentence, published=DAY)
    for event in process_article(article, tools).events:
        if event.type in HARMS and event.status is not Status.NEGATED:
            yield from _people(event, case)


def _people(event: Event, case: Case) -> Iterator[Part]:
    for side, actors in (("doer", event.actors), ("victim", event.recipients)):
        yield from ((side, name) for actor in actors if (name := named(actor, case)))


def named(actor: Actor, case: Case) -> str | None:
    said = set(re.findall(r"\w+", f"{actor.name} {case.sentence[slice(*actor.words)]}"))
    shared = {name: len(said & set(name.split())) for name in case.names}
    best = max(shared, key=shared.__getitem__, default=None)
    return best if best and shared[best] else None


def report(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield the figures, then each sentence in which somebody was wronged."""
    near = [each for each in measured if each.case.bystanders]
    harmed = [each for each in near if each.harmed]
    turned = [each for each in measured if each.turned]
    right = sum(len(each.right) for each in measured)
    true = sum(len(each.case.parts) for each in measured)
    yield (
        f"harm: bystanders made doer or victim in {len(harmed)} of {len(near)} sentences, "
        f"doer and victim turned round in {len(turned)}; "
        f"true doers and victims given {right} of {true}"
    )
    for each in measured:
        for side, name in sorted(each.harmed | each.turned):
            yield f"  {name} made {side}: {each.case.sentence}"


def misses(measured: Sequence[Measured]) -> Iterator[str]:
    for each in measured:
        for side, name in sorted(each.case.parts - each.given):
            yield f"  {name} not given as {side}: {each.case.sentence}"


def main(arguments: Sequence[str]) -> None:
    paths = [Path(each) for each in arguments if not each.startswith("--")]
    measured = measure(list(read_cases(*paths[:1])), open_tools(load_settings()))
    shown = [report, misses] if "--misses" in arguments else [report]
    print("\n".join(line for lines in shown for line in lines(measured)))


if __name__ == "__main__":
    main(sys.argv[1:])
