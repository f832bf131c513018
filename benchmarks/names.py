"""Names found by the reader beside those of the pipeline's own entity recogniser.

usage: python -m benchmarks.names TEXT_DIR

The head of names learned from the recogniser, so this says how faithfully it replaces it, not which
of the two is right: names of the same words and kind, by kind, on articles that neither the
weights nor the recogniser was trained on.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from tocsin.models.parser import keep_hyphenated_names
from tocsin.models.reading import load_models
from tocsin.settings import load_settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Start, end and kind.
Name = tuple[int, int, str]


def measure(text_dir: Path) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return by kind how many names the recogniser, the reader and both of them find."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(text_dir.glob("*.txt"))]
    settings = load_settings()
    recogniser = spacy.load(settings.pipeline)
    recogniser.select_pipes(enable=["ner"])
    keep_hyphenated_names(recogniser)
    theirs, ours, both = Counter[str](), Counter[str](), Counter[str]()
    docs, readings = recogniser.pipe(texts), map(load_models(settings).read, texts)
    for doc, reading in zip(docs, readings, strict=True):
        wanted, found = _names(doc), _names(reading.doc)
        theirs.update(kind for *_, kind in wanted)
        ours.update(kind for *_, kind in found)
        both.update(kind for *_, kind in wanted & found)
    return theirs, ours, both


def _names(doc: Doc) -> set[Name]:
    return {(name.start_char, name.end_char, name.label_) for name in doc.ents}


def describe(kind: str, theirs: int, ours: int, both: int) -> str:
    """Return one line of the table."""
    f1 = 2 * both / max(1, theirs + ours)
    return f"  {kind:<12} {theirs:>6} {ours:>6} {both:>6}  F1 {f1:.3f}"


def main(text_dir: Path) -> None:
    """Print how far the two agree."""
    theirs, ours, both = measure(text_dir)
    print("names: recogniser, reader, both")
    print(describe("all", theirs.total(), ours.total(), both.total()))
    for kind, _ in theirs.most_common():
        print(describe(kind, theirs[kind], ours[kind], both[kind]))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
