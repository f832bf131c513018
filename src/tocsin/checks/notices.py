"""Notices: what an outlet puts on every page, and what is no part of the article.

"Follow us on", newsletters, credits of pictures, "This is a breaking news story".  They are known
by their words (`lexicons/notices.txt`), so that one text is judged alike whatever else was read.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from tocsin.checks.shingles import Numbers, hash_words, shingle, split_words

#: A line with more words is a paragraph: then only the sentence is a notice.
_LINE = 60

_LINE_END = re.compile(r"\n+")
_SENTENCE_END = re.compile(r"\n+|[.!?]+[\"”’')\]]*\s+")


def find_notices(text: str, words: Numbers, starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which words of `text` belong to notices.

    Args:
        text: the text.
        words: the numbers of its words.
        starts: the offset at which each word starts.
    """
    found = np.zeros(len(words), dtype=np.bool_)
    hits = _find_hits(words)
    if not len(hits):
        return found
    lines, sentences = _pieces(_LINE_END, text, starts), _pieces(_SENTENCE_END, text, starts)
    for hit in hits.tolist():
        if not found[hit]:
            first, last = _piece_at(lines, hit)
            if last - first > _LINE:
                first, last = _piece_at(sentences, hit)
            found[first:last] = True
    return found


def _find_hits(words: Numbers) -> NDArray[np.int64]:
    """Return the positions of words at which a phrase of the lexicon starts, in order."""
    hits = [
        np.flatnonzero(np.isin(shingle(words, size), phrases))
        for size, phrases in _read_phrases().items()
    ]
    return np.unique(np.concatenate(hits))


def _pieces(end: re.Pattern[str], text: str, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the first words of the pieces between the ends, and the number of words."""
    ends = [match.end() for match in end.finditer(text)]
    return np.array([0, *np.searchsorted(starts, ends).tolist(), len(starts)], dtype=np.int64)


def _piece_at(pieces: NDArray[np.int64], word: int) -> tuple[int, int]:
    after = int(np.searchsorted(pieces, word, side="right"))
    return int(pieces[after - 1]), int(pieces[after])


@cache
def _read_phrases() -> dict[int, Numbers]:
    """Return the phrases of the lexicon as shingles, by their number of words."""
    lines = files("tocsin.checks").joinpath("lexicons/notices.txt").read_text(encoding="utf-8")
    phrases = [split_words(x) for x in lines.splitlines() if x and not x.startswith("#")]
    sizes = sorted({len(phrase) for phrase in phrases})
    return {
        size: np.concatenate([shingle(hash_words(p), size) for p in phrases if len(p) == size])
        for size in sizes
    }
