"""Looked at: a report as pages show it, with what stands around it and where its pages are.

A record is named by its id; a finding without a record by its own, which is that of the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from tocsin.publish.desk.links import to_record
from tocsin.publish.marks import ROLES, Mark, find_marks
from tocsin.publish.opening import GIVE_THE_DAY
from tocsin.publish.sitrep import build_sitrep
from tocsin.publish.view import Item, Sitrep
from tocsin.publish.visible import in_quotation_marks, on_one_line, shortened
from tocsin.publish.wording import words_at
from tocsin.records import Event, Finding, OfficeClaim, Report, Span, Statement
from tocsin.store.around import Around
from tocsin.store.rows import finding_rows

Record = Statement | Event | OfficeClaim | Finding

#: How a visitor gives the day that an article does not bear.
_GIVE_THE_DAY = "give it one as its day of publication where it is read"

#: Characters of the words by which a record is named in a list.
_LONGEST = 90


def _on_a_page(words: str) -> str:
    return words.replace(GIVE_THE_DAY, _GIVE_THE_DAY)


@dataclass(frozen=True)
class Looked:
    """One report, looked at."""

    report: Report
    around: Around
    page: str  #: the address of its page; pages about its records lie below

    @cached_property
    def sitrep(self) -> Sitrep:
        """The view that every dress of a report reads, in words that fit a page."""
        made = build_sitrep(self.report)
        sections = [replace(s, notes=tuple(map(_on_a_page, s.notes))) for s in made.sections]
        return replace(made, opening=_on_a_page(made.opening), sections=tuple(sections))

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """Every record by its id, and those findings that are about none."""
        report = self.report
        found: dict[str, Record] = dict(self._keyed(f for f in report.findings if not f.about))
        for records in (report.statements, report.events, report.office_claims):
            found |= {each.id: each for each in records}
        return found

    def _keyed(self, findings: Iterable[Finding]) -> Iterator[tuple[str, Finding]]:
        told = tuple(findings)
        rows = finding_rows(told, self.report.article)
        return zip((str(row["id"]) for row in rows), told, strict=True)

    @cached_property
    def marks(self) -> list[Mark]:
        """The words of all records, each named by its id."""
        return [
            Mark(mark.span, mark.role, self.id_of(mark.key), mark.tone)
            for mark in find_marks(self.report, self.sitrep)
        ]

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """The items of the sitrep by the records whose words they quote; of several the first."""
        found: dict[str, Item] = {}
        for item in (item for section in self.sitrep.sections for item in section.items):
            for quote in item.quotes:
                found.setdefault(quote.key, item)
        return found

    @cached_property
    def _unnamed(self) -> Mapping[str, str]:
        """Ids of findings that are about no record, by what the sitrep calls their words."""
        places = {
            finding.words: key
            for key, finding in self.records.items()
            if isinstance(finding, Finding) and finding.about is None and finding.words
        }
        quotes = (quote for item in self.items.values() for quote in item.quotes)
        return {
            quote.key: places[quote.spans[0]]
            for quote in quotes
            if quote.key not in self.records and quote.spans[0] in places
        }

    def id_of(self, key: str) -> str:
        """Return the id of what the sitrep calls `key`."""
        return self._unnamed.get(key, key)

    def to_words(self, key: str) -> str:
        """Return the address, on the page itself, of the words of a record, with it chosen."""
        return f"{to_record('', self.id_of(key))}#w-{key}"

    def find(self, key: str) -> str | None:
        """Return the id of the record that `key` names; of a finding, that which it is about."""
        key = self.id_of(key)
        if key not in self.records:
            about = (each.about for own, each in self._keyed(self.report.findings) if own == key)
            key = next(about, None) or key
        return key if key in self.records else None

    def at(self, words: Span) -> list[str]:
        """Return the ids of the records that lie on `words`, the most specific first."""
        start, end = words
        lying = [mark for mark in self.marks if mark.span[0] < end and start < mark.span[1]]
        lying.sort(key=lambda mark: (ROLES.index(mark.role), mark.span))
        return list(dict.fromkeys(mark.key for mark in lying))

    def spans_of(self, key: str) -> tuple[Span, ...]:
        """Return where the words of a record stand, in text order."""
        return tuple(dict.fromkeys(mark.span for mark in self.marks if mark.key == key))

    def name_of(self, key: str) -> str:
        """Return what a list calls a record: its sort and its words."""
        words = shortened(on_one_line(self.words_of(key)), _LONGEST)
        return f"{SORTS[type(self.records[key])]} {in_quotation_marks(words)}"

    def words_of(self, key: str) -> str:
        """Return the words by which a record is known: of an event the act."""
        record = self.records[key]
        if isinstance(record, Finding):
            return record.sentence
        span = record.trigger if isinstance(record, Event) else next(_words(record), (0, 0))
        return self.words_at(span)

    def words_at(self, span: Span) -> str:
        """Return the words of the article at `span`."""
        return words_at(self.report.article.text, span)


#: What a record is called.
SORTS: Mapping[type, str] = {
    Statement: "Statement",
    Event: "Event",
    OfficeClaim: "Office claim",
    Finding: "Finding",
}


def _words(record: Statement | OfficeClaim) -> Iterator[Span]:
    if isinstance(record, OfficeClaim):
        yield record.words
    else:
        yield from record.content
        yield from filter(None, (record.cue, record.speaker_words))
