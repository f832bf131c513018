"""Notices: what an outlet puts on every page, and what is no part of the article.

"Follow us on", newsletters, credits of pictures, "This is a breaking news story".  They are known
by their words (`lexicons/notices.tsv`), or because they speak to the reader: outside quotation
marks a report says neither "you" nor "we", and an outlet that speaks of itself does.  The front
matter of Markdown, which names outlet and day, is one too.  So one text is judged alike whatever
else was read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tocsin.articles.markdown import FRONT_MATTER
from tocsin.lexicons.tables import read_rows
from tocsin.together.texts.shingles import Numbers, hash_words, shingle, split_words

Positions = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: Words of a phrase that are looked for first.
_BEGINNING = 2


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The phrases of one number of words."""

    size: int
    shingles: frozenset[int]
    beginnings: frozenset[int]  #: shingles of their first words


#: A text that would be notices almost throughout speaks so itself: an opinion, an interview.
_MOST = 0.8

#: A line with more words is a paragraph: then only the sentence is a notice.
_LINE = 60

#: A paragraph of up to so many words that speaks to the reader twice is a notice.
_PARAGRAPH = 120
_TWICE = 2

_ADDRESS = re.compile(r"\b(?:[Yy]ou|[Yy]ours?|[Ww]e|[Oo]urs?|us)\b")

#: A line that goes on in a small letter was only broken to fit the page.
_LINE_END = re.compile(r"\n+(?![a-z])")
_SENTENCE_END = re.compile(r"\n+(?![a-z])|[.!?]+[\"”’')\]]*\s+")


def find_notices(text: str, words: Numbers, starts: Positions, quoted: Flags) -> Flags:
    """Tell which words of `text` belong to notices.

    Args:
        text: the text.
        words: the numbers of its words.
        starts: the offset at which each word starts.
        quoted: which words stand in quotation marks.
    """
    found = np.zeros(len(words), dtype=np.bool_)
    if not len(words):
        return found
    begun = _begun(words)
    phrases = (each for size, each in _read_phrases().items() if size in begun)
    hits = sorted({at for each in phrases for at in _hits(words, each)})
    addressed = [match.start() for match in _ADDRESS.finditer(text)]
    front = FRONT_MATTER.match(text)
    if not hits and len(addressed) < _TWICE and front is None:
        return found  # most texts
    lines, sentences = _pieces(_LINE_END, text, starts), _pieces(_SENTENCE_END, text, starts)
    for hit in hits:
        if not found[hit]:
            first, last = _piece_at(lines, hit)
            if last - first > _LINE:
                first, last = _piece_at(sentences, hit)
            found[first:last] = True
    spoken = _lines_of(addressed, lines, starts, quoted)
    for line, count in zip(*np.unique(spoken, return_counts=True), strict=True):
        first, last = int(lines[line]), int(lines[line + 1])
        if count >= _TWICE and last - first <= _PARAGRAPH:
            found[first:last] = True
    if front:
        found[: np.searchsorted(starts, front.end())] = True
    return found if found.mean() <= _MOST else np.zeros(len(words), dtype=np.bool_)


def _begun(words: Numbers) -> set[int]:
    """Return the sizes of phrases of which one may stand in the words: most often none."""
    runs = set(shingle(words, _BEGINNING).tolist())
    return {
        size
        for size, phrases in _read_phrases().items()
        if size < _BEGINNING or not phrases.beginnings.isdisjoint(runs)
    }


def _hits(words: Numbers, phrases: _Phrases) -> list[int]:
    """Return at which words one of the phrases begins."""
    runs = shingle(words, phrases.size).tolist()
    if phrases.shingles.isdisjoint(runs):
        return []
    return [at for at, run in enumerate(runs) if run in phrases.shingles]


def _lines_of(
    offsets: Sequence[int], lines: Positions, starts: Positions, quoted: Flags
) -> Positions:
    """Return the line of every word outside quotation marks that begins at one of the offsets."""
    words = np.searchsorted(starts, np.array(offsets, dtype=np.int64), side="right") - 1
    return np.searchsorted(lines, words[~quoted[words]], side="right") - 1


def _pieces(end: re.Pattern[str], text: str, starts: Positions) -> Positions:
    """Return the first words of the pieces between the ends, and the number of words."""
    ends = [match.end() for match in end.finditer(text)]
    return np.array([0, *np.searchsorted(starts, ends).tolist(), len(starts)], dtype=np.int64)


def _piece_at(pieces: Positions, word: int) -> tuple[int, int]:
    after = int(np.searchsorted(pieces, word, side="right"))
    return int(pieces[after - 1]), int(pieces[after])


@cache
def _read_phrases() -> dict[int, _Phrases]:
    """Return the phrases of the lexicon by their number of words."""
    phrases: dict[int, list[Numbers]] = defaultdict(list)
    for (phrase,) in read_rows("lexicons/notices.tsv", "phrase"):
        words = hash_words(split_words(phrase))
        phrases[len(words)].append(words)
    return {
        size: _Phrases(size, _shingles(each, size), _shingles(each, _BEGINNING))
        for size, each in phrases.items()
    }


def _shingles(phrases: list[Numbers], size: int) -> frozenset[int]:
    """Return the first shingle of `size` words of each phrase that has so many."""
    return frozenset(run for words in phrases for run in shingle(words[:size], size).tolist())
