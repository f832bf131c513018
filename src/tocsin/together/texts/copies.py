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
from tocsin.together.texts.shingles import SHORT, Numbers, find_words, shingle, span_of

Flags = NDArray[np.bool_]

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
    numbers: Numbers
    spans: NDArray[np.int64]
    own: Flags  #: of the article, not of the outlet's notices
    plain: Flags  #: of these, outside quotation marks
    digits: Flags  #: numbers in figures
    seeds: Numbers  #: runs of `_SEED` words
    owned: int  #: how many are the article's own
    plainly: int  #: how many of these stand outside quotation marks


@dataclass(frozen=True, slots=True)
class _Run:
    """Words in a row that are the same in both texts."""

    one: int
    other: int
    length: int

    @property
    def here(self) -> slice:
        """The words in the one text."""
        return slice(self.one, self.one + self.length)

    @property
    def there(self) -> slice:
        """The words in the other."""
        return slice(self.other, self.other + self.length)


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
    if len(first.numbers) and np.array_equal(first.numbers, second.numbers):
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
    in_one, in_other = _covered(one, other, blocks)
    sides = sorted(((one, in_one), (other, in_other)), key=lambda side: side[0].owned)
    (shorter, in_shorter), (longer, in_longer) = sides
    common = _count(in_shorter & shorter.own)
    similarity = _share(common, shorter.owned)
    near = (
        similarity >= _NEAR_SHORTER
        and _share(_count(in_longer & longer.own), longer.owned) >= _NEAR_LONGER
        and _share(_count(in_shorter & shorter.plain), shorter.plainly) >= _NEAR_PLAIN
        and not _parted(shorter, in_shorter)
        and not _filled_anew(shorter, in_shorter)
    )
    kept = blocks if near else [b for b in blocks if _is_passage(one, other, b)]
    if not kept or _is_form(one, other, kept):
        return None
    passages = _passages(one, other, kept)
    stand = f"{common} of the shorter text's {shorter.owned}"
    places = "one passage" if len(passages) == 1 else f"{len(passages)} passages"
    rest = ": the one is a copy of the other." if near else "; the rest is each text's own."
    return CopyMatch(
        kind="near" if near else "passage",
        similarity=round(similarity, 4),
        passages=passages,
        sentence=f"{stand} words stand in the other, in {places}{rest}",
    )


def _share(part: int, of: int) -> float:
    return part / of if of else 0.0


def _count(flags: Flags) -> int:
    return int(np.count_nonzero(flags))  # of a hundred words ten times as fast as their sum


def _parted(words: _Words, covered: Flags) -> bool:
    """Tell whether all that is shared stands at one end and all that is not at the other.

    A copy is edited throughout; an item of news above a standing text is another item.
    """
    shared = np.flatnonzero(covered[words.own])
    count = words.owned
    before, after = int(shared[0]), count - 1 - int(shared[-1])
    return max(before, after) > _PARTED * count and max(before, after) > _PASSAGE


def _place(passage: Passage) -> tuple[Span, Span]:
    return passage.one, passage.other


def _filled_anew(words: _Words, covered: Flags) -> bool:
    """Tell whether most numbers differ where most words agree: a form filled in each day.

    "Air defence shot down 45 of 60 drones in the night to 14 May" and the same of the 15th are two
    reports.  A copy, even an update with another toll, keeps most of its numbers.
    """
    numbers = words.own & words.digits
    count = _count(numbers)
    return count >= _FORM and _share(_count(covered & numbers), count) < _SAME_NUMBERS


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
            filled = one.digits[here.start : here.stop], other.digits[there.start : there.stop]
            numbers += all(digits.any() for digits in filled)
    return names >= _NAMES and names + numbers >= _FORM


def _foreign_names(words: _Words, at: range, others: _Words) -> list[str]:
    """Return words in capitals where no sentence opens that stand nowhere in the other text."""
    spans = zip(at, words.spans[at.start : at.stop].tolist(), strict=True)
    return [
        words.text[start:end]
        for n, (start, end) in spans
        if words.text[start].isupper()
        and _OPENING.isdisjoint(words.text[start - 2 : start])
        and words.numbers[n] not in others.numbers
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
    plain = own & ~quoted
    return _Words(
        text=text,
        numbers=numbers,
        spans=spans,
        own=own,
        plain=plain,
        digits=digits,
        seeds=shingle(numbers, _SEED),
        owned=_count(own),
        plainly=_count(plain),
    )


def _find_runs(one: _Words, other: _Words) -> list[_Run]:
    """Return the longest common runs from left to right in `one`, none overlapping there."""
    seeds, places = one.seeds.tolist(), _places(other.seeds.tolist())
    left, right = one.numbers.tolist(), other.numbers.tolist()
    runs: list[_Run] = []
    reached = 0
    for at, seed in enumerate(seeds):
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


def _covered(one: _Words, other: _Words, blocks: list[list[_Run]]) -> tuple[Flags, Flags]:
    in_one = np.zeros(len(one.numbers), dtype=np.bool_)
    in_other = np.zeros(len(other.numbers), dtype=np.bool_)
    for run in (run for block in blocks for run in block):
        in_one[run.here] = True
        in_other[run.there] = True
    return in_one, in_other


def _is_passage(one: _Words, other: _Words, block: list[_Run]) -> bool:
    own = sum(_count(one.own[run.here] & other.own[run.there]) for run in block)
    plain = sum(_count(one.plain[run.here] & other.plain[run.there]) for run in block)
    return own >= _PASSAGE and plain >= _PLAIN


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
