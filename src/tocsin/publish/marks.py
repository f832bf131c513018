"""Marks: where in the article's text each record stands, cut so that it can be shown.

Records overlap freely: an office claim holds the words of a speaker, a statement holds another and
an event.  Markup can only nest, so a paragraph is cut wherever a record begins or ends, and every
`Segment` knows all the roles that its words play.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tocsin.publish.view import Sitrep
from tocsin.records import WORST_FIRST, Report, Span

#: Roles, the most specific first: the first one decides where a link on these words leads, and
#: where the place of a record is when it has several.
ROLES = ("office", "trigger", "cue", "speaker", "relay", "finding", "content", "clause")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that play a `role` for the record `key`."""

    span: Span
    role: str
    key: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of one paragraph over which nothing changes.

    `begins` are the keys of the records whose place in the text is here, `ends` the marks that
    stop at its end.
    """

    start: int
    end: int
    words: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[Mark, ...] = ()


#: One line of the text that is not blank, as segments that together are exactly its words.
Paragraph = tuple[Segment, ...]


def find_paragraphs(report: Report, sitrep: Sitrep) -> Iterator[Paragraph]:
    """Yield the article's paragraphs in their order, cut at the marks of `report`."""
    marks = find_marks(report, sitrep)
    text = report.article.text
    lines = [line.span() for line in re.finditer(r"[^\r\n]+", text) if not line[0].isspace()]
    segments = _segments(text, marks, lines)
    upcoming = next(segments, None)
    for start, end in lines:
        own = []
        while upcoming is not None and upcoming.end <= end:
            own += [upcoming] if upcoming.start >= start else []
            upcoming = next(segments, None)
        yield tuple(own)


def find_marks(report: Report, sitrep: Sitrep) -> list[Mark]:
    """Return the marks of all records in text order; empty and outlying ones are left out."""
    marks = [*_statement_marks(report), *_office_marks(report)]
    for event in report.events:
        marks += [Mark(event.words, "clause", event.id), Mark(event.trigger, "trigger", event.id)]
    known = {mark.key for mark in marks}
    marks += [mark for mark in _quoted_marks(sitrep) if mark.key not in known]
    length = len(report.article.text)
    return sorted(
        (mark for mark in marks if 0 <= mark.span[0] < mark.span[1] <= length),
        key=lambda mark: (mark.span[0], -mark.span[1], ROLES.index(mark.role)),
    )


def _statement_marks(report: Report) -> Iterator[Mark]:
    for statement in report.statements:
        roles = (
            *(("content", span) for span in statement.content),
            ("cue", statement.cue),
            ("speaker", statement.speaker_words),
            *(("relay", relay.words) for relay in statement.relays),
        )
        yield from (Mark(span, role, statement.id) for role, span in roles if span)


def _office_marks(report: Report) -> Iterator[Mark]:
    worst_last = sorted(report.findings, key=lambda f: WORST_FIRST.index(f.verdict), reverse=True)
    tones = {finding.about: finding.verdict.value for finding in worst_last}
    for claim in report.office_claims:
        yield Mark(claim.words, "office", claim.id, tones.get(claim.id, "plain"))


def _quoted_marks(sitrep: Sitrep) -> Iterator[Mark]:
    items = (item for section in sitrep.sections for item in section.items)
    for item in items:
        for quote in item.quotes:
            yield from (Mark(span, "finding", quote.key, item.badge.tone) for span in quote.spans)


def _segments(text: str, marks: Sequence[Mark], lines: Sequence[Span]) -> Iterator[Segment]:
    """Yield the text between any two neighbouring cuts, in one sweep from left to right."""
    cuts = sorted({at for span in lines for at in span} | {at for m in marks for at in m.span})
    places = _places(marks)
    active: list[Mark] = []
    coming = 0
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark.span[1] > start]
        while coming < len(marks) and marks[coming].span[0] <= start:
            active.append(marks[coming])
            coming += 1
        blank = text[start:end].isspace()
        begins = [m for m in active if places.get(m.key) is m and not blank]
        yield Segment(
            start=start,
            end=end,
            words=text[start:end],
            marks=tuple(active),
            begins=tuple(places.pop(mark.key).key for mark in begins),
            ends=tuple(mark for mark in active if mark.span[1] == end),
        )


def _places(marks: Iterable[Mark]) -> dict[str, Mark]:
    """Return for each record the mark at which it is found: of its most specific role the first."""
    places: dict[str, Mark] = {}
    for mark in sorted(marks, key=lambda mark: ROLES.index(mark.role)):
        places.setdefault(mark.key, mark)
    return places
