"""Names in the articles of the training, found by the entity recogniser of the spaCy pipeline.

The reader learns to find them in the states that it has anyway, so that the recogniser, the dearest
part of the pipeline, is not needed where articles are read.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from training.reader.countries import article_rows
from training.reader.marks import NameWords, read_rows

FILE = "names.jsonl"


def read_names(work: Path) -> dict[str, list[NameWords]]:
    """Return the names of each article by its id, as `write_names` left them."""
    return {
        row["id"]: [(start, end, kind) for start, end, kind in row["names"]]
        for row in read_rows([work / FILE])
    }


def write_names(shared: Path, work: Path, report: Callable[[int, int, float], None]) -> None:
    """Find the names in every article that is trained or measured with."""
    import spacy

    from tocsin.models.parser import blank_unreadable, keep_hyphenated_names
    from tocsin.settings import load_settings

    language = spacy.load(load_settings().pipeline)
    language.select_pipes(enable=["ner"])
    keep_hyphenated_names(language)
    rows = list(article_rows(shared))
    docs = language.pipe(blank_unreadable(row["text"]) for row in rows)
    with (work / FILE).open("w", encoding="utf-8") as out:
        for number, (row, doc) in enumerate(zip(rows, docs, strict=True), 1):
            names = [(name.start_char, name.end_char, name.label_) for name in doc.ents]
            print(json.dumps({"id": row["id"], "names": names}), file=out)
            if number % 100 == 0 or number == len(rows):
                report(number, len(rows), 0.0)
