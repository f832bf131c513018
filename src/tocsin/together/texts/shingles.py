"""A text as numbers: its words, runs of words (shingles), and the keys by which copies meet.

Case, punctuation, quotation marks and white space do not matter: a word is a run of letters and
digits, folded.  The keys are written into stores, so nothing here may change between versions,
machines or processes: word hashes are BLAKE2b, all else is integer arithmetic modulo 2**64.
(The sketches of MinHash libraries are not promised to stay the same between their versions.)
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from tocsin.records import Span

Numbers = NDArray[np.uint64]

#: A shared run of 32 words (25 + 8 - 1) always shares a fingerprint, and one shingle in 13 is
#: kept: winnowing, Schleimer, Wilkerson and Aiken 2003.
PASSAGE_SHINGLE = 8
PASSAGE_WINDOW = 25

#: MinHash (Broder 1997) over short shingles, for copies in which every run of words is broken.
NEAR_SHINGLE = 3
BANDS = 8
ROWS = 3

#: Texts of fewer words have one key, of all their words.
SHORT = 12

_WORD = re.compile(r"[^\W_]+")
_ODD = 0x9E3779B97F4A7C15


def sketch_text(text: str) -> tuple[int, ...]:
    """Return the keys by which copies of `text` are found: signed 64-bit numbers, sorted.

    Texts that share 32 words in a row or nearly all, share a key.  Even keys are fingerprints of
    passages, odd ones bands of the whole text.
    """
    words = hash_words(split_words(text))
    if len(words) < SHORT:
        whole = (shingle(words, len(words)) & ~np.uint64(1)) if len(words) else words
        return tuple(whole.view(np.int64).tolist())
    passages = winnow(words) & ~np.uint64(1)
    bands = _bands(shingle(words, NEAR_SHINGLE)) | np.uint64(1)
    keys = np.concatenate([passages, bands]).view(np.int64)
    return tuple(sorted(set(keys.tolist())))


def split_words(text: str) -> list[str]:
    """Return the words of `text`: runs of letters and digits."""
    return _WORD.findall(text)


def hash_words(words: list[str]) -> Numbers:
    """Return a number for each word."""
    return np.fromiter(map(_hash_word, words), dtype=np.uint64, count=len(words))


def find_words(text: str) -> tuple[Numbers, NDArray[np.int64]]:
    """Return the numbers of the words of `text` and, in two columns, where each starts and ends."""
    spans = [match.span() for match in _WORD.finditer(text)]
    words = hash_words([text[start:end] for start, end in spans])
    return words, np.array(spans, dtype=np.int64).reshape(-1, 2)


def shingle(words: Numbers, size: int) -> Numbers:
    """Return a number for each run of `size` words; empty when there are fewer words."""
    count = len(words) - size + 1
    if count < 1:
        return words[:0]
    total = np.zeros(count, dtype=np.uint64)
    for offset in range(size):
        total = total * np.uint64(_ODD) + words[offset : offset + count]
    return _mix(total)


def winnow(words: Numbers) -> Numbers:
    """Return the smallest shingle of every window of shingles, each once."""
    shingles = shingle(words, PASSAGE_SHINGLE)
    if len(shingles) <= PASSAGE_WINDOW:
        return shingles.min(keepdims=True) if len(shingles) else shingles
    windows = np.lib.stride_tricks.sliding_window_view(shingles, PASSAGE_WINDOW)
    return np.unique(windows.min(axis=1))


def span_of(spans: NDArray[np.int64], first: int, last: int) -> Span:
    """Return the characters from word `first` to word `last`, both included."""
    return int(spans[first, 0]), int(spans[last, 1])


def _bands(shingles: Numbers) -> Numbers:
    """Return one number for each band of `ROWS` minima under different permutations."""
    unique = np.unique(shingles)
    permuted = (unique[None, :] ^ _ADDEND[:, None]) * _FACTOR[:, None]
    minima = (permuted ^ (permuted >> np.uint64(32))).min(axis=1).reshape(BANDS, ROWS)
    total = np.arange(1, BANDS + 1, dtype=np.uint64)
    for row in range(ROWS):
        total = total * np.uint64(_ODD) + minima[:, row]
    return _mix(total)


@lru_cache(maxsize=1 << 17)
def _hash_word(word: str) -> int:
    raw = word.casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(raw, digest_size=8).digest(), "little")


def _mix(numbers: Numbers) -> Numbers:
    """Spread each number over all 64 bits (the finalizer of splitmix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _constants(start: int) -> Numbers:
    steps = [(start + i * _ODD) % 2**64 for i in range(1, BANDS * ROWS + 1)]
    return _mix(np.array(steps, dtype=np.uint64))


_ADDEND = _constants(0)
_FACTOR = _constants(1 << 32) | np.uint64(1)
