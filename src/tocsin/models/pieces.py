"""Word pieces of a text, with what the pieces alone do not show: case and quotation marks.

Used alike by the learned tagger and by its training, so that both see the same text.
Neither spaCy nor a network is needed here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
_SENTENCE_END = frozenset(".!?;")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A paragraph, or a stretch of a long one, as word pieces.

    `ids` and `flags` have shape (n,), `spans` shape (n, 2): character offsets into the text.
    `words` numbers the words: pieces with the same number belong to one word.
    """

    ids: Ints
    flags: Ints
    spans: Ints
    words: Ints

    def __len__(self) -> int:
        """Return the number of pieces."""
        return len(self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Neighbouring segments read together: a mark, then each segment and a mark.

    `spans` (T, 2) are the offsets of all its pieces, (0, 0) for the marks; `words` (T,) numbers the
    words from 1, 0 for the marks.
    """

    ids: Ints
    flags: Ints
    spans: Ints
    words: Ints


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word pieces of an uncased BERT and their numbers; pieces inside a word begin "##"."""

    numbers: Mapping[str, int]

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


def find_segments(text: str, vocabulary: Vocabulary) -> Iterator[Segment]:
    """Yield the segments of `text` in their order; a line without words or marks gives none."""
    for line in _LINE.finditer(text):
        segment = _segment(line.group(), line.start(), vocabulary)
        yield from _cut(segment, text)


def find_windows(segments: Sequence[Segment], vocabulary: Vocabulary) -> Iterator[Window]:
    """Pack neighbouring `segments` into windows of at most `LONGEST_WINDOW` pieces."""
    marks = vocabulary.numbers["[CLS]"], vocabulary.numbers["[SEP]"]
    group: list[Segment] = []
    size = 1
    for segment in segments:
        if group and size + len(segment) + 1 > LONGEST_WINDOW:
            yield _window(group, *marks)
            group, size = [], 1
        group.append(segment)
        size += len(segment) + 1
    if group:
        yield _window(group, *marks)


def _window(group: list[Segment], first_mark: int, mark: int) -> Window:
    size = 1 + sum(len(segment) + 1 for segment in group)
    ids, flags, words = (np.zeros(size, dtype=np.int64) for _ in range(3))
    spans = np.zeros((size, 2), dtype=np.int64)
    ids[:] = mark
    ids[0] = first_mark
    at, counted = 1, 0
    for segment in group:
        here = slice(at, at + len(segment))
        ids[here], flags[here], spans[here] = segment.ids, segment.flags, segment.spans
        words[here] = segment.words - segment.words[0] + counted + 1
        counted = int(words[here][-1])
        at += len(segment) + 1
    return Window(ids=ids, flags=flags, spans=spans, words=words)


def _segment(line: str, offset: int, vocabulary: Vocabulary) -> Segment:
    places = _quotation_places(line)
    rows: list[tuple[int, int, int, int, int]] = []
    for index, word in enumerate(_WORD.finditer(line)):
        start = word.start()
        for number, end in vocabulary.cut(word.group()):
            piece = line[start : word.start() + end]
            flag = 4 * _case(piece) + places[start]
            rows.append((number, flag, offset + start, offset + start + len(piece), index))
            start += len(piece)
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    return Segment(ids=table[:, 0], flags=table[:, 1], spans=table[:, 2:4], words=table[:, 4])


def _case(piece: str) -> int:
    if not piece[:1].isupper():
        return 0
    return 2 if len(piece) > 1 and piece.isupper() else 1


def _cut(segment: Segment, text: str) -> Iterator[Segment]:
    """Cut a long segment after the last sentence end that fits, or where it must be cut."""
    while len(segment) > LONGEST_SEGMENT:
        at = LONGEST_SEGMENT
        for place in range(LONGEST_SEGMENT, LONGEST_SEGMENT // 3, -1):
            if text[segment.spans[place - 1, 0]] in _SENTENCE_END:
                at = place
                break
        if segment.flags[at] % 4 == _CLOSES:
            at = min(at + 1, LONGEST_SEGMENT)
        yield _slice(segment, 0, at)
        segment = _slice(segment, at, len(segment))
    if len(segment):
        yield segment


def _slice(segment: Segment, start: int, end: int) -> Segment:
    return Segment(
        ids=segment.ids[start:end],
        flags=segment.flags[start:end],
        spans=segment.spans[start:end],
        words=segment.words[start:end],
    )


def _quotation_places(line: str) -> list[int]:
    """Say of each character whether it is outside or inside double quotation marks, or is one."""
    places: list[int] = []
    inside = False
    for index, char in enumerate(line):
        opens = char in "“„«" or (char == '"' and _opens(line, index, inside))
        closes = not opens and char in '”»"'
        if opens or closes:
            inside = opens
            places.append(_OPENS if opens else _CLOSES)
        else:
            places.append(_INSIDE if inside else _OUTSIDE)
    return places


def _opens(line: str, index: int, inside: bool) -> bool:
    """Tell whether a straight mark opens: by the blanks around it, else by what came before."""
    before = line[index - 1 : index]
    after = line[index + 1 : index + 2]
    free_before = not before.strip() or before in "([—–-"
    free_after = not after.strip() or after in ".,;:?!)]—–"
    if free_before == free_after:
        return not inside
    return free_before
