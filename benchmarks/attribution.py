"""Write the statements of a folder of articles in the format of the attribution scorer.

    python -m benchmarks.attribution TEXT_DIR OUT.jsonl

TEXT_DIR holds one article a .txt file.  OUT.jsonl gets one line an article:
{"file": stem, "statements": [{"source": [start, end] | null, "content": [[start, end], ...]}]}.

Only statements that stand in no other are written: PolNeAR's annotators marked the outermost
attribution and, in nine of ten cases, not those inside its content.  `--nested` writes all.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tocsin.extract.offices.claims import find_office_claims
from tocsin.extract.speech.attribution import find_statements
from tocsin.keys import article_key
from tocsin.models.reading import Models, load_models
from tocsin.records import Article, Statement
from tocsin.settings import load_settings


def main(text_dir: str, out: str, *, nested: bool = False) -> None:
    paths = sorted(Path(text_dir).glob("*.txt"))
    models = load_models(load_settings())
    with Path(out).open("w", encoding="utf-8") as lines:
        for path, statements in predict(paths, models, nested=nested):
            lines.write(json.dumps({"file": path.stem, "statements": statements}) + "\n")


def predict(
    paths: Iterable[Path], models: Models, *, nested: bool = False
) -> Iterable[tuple[Path, list[dict[str, Any]]]]:
    """Yield each path with the statements of its article."""
    for path in paths:
        text = path.read_text(encoding="utf-8")
        reading = models.read(text)
        article = Article(id=article_key(text), text=text, origin=path.name)
        claims = list(find_office_claims(reading, article))
        found = find_statements(reading, article, claims, models.tagger)
        yield path, [prediction(each) for each in found if nested or each.within is None]


def prediction(statement: Statement) -> dict[str, Any]:
    """Return one statement as the scorer wants it."""
    return {"source": statement.speaker_words, "content": list(statement.content)}


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--nested"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    main(*arguments, nested="--nested" in sys.argv)
