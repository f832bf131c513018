"""Copies: what two texts have in common, word by word, when it is too much for chance.

Candidates meet by the keys of `sketch_text`; `match_texts` then compares the texts themselves.
What outlets add to every page (invitations to follow, credits, notices) and what stands in
quotation marks does not make a copy: two outlets may print one newsletter notice, or quote one
communiqué, and still report each for itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, product
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from tocsin.extract.mentions.quotation_marks import find_quotations
from tocsin.records import CopyMatch, Passage, Span
from tocsin.spans import shared as common
from tocsin.spans import size
from tocsin.together.texts.notices import find_notices
from tocsin.together.texts.shingles import SHORT, find_words, shingle, span_of

#: Some words of a text: a number of which each word is a bit, the first the lowest.  What a pair
#: of texts shares is counted several times over, and on so few words numbers are ten times as fast
#: as arrays.
_Bits = int

_SEED = 4  #: words in a row that start a comparison
_EDIT = 4  #: a passage goes on over so many changed words
_CUT = 40  #: a block of passages goes on over so many words that only one text has
_BLOCK = 8  #: fewer shared words in a block are chance: a title, a fixed phrase
_PASSAGE = 30  #: shared words that make a passage of an agency paragraph's size
_PLAIN = 18  #: of these, words outside quotation marks
WORDS_KEPT = 512  #: texts of which the words are kept: at least those that are settled together
_MOST_POSITIONS = 16  #: of a run that one text repeats

#: Shares of near copies; tuned on the light edits of `benchmarks.copies`.
_NEAR_SHORTER = 0.6  #: of the shorter text's words
_NEAR_LONGER = 0.5  #: of the longer text's: with less of it shared, the rest is a voice of its own
_NEAR_PLAIN = 0.4  #: of the shorter text's words outside quotation marks
_PARTED = 0.25  #: more of its own at one end, and it is another item above a standing text
_FORM = 3  #: numbers that a form has at least
_SAME_NUMBERS = 0.5  #: of its numbers that a copy keeps at least
_NAMES = 2  #: places at which one name gives way to another, at least, in a form
_FIELD = 8  #: words of such a place at most
_ALIKE = 60  #: hundredths of their letters that two spellings of one name share

#: What stands before the first word of a sentence.
_OPENING = frozenset('.!?:\n“"‘(')


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The words of a text as numbers, where they stand, and which count how."""

    text: str
    numbers: list[int]
    known: frozenset[int]  #: the numbers
    spans: NDArray[np.int64]
    own: _Bits  #: of the article, not of the outlet's notices
    plain: _Bits  #: of these, outside quotation marks
    digits: _Bits  #: numbers in figures
    seeds: list[int]  #: runs of `_SEED` words
    places: Mapping[int, Sequence[int]]  #: where each of these stands


@dataclass(frozen=True, slots=True)
class _Run:
    """Words in a row that are the same in both texts."""

    one: int
    other: int
    length: int

    @property
    def here(self) -> range:
        """The words in the one text."""
        return range(self.one, self.one + self.length)

    @property
    def there(self) -> range:
        """The words in the other."""
        return range(self.other, self.other + self.length)


def match_texts(one: str, other: str) -> CopyMatch | None:
    """Return what `one` and `other` share, or None when it is no more than chance or quotation.

    "verbatim": the same words.  "near": at least 60 % of the shorter text and half of the longer.
    "passage": at least one agency paragraph (30 words, 18 of them outside quotation marks).
    Offsets point into the texts as given; swapping the texts swaps the sides and nothing else.
    """
    if one > other:
        match = match_texts(other, one)
        sides = (Passage(one=p.other, other=p.one) for p in match.passages) if match else ()
        return match and replace(match, passages=tuple(sorted(sides, key=_place)))
    first, second = _read_words(one), _read_words(other)
    if first.numbers and first.numbers == second.numbers:
        last = len(first.numbers) - 1
        whole = Passage(one=span_of(first.spans, 0, last), other=span_of(second.spans, 0, last))
        same = "The words are the same."
        return CopyMatch(kind="verbatim", similarity=1.0, passages=(whole,), sentence=same)
    if min(len(first.numbers), len(second.numbers)) < SHORT:
        return None
    blocks = [
        b for b in _group(_find_runs(first, second), _CUT) if sum(r.length for r in b) >= _BLOCK
    ]
    return _judge(first, second, blocks) if blocks else None


