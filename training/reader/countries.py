"""Words that name a country in the articles of the training, found by Tocsin's own rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from training.reader.marks import CountryWords, read_rows

FILE = "countries.jsonl"


def read_countries(work: Path) -> dict[str, list[CountryWords]]:
    """Return the words of each article by its id, as `write_countries` left them."""
    return {
        row["id"]: [(start, end, code) for start, end, code in row["words"]]
        for row in read_rows([work / FILE])
    }


def write_countries(shared: Path, work: Path, report: Callable[[int, int, float], None]) -> None:
    """Find the words in every article that is trained or measured with; go on where it was left."""
    from tocsin.pipeline import open_tools
    from tocsin.settings import load_settings

    done = set(read_countries(work)) if (work / FILE).exists() else set()
    rows = [row for row in article_rows(shared) if row["id"] not in done]
    tools = open_tools(load_settings())
    with (work / FILE).open("a", encoding="utf-8") as out:
        for number, row in enumerate(rows, 1):
            print(json.dumps({"id": row["id"], "words": _words(row, tools)}), file=out, flush=True)
            if number % 100 == 0 or number == len(rows):
                report(number, len(rows), 0.0)


def _words(row: dict[str, Any], tools: Any) -> list[CountryWords]:
    from tocsin.articles.plain import read_plain
    from tocsin.articles.prose import prose_of
    from tocsin.pipeline import read_acts_of

    article = read_plain(row["text"], row["id"])
    with suppress(KeyError, ValueError, TypeError):
        article = replace(article, published=date.fromisoformat(row["date"]))
    prose, read = prose_of(article), read_acts_of(article, tools)
    return [(*prose.span(words), code) for words, code in read.named]


def article_rows(shared: Path) -> Iterator[dict[str, Any]]:
    """Yield every article that is trained or measured with, once."""
    gold = shared / "gold"
    own = Path(__file__).parent / "marked"
    texts = gold / "polnear/train/text"
    names = ("train", "dev", "unmarked")
    seen: set[str] = set()
    files = [*(gold / f"events/{name}.jsonl" for name in names), own / "own.jsonl"]
    for row in read_rows(files):
        if row["id"] not in seen:
            seen.add(row["id"])
            yield row
    for path in sorted(texts.glob("*.txt")):
        if path.stem not in seen:
            yield {"id": path.stem, "text": path.read_text(encoding="utf-8")}
