"""What other tools find in the articles of the training: words that name a country, and names.

The countries are those of Tocsin's own rules.  The names are those of the entity recogniser of the
spaCy pipeline: the reader learns to find them in the states that it has anyway, so that the
recogniser, the dearest part of the pipeline, is not needed where articles are read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from training.reader.given import Given, Report
from training.reader.marked_articles import article_rows
from training.reader.marks import CountryWords, NameWords, read_rows

FILE = "words.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words that name a country, and names, by the ids of the articles."""

    countries: Mapping[str, list[CountryWords]]
    names: Mapping[str, list[NameWords]]


def read_words(work: Path) -> Words:
    """Return what `write_words` left in `work`.

    Raises:
        SystemExit: it has not come to its end.
    """
    if not (work / FILE).exists():
        raise SystemExit(f"{work / FILE} is not there; let the stage `words` come to its end first")
    rows = list(read_rows([work / FILE]))
    return Words(
        countries={row["id"]: [tuple(each) for each in row["countries"]] for row in rows},
        names={row["id"]: [tuple(each) for each in row["names"]] for row in rows},
    )


def write_words(given: Given, report: Report) -> None:
    """Find them in every article that is trained or measured with; go on where it was left."""
    saved, part = given.work / FILE, given.work / f"{FILE}.part"
    done = list(_whole_lines(part if part.exists() else saved))
    seen = {json.loads(line)["id"] for line in done}
    rows = [row for row in article_rows(given.shared) if row["id"] not in seen]
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # processes, not matrices, run side by side
    # Processes that are started anew, since what a fork has of others' threads may hang.
    pool = ProcessPoolExecutor(given.threads, mp_context=get_context("spawn"))
    with pool, part.open("w", encoding="utf-8") as out:
        out.writelines(done)
        for number, found in enumerate(pool.map(_find, rows, chunksize=8), 1):
            print(json.dumps(found), file=out, flush=True)
            if number % 100 == 0 or number == len(rows):
                report(number, len(rows), 0.0)
    part.replace(saved)


def _whole_lines(kept: Path) -> Iterator[str]:
    """Yield the lines that were written to their end."""
    if kept.exists():
        with kept.open(encoding="utf-8") as lines:
            yield from (line for line in lines if line.endswith("\n"))


def _find(row: dict[str, Any]) -> dict[str, Any]:
    """Return what is kept of one article."""
    from tocsin.articles.plain import read_plain
    from tocsin.articles.prose import prose_of
    from tocsin.models.parser import blank_unreadable
    from tocsin.pipeline import read_acts_of

    recogniser, tools = _tools()
    article = read_plain(row["text"], row["id"])
    with suppress(KeyError, ValueError, TypeError):
        article = replace(article, published=date.fromisoformat(row["date"]))
    prose, read = prose_of(article), read_acts_of(article, tools)
    names = recogniser(blank_unreadable(row["text"])).ents
    return {
        "id": row["id"],
        "countries": [(*prose.span(words), code) for words, code in read.named],
        "names": [(name.start_char, name.end_char, name.label_) for name in names],
    }


@cache
def _tools() -> tuple[Any, Any]:
    """Return the recogniser and Tocsin's tools, loaded once in a process."""
    import spacy
    from thinc.api import use_ops

    from tocsin.models.parser import keep_hyphenated_names
    from tocsin.pipeline import open_tools
    from tocsin.settings import load_settings

    settings = load_settings()
    with use_ops("numpy", use_blis=settings.matrix_library == "blis"):
        recogniser = spacy.load(settings.pipeline)
    recogniser.select_pipes(enable=["ner"])
    keep_hyphenated_names(recogniser)
    return recogniser, open_tools(settings)
