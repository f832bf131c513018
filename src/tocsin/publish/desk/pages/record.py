"""Record: what the panel beside an article shows of one of its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tocsin.lexicons.shown import spelled
from tocsin.publish.by_speaker import office_finding
from tocsin.publish.desk.pages.looked import SORTS, Looked, Record
from tocsin.publish.view import Badge
from tocsin.publish.wording import worst_first
from tocsin.records import Event, Finding, OfficeClaim, Span, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One record, chosen: what is said of it, and what else lies on its words."""

    key: str
    record: Record
    sort: str
    badge: Badge
    headline: str
    lines: tuple[str, ...]
    findings: tuple[Finding, ...]  #: about it, also those that set it against other articles
    beside: tuple[str, ...]  #: ids of other records on the same words
    spans: tuple[Span, ...]  #: where its words stand


def choose(looked: Looked, key: str, others: Iterable[str] = ()) -> Chosen:
    """Return what is shown of the record with this id, with `others` that were chosen with it."""
    record = looked.records[key]
    badge, headline, lines = _head(looked, key)
    spans = looked.spans_of(key)
    lying = dict.fromkeys((*others, *(each for span in spans for each in looked.at(span))))
    return Chosen(
        key=key,
        record=record,
        sort=SORTS[type(record)],
        badge=badge,
        headline=headline,
        lines=lines,
        findings=tuple(_findings(looked, key)),
        beside=tuple(each for each in lying if each != key),
        spans=spans,
    )


def _head(looked: Looked, key: str) -> tuple[Badge, str, tuple[str, ...]]:
    """Return badge, headline and lines, for statements and events those of the sitrep."""
    record, item = looked.records[key], looked.items.get(key)
    if isinstance(record, Event) and item:
        return item.badge, item.headline, item.lines
    if isinstance(record, Statement) and item:
        labels = (quote.label for quote in item.quotes if quote.key == key)
        return item.badge, item.headline, tuple(filter(None, labels))
    own = worst_first(_findings(looked, key))
    badge = Badge(text=spelled(own[0].verdict), tone=own[0].verdict) if own else Badge(text="–")
    return badge, looked.words_of(key), _of_claim(record)


def _of_claim(record: Record) -> tuple[str, ...]:
    if not isinstance(record, OfficeClaim):
        return ()
    told = [f"{record.name or 'nobody by name'}: {record.office}"]
    told += [f"country: {record.country}"] if record.country else []
    told += map(spelled, record.modifiers)
    told += [f"on {record.day}"] if record.day else []
    return ("; ".join(told),)


def _findings(looked: Looked, key: str) -> Iterator[Finding]:
    """Yield the findings about a record, those that set it against other articles too."""
    record, around = looked.records[key], looked.around
    if isinstance(record, Finding):
        yield record
    if isinstance(record, Statement):
        office = office_finding(looked.report, record)
        yield from [office] if office and office.about != key else []
    yield from (each for each in looked.report.findings if each.about == key)
    belongs = {around.events.get(key), around.quotations.get(key)} - {None}
    for each in around.beyond:
        if each.about in belongs or key in {side.record for side in each.sides}:
            yield each
