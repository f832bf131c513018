"""Where in the article's text each record stands, cut so that it can be shown.

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
from tocsin.records import Report, Span, Statement, Verdict

#: Roles, the most specific first: the first one decides where a link on these words leads, and
#: where the place of a record is when it has several.
ROLES = ("office", "trigger", "cue", "speaker", "relay", "finding", "content", "clause")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Words that play a `role` for the record `key`."""

    start: int
    end: int
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One line of the text that is not blank, as segments that together are exactly its words."""

    start: int
    end: int
    segments: tuple[Segment, ...]


def find_paragraphs(report: Report, sitrep: Sitrep) -> Iterator[Paragraph]:
    """Yield the article's paragraphs in their order, cut at the marks of `report`."""
    marks = find_marks(report, sitrep)
    lines = [found.span() for found in re.finditer(r"[^\r\n]*[^\s][^\r\n]*", report.article.text)]
    segments = _segments(report.article.text, marks, lines)
    upcoming = next(segments, None)
    for start, end in lines:
        own = []
        while upcoming is not None and upcoming.end <= end:
            own += [upcoming] if upcoming.start >= start else []
            upcoming = next(segments, None)
        yield Paragraph(start=start, end=end, segments=tuple(own))


def find_marks(report: Report, sitrep: Sitrep) -> list[Mark]:
    """Return the marks of all records in text order; empty and outlying ones are left out."""
    marks = [*_statement_marks(report), *_office_marks(report), *_event_marks(report)]
    known = {mark.key for mark in marks}
    marks += [mark for mark in _quoted_marks(sitrep) if mark.key not in known]
    length = len(report.article.text)
    return sorted(
        (mark for mark in marks if 0 <= mark.start < mark.end <= length),
        key=lambda mark: (mark.start, -mark.end, ROLES.index(mark.role)),
    )


def _statement_marks(report: Report) -> Iterator[Mark]:
    for statement in report.statements:
        for role, spans in _statement_spans(statement):
            yield from (_mark(span, role, statement.id) for span in spans if span)


def _statement_spans(statement: Statement) -> Iterator[tuple[str, Iterable[Span | None]]]:
    yield "content", statement.content
    yield "cue", (statement.cue,)
    yield "speaker", (statement.speaker_words,)
    yield "relay", (relay.words for relay in statement.relays)


def _office_marks(report: Report) -> Iterator[Mark]:
    verdicts: dict[str | None, list[Verdict]] = {}
    for finding in report.findings:
        verdicts.setdefault(finding.about, []).append(finding.verdict)
    for claim in report.office_claims:
        found = verdicts.get(claim.id, [])
        tone = min(found, key=list(Verdict).index).value if found else "plain"
        yield _mark(claim.words, "office", claim.id, tone)


def _event_marks(report: Report) -> Iterator[Mark]:
    for event in report.events:
        yield _mark(event.words, "clause", event.id)
        yield _mark(event.trigger, "trigger", event.id)


def _quoted_marks(sitrep: Sitrep) -> Iterator[Mark]:
    for section in sitrep.sections:
        for item in section.items:
            for quote in item.quotes:
                for span in quote.spans:
                    yield _mark(span, "finding", quote.key, item.badge.tone)


def _mark(span: Span, role: str, key: str, tone: str = "plain") -> Mark:
    return Mark(start=span[0], end=span[1], role=role, key=key, tone=tone)


def _segments(text: str, marks: Sequence[Mark], lines: Sequence[Span]) -> Iterator[Segment]:
    """Yield the text between any two neighbouring cuts, in one sweep from left to right."""
    cuts = sorted({at for span in lines for at in span} | {at for m in marks for at in _ends(m)})
    places = _places(marks)
    active: list[Mark] = []
    coming = 0
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark.end > start]
        while coming < len(marks) and marks[coming].start <= start:
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
            ends=tuple(mark for mark in active if mark.end == end),
        )


def _ends(mark: Mark) -> Span:
    return mark.start, mark.end


def _places(marks: Iterable[Mark]) -> dict[str, Mark]:
    """Return for each record the mark at which it is found: of its most specific role the first."""
    places: dict[str, Mark] = {}
    for mark in marks:
        held = places.get(mark.key)
        if held is None or ROLES.index(mark.role) < ROLES.index(held.role):
            places[mark.key] = mark
    return places
