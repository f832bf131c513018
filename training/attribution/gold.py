"""Read attributions in brat standoff: one cue, its content, and its source if it has one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One marked attribution; all spans are character offsets into the article's text."""

    cue: Spans
    content: Spans
    source: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One article as one annotator marked it; an article may come more than once."""

    stem: str
    text: str
    attributions: tuple[Attribution, ...]


def read_marked(gold_dir: Path) -> Iterator[Marked]:
    """Yield every annotation under `gold_dir` (`text/*.txt`, `attributions/*.ann`), by name."""
    for path in sorted((gold_dir / "attributions").glob("*.ann")):
        stem = re.sub(r"_[0-9a-z]{4}$", "", path.stem)
        text = (gold_dir / "text" / f"{stem}.txt").read_text(encoding="utf8")
        yield Marked(stem=stem, text=text, attributions=tuple(_read_attributions(path)))


def _read_attributions(path: Path) -> Iterator[Attribution]:
    spans: dict[str, Spans] = {}
    events: list[str] = []
    for line in path.read_text(encoding="utf8").split("\n"):
        key, _, rest = line.partition("\t")
        if key.startswith("T") and " " in rest:
            spans[key] = _read_offsets(rest.partition("\t")[0])
        elif key.startswith("E"):
            events.append(rest)
    for event in events:
        parts: dict[str, list[tuple[int, int]]] = {"Cue": [], "Content": [], "Source": []}
        for role, reference in (part.split(":") for part in event.split()):
            parts.get(role.rstrip("0123456789"), []).extend(spans.get(reference, ()))
        if parts["Cue"] and parts["Content"]:
            yield Attribution(
                cue=tuple(sorted(parts["Cue"])),
                content=tuple(sorted(parts["Content"])),
                source=tuple(sorted(parts["Source"])),
            )


def _read_offsets(head: str) -> Spans:
    """Read "Content 120 211;220 230"."""
    places = head.split(" ", 1)[1]
    pairs = (place.split() for place in places.split(";"))
    return tuple((int(start), int(end)) for start, end in pairs)
