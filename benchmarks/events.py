"""Whole events against the hand-written gold: type, actor, recipient and status.

usage: python -m benchmarks.events [CASES.tsv] [--errors]
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tocsin.extract.events.event_records import find_events
from tocsin.extract.mentions.resolution import Scene
from tocsin.keys import content_key
from tocsin.models.reading import load_models
from tocsin.records import Actor, Article, Event
from tocsin.settings import Settings

CASES = Path(__file__).parent.parent / "tests" / "gold" / "event_cases.tsv"
DAY = date(2024, 6, 12)


@dataclass(frozen=True, slots=True)
class Gold:
    """One event of the gold; `None` for countries means that they are not judged."""

    type: str
    mode: str | None
    actors: frozenset[str] | None
    recipients: frozenset[str] | None
    status: str


def read_cases(path: Path = CASES) -> Iterator[tuple[str, list[Gold]]]:
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    for line in lines[1:]:
        sentence, events = line.split("\t")
        yield sentence, [] if events == "-" else [_gold(each) for each in events.split(" | ")]


def _gold(text: str) -> Gold:
    code, parties, status = text.split()
    root, _, mode = code.partition("-")
    actors, recipients = parties.split(">")
    return Gold(root, mode or None, _countries(actors), _countries(recipients), status)


def _countries(text: str) -> frozenset[str] | None:
    if "*" in text.split("+"):
        return None
    return frozenset() if text == "-" else frozenset(text.split("+"))


def codes(actors: Sequence[Actor]) -> frozenset[str]:
    return frozenset(a.country for a in actors if a.country)


def pair(gold: list[Gold], found: list[Event]) -> list[tuple[Gold | None, Event | None]]:
    """Pair each gold event with the found one that shares most with it; the rest stay alone."""
    pairs: list[tuple[Gold | None, Event | None]] = []
    left = list(found)
    for each in gold:
        best = max(left, key=lambda e: agreement(each, e), default=None)
        if best is not None and agreement(each, best) > 0:
            left.remove(best)
            pairs.append((each, best))
        else:
            pairs.append((each, None))
    return pairs + [(None, e) for e in left]


def agreement(gold: Gold, found: Event) -> int:
    return (
        4 * (gold.type == found.type)
        + 2 * (gold.actors is None or gold.actors == codes(found.actors))
        + (gold.recipients is None or gold.recipients == codes(found.recipients))
        + (gold.status == found.status)
    )


def main(arguments: list[str]) -> None:
    show = "--errors" in arguments
    paths = [Path(a) for a in arguments if not a.startswith("--")]
    cases = list(read_cases(*paths[:1]))
    models = load_models(Settings())
    counts: Counter[str] = Counter()
    for sentence, gold in cases:
        reading = models.read(sentence)
        article = Article(id=content_key("case", sentence), text=sentence, published=DAY)
        found = list(find_events(reading, Scene(reading.doc, article), (), models.acts))
        for wanted, got in pair(gold, found):
            wrong = count(wanted, got, counts)
            if show and wrong:
                print(f"{','.join(wrong):28} {sentence}\n    {wanted}\n    {shown(got)}")
    report(counts)


def count(wanted: Gold | None, got: Event | None, counts: Counter[str]) -> list[str]:
    """Count one pair and return what is wrong with it."""
    if wanted is None or got is None:
        counts["extra" if wanted is None else "missed"] += 1
        return ["extra" if wanted is None else "missed"]
    counts["paired"] += 1
    right = {
        "type": wanted.type == got.type,
        "mode": wanted.type == got.type and wanted.mode in (None, got.mode),
        "actor": wanted.actors is None or wanted.actors == codes(got.actors),
        "recipient": wanted.recipients is None or wanted.recipients == codes(got.recipients),
        "status": wanted.status == got.status,
    }
    counts.update(name for name, is_right in right.items() if is_right)
    counts["all four"] += (
        right["type"] and right["actor"] and right["recipient"] and right["status"]
    )
    return [name for name, is_right in right.items() if not is_right]


def shown(event: Event | None) -> str:
    if event is None:
        return "-"
    code = event.type + (f"-{event.mode}" if event.mode else "")
    who = "+".join(sorted(codes(event.actors))) or "-"
    whom = "+".join(sorted(codes(event.recipients))) or "-"
    return f"{code} {who}>{whom} {event.status}"


def report(counts: Counter[str]) -> None:
    paired = counts["paired"]
    gold, found = paired + counts["missed"], paired + counts["extra"]
    print(f"events: {gold} in the gold, {found} found, {paired} paired")
    for name in ("type", "actor", "recipient", "all four"):
        share = counts[name] / max(1, found), counts[name] / gold
        print(f"  {name:10} precision {share[0]:.3f} recall {share[1]:.3f}")
    for name in ("mode", "status"):
        print(f"  {name:10} accuracy  {counts[name] / max(1, paired):.3f} of the paired")


if __name__ == "__main__":
    main(sys.argv[1:])
