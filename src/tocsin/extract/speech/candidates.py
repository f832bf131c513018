"""Attribution statements: words of a speaker, a cue and its content, before anything is resolved.

Rules on the parse and the learned tagger both give candidates; from there on all go the same way
(`attribution.find_statements`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from tocsin.extract.grammar.words import TokenRange, char_span
from tocsin.models.parsed import Doc
from tocsin.models.tagger import Tagged
from tocsin.records import Span, Statement
from tocsin.spans import Places

_EDGES = frozenset(",;:—–-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Character spans only; `rule` names what found it ("quotation", "verb:that", "tagger").

    `quoted` says that the content is given as the speaker's own words.
    """

    speaker_words: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    quoted: bool = False
    rule: str = ""

    @property
    def start(self) -> int:
        """First character of the content."""
        return min(start for start, _ in self.content)


One = TypeVar("One", Attribution, Tagged, Statement)


def extent(one: Attribution | Tagged | Statement) -> tuple[Span, ...]:
    """Return all spans over which a statement stands: of its content and its cue."""
    return (*one.content, one.cue) if one.cue else one.content


def placed(found: Iterable[One]) -> Places[One]:
    """Return what was found by where it stands."""
    places: Places[One] = Places()
    for one in found:
        places.add(one, extent(one))
    return places


def in_order(found: Iterable[Attribution]) -> list[Attribution]:
    """Return what was found in the order of its content, what runs on farther first."""
    return sorted(found, key=lambda each: (each.start, -max(end for _, end in each.content)))


def reported(
    doc: Doc,
    rule: str,
    speaker: TokenRange | None,
    cue: TokenRange,
    content: Iterable[TokenRange],
    without: Iterable[TokenRange] = (),
    *,
    sentence: bool = False,
) -> Iterator[Attribution]:
    """Yield what `rule` found, all given by tokens, unless nothing is left of its content.

    Commas and dashes at the edges of the content are left out, and so is what `without` covers.
    With `sentence`, so is a final full stop: the content is a whole sentence and the stop belongs
    to the sentence that reports it.
    """
    spans = _content_spans(doc, content, without, sentence)
    if spans:
        yield Attribution(
            speaker_words=char_span(doc, speaker) if speaker else None,
            cue=char_span(doc, cue),
            content=spans,
            rule=rule,
        )


def _content_spans(
    doc: Doc, ranges: Iterable[TokenRange], without: Iterable[TokenRange], sentence: bool
) -> tuple[Span, ...]:
    taken = {i for start, end in without for i in range(start, end)}
    spans: list[Span] = []
    for start, end in ranges:
        for gone, run in groupby(range(start, end), taken.__contains__):
            trimmed = None if gone else _trimmed(doc, [*run], sentence)
            if trimmed is not None:
                spans.append(char_span(doc, trimmed))
        taken.update(range(start, end))
    return tuple(spans)


def _trimmed(doc: Doc, run: list[int], sentence: bool) -> TokenRange | None:
    start, end = 0, len(run)
    while start < end and _trims(doc, run[start], sentence=False):
        start += 1
    while start < end and _trims(doc, run[end - 1], sentence=sentence):
        end -= 1
    if start == end or not any(doc[i].is_alpha or doc[i].like_num for i in run[start:end]):
        return None
    return run[start], run[end - 1] + 1


def _trims(doc: Doc, i: int, *, sentence: bool) -> bool:
    token = doc[i]
    return token.is_space or token.text in _EDGES or (sentence and token.text == ".")