def shared(match: CopyMatch, words: Span, *, side: Literal["one", "other"] = "one") -> bool:
    """Tell whether `words` of the text on that side stand, for the most part, in shared passages.

    What both tell in a shared passage is one report; what stands elsewhere is each text's own.
    """
    places = [passage.one if side == "one" else passage.other for passage in match.passages]
    return common(places, [words]) >= 0.7 * max(1, size([words]))


def _judge(one: _Words, other: _Words, blocks: list[list[_Run]]) -> CopyMatch | None:
    in_one, in_other = _covered(blocks)
    sides = sorted(((one, in_one), (other, in_other)), key=lambda side: side[0].own.bit_count())
    (shorter, in_shorter), (longer, in_longer) = sides
    common = (in_shorter & shorter.own).bit_count()
    similarity = _share(in_shorter, shorter.own)
    near = (
        similarity >= _NEAR_SHORTER
        and _share(in_longer, longer.own) >= _NEAR_LONGER
        and _share(in_shorter, shorter.plain) >= _NEAR_PLAIN
        and not _parted(shorter, in_shorter)
        and not _filled_anew(shorter, in_shorter)
    )
    kept = blocks if near else [b for b in blocks if _is_passage(one, other, b)]
    if not kept or _is_form(one, other, kept):
        return None
    passages = _passages(one, other, kept)
    stand = f"{common} of the shorter text's {shorter.own.bit_count()}"
    places = "one passage" if len(passages) == 1 else f"{len(passages)} passages"
    rest = ": the one is a copy of the other." if near else "; the rest is each text's own."
    return CopyMatch(
        kind="near" if near else "passage",
        similarity=round(similarity, 4),
        passages=passages,
        sentence=f"{stand} words stand in the other, in {places}{rest}",
    )


def _share(some: _Bits, words: _Bits) -> float:
    """Return how much of the words are among some."""
    return (some & words).bit_count() / words.bit_count() if words else 0.0


def _parted(words: _Words, covered: _Bits) -> bool:
    """Tell whether all that is shared stands at one end and all that is not at the other.

    A copy is edited throughout; an item of news above a standing text is another item.
    """
    shared = covered & words.own
    before = (words.own & ((shared & -shared) - 1)).bit_count()
    after = (words.own >> shared.bit_length()).bit_count()
    return max(before, after) > max(_PARTED * words.own.bit_count(), _PASSAGE)


def _place(passage: Passage) -> tuple[Span, Span]:
    return passage.one, passage.other


def _filled_anew(words: _Words, covered: _Bits) -> bool:
    """Tell whether most numbers differ where most words agree: a form filled in each day.

    "Air defence shot down 45 of 60 drones in the night to 14 May" and the same of the 15th are two
    reports.  A copy, even an update with another toll, keeps most of its numbers.
    """
    numbers = words.own & words.digits
    return numbers.bit_count() >= _FORM and _share(covered, numbers) < _SAME_NUMBERS


def _is_form(one: _Words, other: _Words, blocks: list[list[_Run]]) -> bool:
    """Tell whether names and numbers of the one text give way to others where all else agrees.

    "A missile hit Balakliia, wounding 12" and "A missile hit Izium, wounding 9", on and on in the
    same words, are two reports on two towns.  A copy that is edited keeps the names, if spelled
    otherwise here and there; what gives way stands nowhere in the other text.
    """
    runs = sorted((run for block in blocks for run in block), key=lambda run: run.one)
    names = numbers = 0
    for run, following in pairwise(runs):
        here, there = range(run.here.stop, following.one), range(run.there.stop, following.other)
        if max(len(here), len(there)) <= _FIELD:
            ours, theirs = _foreign_names(one, here, other), _foreign_names(other, there, one)
            alike = any(fuzz.ratio(a, b) >= _ALIKE for a, b in product(ours, theirs))
            names += bool(ours and theirs and not alike)
            numbers += bool(one.digits & _bits(here) and other.digits & _bits(there))
    return names >= _NAMES and names + numbers >= _FORM


def _foreign_names(words: _Words, at: range, others: _Words) -> list[str]:
    """Return words in capitals where no sentence opens that stand nowhere in the other text."""
    spans = zip(at, words.spans[at.start : at.stop].tolist(), strict=True)
    return [
        words.text[start:end]
        for n, (start, end) in spans
        if words.text[start].isupper()
        and _OPENING.isdisjoint(words.text[start - 2 : start])
        and words.numbers[n] not in others.known
    ]


