"""Word pieces of a text, with what the pieces alone do not show: case and quotation marks.

Used alike by the learned tagger and by its training, so that both see the same text.
Neither spaCy nor a network is needed here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from tocsin.models.networks import Ints
from tocsin.records import Span

#: The longest stretch of one paragraph that is read in one piece (99.9 % of paragraphs fit).
LONGEST_SEGMENT = 190
#: The longest window, with its marks; longer was no better and costs time.
LONGEST_WINDOW = 256
#: A longer word is one unknown piece, as in BERT.
LONGEST_WORD = 100

#: Kinds of flag a piece can have: 3 kinds of case times 4 places relative to quotation marks.
FLAGS = 12
_OUTSIDE, _INSIDE, _OPENS, _CLOSES = range(4)
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
# A word, or one mark; controls, invisible characters and broken code points are neither.
_WORD = re.compile(
    r"(?:[^\W_]|[\u0300-\u036f])+"
    r"|[^\w\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]|_"
)
_QUOTATION_MARK = re.compile('[“„«”»"]')
_SENTENCE_END = frozenset(".!?;")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces that are read together: of a segment, which is a paragraph or a stretch of a long
    one, or of a window, which is a mark, then neighbouring segments, each with a mark behind it.

    The columns of `table` (n, 5) are the number in the vocabulary, the flag, the two offsets into
    the text, (0, 0) for marks, and the number of the word: from 0 in a line, -1 for marks; from 1
    in a window, 0 for marks.
    """

    table: Ints

    def __len__(self) -> int:
        """Return the number of pieces."""
        return len(self.table)

    @property
    def ids(self) -> Ints:
        """Return their numbers in the vocabulary, (n,)."""
        return self.table[:, 0]

    @property
    def flags(self) -> Ints:
        """Return their flags, (n,)."""
        return self.table[:, 1]

    @property
    def spans(self) -> Ints:
        """Return their character offsets into the text, (n, 2)."""
        return self.table[:, 2:4]

    @property
    def words(self) -> Ints:
        """Return the numbers of their words, (n,): pieces of one word have the same."""
        return self.table[:, 4]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The word pieces of an uncased BERT and their numbers; pieces inside a word begin "##"."""

    numbers: Mapping[str, int]

    @lru_cache(maxsize=20_000)  # noqa: B019 - one vocabulary lives as long as the process
    def cut(self, word: str) -> tuple[tuple[int, int], ...]:
        """Return (number, end) of each piece of `word`: always the longest piece that fits.

        `end` counts characters of `word`.  A word that cannot be cut up is one unknown piece.
        """
        plain, ends = _plain(word)
        pieces: list[tuple[int, int]] = []
        start = 0
        while start < len(plain) <= LONGEST_WORD:
            for end in range(len(plain), start, -1):
                piece = plain[start:end] if start == 0 else "##" + plain[start:end]
                number = self.numbers.get(piece)
                if number is not None:
                    pieces.append((number, ends[end - 1]))
                    start = end
                    break
            else:
                break
        if start < len(plain) or not plain:
            return ((self.numbers["[UNK]"], len(word)),)
        return tuple(pieces)


def pieces_in(spans: Ints, words: Span) -> Span | None:
    """Return the run of pieces, whose `spans` are given, that touch `words`; None if none does."""
    inside = np.flatnonzero((spans[:, 0] < words[1]) & (spans[:, 1] > words[0]))
    return (int(inside[0]), int(inside[-1]) + 1) if len(inside) else None


def read_vocabulary(path: Path) -> Vocabulary:
    """Read a file with one piece a line; the number of a piece is its line, from 0."""
    lines = path.read_text(encoding="utf8").split("\n")
    return Vocabulary({piece: number for number, piece in enumerate(lines) if piece})


def _plain(word: str) -> tuple[str, list[int]]:
    """Return `word` in lower case without accents, and for each character where it ends."""
    if word.isascii():
        return word.lower(), list(range(1, len(word) + 1))
    chars: list[str] = []
    ends: list[int] = []
    for end, char in enumerate(word, 1):
        for part in unicodedata.normalize("NFD", char.lower()):
            if unicodedata.category(part) != "Mn":
                chars.append(part)
                ends.append(end)
    return "".join(chars), ends


def find_segments(text: str, vocabulary: Vocabulary) -> Iterator[Pieces]:
    """Yield the segments of `text` in their order; a line without words or marks gives none."""
    for line in _LINE.finditer(text):
        segment = _segment(line.group(), line.start(), vocabulary)
        yield from _cut(segment, text)


def find_windows(segments: Iterable[Pieces], vocabulary: Vocabulary) -> Iterator[Pieces]:
    """Pack neighbouring `segments` into windows of at most `LONGEST_WINDOW` pieces."""
    first, mark = (
        np.array([[vocabulary.numbers[name], 0, 0, 0, -1]]) for name in ("[CLS]", "[SEP]")
    )
    group, size = [first], 1
    for segment in segments:
        if size > 1 and size + len(segment) + 1 > LONGEST_WINDOW:
            yield _window(group)
            group, size = [first], 1
        group += [segment.table, mark]
        size += len(segment) + 1
    if size > 1:
        yield _window(group)


def _window(group: list[Ints]) -> Pieces:
    table = np.concatenate(group)
    words = table[:, 4]
    begins = (words != np.append(-1, words[:-1])) & (words >= 0)
    table[:, 4] = np.cumsum(begins) * (words >= 0)
    return Pieces(table)


def _segment(line: str, offset: int, vocabulary: Vocabulary) -> Pieces:
    places = _quotation_places(line)
    rows: list[tuple[int, int, int, int, int]] = []
    for index, word in enumerate(_WORD.finditer(line)):
        start = word.start()
        for number, end in vocabulary.cut(word.group()):
            piece = line[start : word.start() + end]
            flag = 4 * _case(piece) + places[start]
            rows.append((number, flag, offset + start, offset + start + len(piece), index))
            start += len(piece)
    return Pieces(np.array(rows, dtype=np.int64).reshape(-1, 5))


def _case(piece: str) -> int:
    if not piece[:1].isupper():
        return 0
    return 2 if len(piece) > 1 and piece.isupper() else 1


def _cut(segment: Pieces, text: str) -> Iterator[Pieces]:
    """Cut a long segment after the last sentence end that fits, or where it must be cut."""
    while len(segment) > LONGEST_SEGMENT:
        at = LONGEST_SEGMENT
        for place in range(LONGEST_SEGMENT, LONGEST_SEGMENT // 3, -1):
            if text[segment.spans[place - 1, 0]] in _SENTENCE_END:
                at = place
                break
        if segment.flags[at] % 4 == _CLOSES:
            at = min(at + 1, LONGEST_SEGMENT)
        yield Pieces(segment.table[:at])
        segment = Pieces(segment.table[at:])
    if len(segment):
        yield segment


def _quotation_places(line: str) -> list[int]:
    """Say of each character whether it is outside or inside double quotation marks, or is one."""
    places: list[int] = []
    inside = False
    for mark in _QUOTATION_MARK.finditer(line):
        index, char = mark.start(), mark[0]
        places += [_INSIDE if inside else _OUTSIDE] * (index - len(places))
        inside = char in "“„«" or (char == '"' and _opens(line, index, inside))
        places.append(_OPENS if inside else _CLOSES)
    return places + [_INSIDE if inside else _OUTSIDE] * (len(line) - len(places))


def _opens(line: str, index: int, inside: bool) -> bool:
    """Tell whether a straight mark opens: by the blanks around it, else by what came before."""
    before = line[index - 1 : index]
    after = line[index + 1 : index + 2]
    free_before = not before.strip() or before in "([—–-"
    free_after = not after.strip() or after in ".,;:?!)]—–"
    if free_before == free_after:
        return not inside
    return free_before
