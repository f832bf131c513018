"""`residue`: what writing machines leave behind: gaps to be filled in, their own voice, marks.

Found by patterns (`lexicons/residue.tsv`).  People write such things too, about machines or in
jest, so the verdict is `unsure`; what opens within quotation marks is somebody's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tocsin.lexicons.tables import read_rows
from tocsin.records import Article, Finding, Span, Verdict

_MEANS = {
    "gap": "a gap that was to be filled in",
    "machine": "what a chat program says of itself or to its user",
    "mark": "a mark that parts texts for a language model",
    "prompt": "a piece of an instruction to write",
}

#: Before what opens a line or a sentence: no quotation mark, but what sets off lists and headings.
_START = r"(?:(?<=[.!?:] )|^[ \t>*#-]*)"


def check_residue(article: Article) -> Iterator[Finding]:
    """Yield one finding for each kind of residue in the text, about its first place."""
    for kind, pattern in _patterns().items():
        places = [match.span() for match in pattern.finditer(article.text)]
        if places:
            yield _finding(article.text, kind, places)


def _finding(text: str, kind: str, places: list[Span]) -> Finding:
    found = list(dict.fromkeys(text[start:end].strip() for start, end in places))
    more = f" and {len(places) - 1} more such" if len(places) > 1 else ""
    return Finding(
        check="residue",
        verdict=Verdict.UNSURE,
        sentence=f"The text holds “{found[0]}”{more}, {_MEANS[kind]}: a machine may have written "
        "it, and nobody read it through.",
        words=places[0],
        compared={"kind": kind, "found": found, "places": places},
    )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    alternatives: dict[str, dict[str, list[str]]] = {}
    for kind, at, pattern in read_rows("lexicons/residue.tsv", "kind at pattern"):
        alternatives.setdefault(kind, {}).setdefault(at, []).append(pattern)
    # Where a line or sentence starts is looked up once for all that must stand there.
    before = {"start": _START, "anywhere": ""}
    return {
        kind: re.compile("|".join(f"{before[at]}(?:{'|'.join(p)})" for at, p in each.items()), re.M)
        for kind, each in alternatives.items()
    }