@lru_cache(maxsize=WORDS_KEPT)
def _read_words(text: str) -> _Words:
    numbers, spans = find_words(text)
    quoted = np.zeros(len(numbers), dtype=np.bool_)
    for quotation in find_quotations(text):
        start, end = quotation.words
        quoted[np.searchsorted(spans[:, 0], start) : np.searchsorted(spans[:, 0], end)] = True
    own = ~find_notices(text, numbers, spans[:, 0], quoted)
    digits = np.array([text[start].isdigit() for start in spans[:, 0].tolist()], dtype=np.bool_)
    seeds = shingle(numbers, _SEED).tolist()
    listed = numbers.tolist()
    return _Words(
        text=text,
        numbers=listed,
        known=frozenset(listed),
        spans=spans,
        own=_as_bits(own),
        plain=_as_bits(own & ~quoted),
        digits=_as_bits(digits),
        seeds=seeds,
        places=_places(seeds),
    )


def _as_bits(flags: NDArray[np.bool_]) -> _Bits:
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def _bits(words: range) -> _Bits:
    """Return these words alone."""
    return (1 << words.stop) - (1 << words.start) if words else 0


def _find_runs(one: _Words, other: _Words) -> list[_Run]:
    """Return the longest common runs from left to right in `one`, none overlapping there."""
    left, right, places = one.numbers, other.numbers, other.places
    runs: list[_Run] = []
    reached = 0
    for at, seed in enumerate(one.seeds):
        if at < reached or seed not in places:
            continue
        length, _, place = max((_extent(left, right, at, p), -p, p) for p in places[seed])
        runs.append(_Run(at, place, length))
        reached = at + length
    return runs


def _places(seeds: Sequence[int]) -> Mapping[int, Sequence[int]]:
    """Return where each of the seeds stands."""
    once = dict(zip(seeds, ((at,) for at in range(len(seeds))), strict=True))
    if len(once) == len(seeds):
        return once
    places: dict[int, list[int]] = defaultdict(list)
    for at, seed in enumerate(seeds):
        if len(places[seed]) < _MOST_POSITIONS:
            places[seed].append(at)
    return places


def _extent(one: list[int], other: list[int], at: int, place: int) -> int:
    most = min(len(one) - at, len(other) - place)
    length = 0
    while length < most and one[at + length] == other[place + length]:
        length += 1
    return length


def _group(runs: list[_Run], gap: int) -> list[list[_Run]]:
    """Return the runs that follow each other in both texts, over at most `gap` words, together.

    Over more than `_EDIT` words only where one of the texts has next to nothing there: a cut.
    """
    groups: list[list[_Run]] = []
    end = _Run(0, 0, 0)
    for run in runs:
        here, there = run.one - end.one - end.length, run.other - end.other - end.length
        goes_on = there >= -_EDIT and min(here, there) <= _EDIT and max(here, there) <= gap
        if groups and goes_on:
            groups[-1].append(run)
        else:
            groups.append([run])
        end = run
    return groups


def _covered(blocks: list[list[_Run]]) -> tuple[_Bits, _Bits]:
    in_one = in_other = 0
    for run in (run for block in blocks for run in block):
        in_one |= _bits(run.here)
        in_other |= _bits(run.there)
    return in_one, in_other


def _is_passage(one: _Words, other: _Words, block: list[_Run]) -> bool:
    own = _common(one.own, other.own, block)
    return own >= _PASSAGE and _common(one.plain, other.plain, block) >= _PLAIN


def _common(ours: _Bits, theirs: _Bits, block: list[_Run]) -> int:
    """Return how many words of the runs are some of the one text's and of the other's."""
    return sum(
        (ours >> run.one & theirs >> run.other & _bits(range(run.length))).bit_count()
        for run in block
    )


def _passages(one: _Words, other: _Words, blocks: list[list[_Run]]) -> tuple[Passage, ...]:
    stretches = [(runs[0], runs[-1]) for block in blocks for runs in _group(block, _EDIT)]
    passages = (
        Passage(
            one=span_of(one.spans, first.one, last.here.stop - 1),
            other=span_of(other.spans, first.other, last.there.stop - 1),
        )
        for first, last in stretches
    )
    return tuple(sorted(passages, key=_place))
