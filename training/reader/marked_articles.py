"""Marked articles: those that weights learn from, and those kept aside to measure with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from training.attribution.gold import Marked as Attributed
from training.reader.marks import read_rows

#: Marked for this project; texts of the first lie in the corpus, of the last in the shared data.
OWN = [Path(__file__).parent / f"marked/{name}.jsonl" for name in ("polnear", "own", "news")]
#: Marked to measure with: nothing is learned from these articles, not even what a teacher makes of
#: their texts.
HELD = Path(__file__).parent / "marked/held.jsonl"
#: Marked as well, and nothing is learned from their marks: thresholds and calibration rest on them.
SPARE = Path(__file__).parent / "marked/spare.jsonl"
#: So they do on these: every so many marked articles one is not learned from.
ASIDE = 18
#: Unmarked articles that the teacher reads.
UNMARKED = 1200

One = TypeVar("One")


def marked_rows(shared: Path) -> list[dict[str, Any]]:
    """Return all articles marked for acts, with their texts."""
    gold = shared / "gold"
    rows = list(read_rows([gold / "events/train.jsonl"]))
    texts = {row["id"]: row["text"] for row in read_rows([gold / "events/unmarked.jsonl"])}
    corpus = gold / "polnear/train/text"
    return rows + [_with_text(row, texts, corpus) for row in read_rows(OWN)]


def unmarked_rows(shared: Path) -> Iterator[dict[str, Any]]:
    """Yield the articles of news that the teacher reads."""
    held = held_ids()
    rows = islice(read_rows([shared / "gold/events/unmarked.jsonl"]), UNMARKED)
    yield from (row for row in rows if row["id"] not in held)


def dev_rows(shared: Path) -> Iterator[dict[str, Any]]:
    """Yield the marked articles to measure with."""
    return read_rows([shared / "gold/events/dev.jsonl"])


def article_rows(shared: Path) -> Iterator[dict[str, Any]]:
    """Yield every article that is trained or measured with, once, with its text."""
    seen: set[str] = set()
    corpus = (
        {"id": path.stem, "text": path.read_text(encoding="utf-8")}
        for path in sorted((shared / "gold/polnear/train/text").glob("*.txt"))
    )
    for row in chain(marked_rows(shared), dev_rows(shared), unmarked_rows(shared), corpus):
        if row["id"] not in seen:
            seen.add(row["id"])
            yield {key: row[key] for key in ("id", "date", "text") if key in row}


def news_ids() -> frozenset[str]:
    """Return the ids of the articles that were marked for this project in unmarked news."""
    return frozenset(row["id"] for row in read_rows(OWN[-1:]))


def held_ids() -> frozenset[str]:
    """Return the ids of the articles that nothing is learned from."""
    return frozenset(row["id"] for row in read_rows([HELD]))


def aside_rows(shared: Path) -> Iterator[dict[str, Any]]:
    """Yield the marked articles from whose marks the small reader does not learn."""
    yield from marked_rows(shared)[::ASIDE]
    texts = {row["id"]: row["text"] for row in read_rows([shared / "gold/events/unmarked.jsonl"])}
    yield from (row | {"text": texts[row["id"]]} for row in read_rows([SPARE]))


def learned_from(articles: Sequence[One], part: float = 1.0) -> list[One]:
    """Return the articles that weights may learn from, or a part of them."""
    kept = [article for number, article in enumerate(articles) if number % ASIDE]
    return kept[:: round(1 / part)]


def learned_quoted(quoted: Iterable[Attributed]) -> list[Attributed]:
    """Return the annotations that weights may learn from: not those of every so many articles."""
    every = list(quoted)
    aside = set(sorted({one.stem for one in every})[::ASIDE])
    return [one for one in every if one.stem not in aside]


def _with_text(row: dict[str, Any], texts: Mapping[str, str], corpus: Path) -> dict[str, Any]:
    text = row.get("text") or texts.get(row["id"])
    return row | {"text": text or (corpus / f"{row['id']}.txt").read_text(encoding="utf-8")}
