"""Record: what the panel beside an article shows of one of its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tocsin.lexicons.shown import spelled, words_for
from tocsin.publish.by_speaker import office_finding
from tocsin.publish.desk import links
from tocsin.publish.desk.pages.looked import SORTS, Looked
from tocsin.publish.desk.pages.said import Said, findings_said
from tocsin.publish.view import Badge, Quote
from tocsin.publish.visible import shortened
from tocsin.publish.wording import words_at
from tocsin.records import (
    WORST_FIRST,
    Actor,
    Event,
    Finding,
    OfficeClaim,
    Place,
    Span,
    Statement,
)

#: Longer words are cut in the middle: all of them are marked in the text beside.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Link:
    """A way from a record to another page or record."""

    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One record, chosen: all that is known of it, and what else lies on its words."""

    key: str
    sort: str
    badge: Badge
    headline: str
    lines: tuple[str, ...]
    quotes: tuple[Quote, ...]  #: its words by their parts
    reasons: tuple[str, ...]  #: why its words were taken to mean what they are taken for
    links: tuple[Link, ...]
    findings: list[Said]
    beside: tuple[Link, ...]  #: other records on the same words
    spans: tuple[Span, ...]
    explained: bool  #: whether the models can say how its words were read


def choose(looked: Looked, key: str, others: Iterable[str] = ()) -> Chosen:
    """Return what is shown of the record with this id, with `others` that were chosen with it."""
    record = looked.records[key]
    badge, headline, lines = _head(looked, key)
    spans = looked.spans_of(key)
    lying = dict.fromkeys((*others, *(each for span in spans for each in looked.at(span))))
    return Chosen(
        key=key,
        sort=SORTS[type(record)],
        badge=badge,
        headline=headline,
        lines=lines,
        quotes=tuple(_quotes(looked, key)),
        reasons=tuple(_reasons(record)),
        links=tuple(_links(looked, record)),
        findings=findings_said(_about(looked, key), looked.around.prints),
        beside=links_to(looked, (each for each in lying if each != key)),
        spans=spans,
        explained=isinstance(record, Event),
    )


def links_to(looked: Looked, keys: Iterable[str]) -> tuple[Link, ...]:
    """Return the ways to some records of the same article."""
    known = (key for key in keys if key in looked.records)
    return tuple(Link(looked.name_of(key), looked.to_words(key)) for key in known)


# --------------------------------------------------------------------------- what it says


def _head(looked: Looked, key: str) -> tuple[Badge, str, tuple[str, ...]]:
    """Return badge, headline and lines, for statements and events those of the sitrep."""
    record, item = looked.records[key], looked.items.get(key)
    if isinstance(record, Finding):
        verdict = Badge(text=spelled(record.verdict), tone=record.verdict)
        return verdict, record.sentence, ()
    if isinstance(record, OfficeClaim) or item is None:
        return _worst(looked, key), looked.words_of(key), _of_claim(record)
    if isinstance(record, Event):
        return item.badge, item.headline, item.lines
    labels = (quote.label for quote in item.quotes if quote.key == key)
    return item.badge, item.headline, tuple(filter(None, labels))


def _worst(looked: Looked, key: str) -> Badge:
    verdicts = {each.verdict for each in looked.report.findings if each.about == key}
    worst = next((verdict for verdict in WORST_FIRST if verdict in verdicts), None)
    return Badge(text=spelled(worst), tone=worst) if worst else Badge(text="not checked")


def _of_claim(record: object) -> tuple[str, ...]:
    if not isinstance(record, OfficeClaim):
        return ()
    told = [f"{record.name or 'nobody by name'}: {record.office}"]
    told += [f"country: {record.country}"] if record.country else []
    told += [", ".join(map(spelled, record.modifiers))] if record.modifiers else []
    told += [f"on {record.day}"] if record.day else []
    return ("; ".join(told),)


def _about(looked: Looked, key: str) -> Iterator[Finding]:
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


# --------------------------------------------------------------------------- its words


def _quotes(looked: Looked, key: str) -> Iterator[Quote]:
    text = looked.report.article.text
    for label, span in _parts(looked.records[key]):
        words = shortened(words_at(text, span), _LONGEST)
        yield Quote(anchor="", key=key, spans=(span,), words=words, label=label)


def _parts(record: object) -> Iterator[tuple[str, Span]]:
    """Yield the parts of a record by what they are, each with where it stands."""
    if isinstance(record, Statement):
        yield from (("says", span) for span in record.content)
        yield from _there(("by", record.speaker_words), ("reported by", record.cue))
        yield from (("via", relay.words) for relay in record.relays)
        yield from _there(("not named because", record.anonymity_reason))
    elif isinstance(record, Event):
        yield from (("told", record.words), ("act", record.trigger))
        yield from (("who", actor.words) for actor in record.actors)
        yield from (("to whom", actor.words) for actor in record.recipients)
        yield from _there(
            ("where", record.place.words if record.place else None),
            ("when", record.date.words if record.date else None),
        )
        yield from ((each.kind, each.words) for each in record.counts)
        yield from (("told again", span) for span in record.mentions)
    elif isinstance(record, OfficeClaim):
        yield from _there(("office", record.office_words), ("name", record.name_words))
    elif isinstance(record, Finding):
        yield from _there(("about", record.words))


def _there(*parts: tuple[str, Span | None]) -> Iterator[tuple[str, Span]]:
    yield from ((label, span) for label, span in parts if span)


# --------------------------------------------------------------------------- why, and where to


def _reasons(record: object) -> Iterator[str]:
    """Yield why words of the record were taken to mean what they are taken for."""
    if isinstance(record, Statement):
        yield from _because(record.speaker)
    elif isinstance(record, Event):
        yield from _because(*record.actors, *record.recipients, record.place)
    elif isinstance(record, OfficeClaim) and record.country_because:
        yield f"{record.country}: {record.country_because}"
    absence = getattr(record, "absence", None)
    if absence and not isinstance(record, Finding):
        yield words_for("absence", absence)


def _because(*named: Actor | Place | None) -> Iterator[str]:
    yield from (f"{each.name}: {each.because}" for each in named if each and each.because)


def _links(looked: Looked, record: object) -> Iterator[Link]:
    """Yield the ways from a record to what it belongs to."""
    around = looked.around
    if isinstance(record, Event):
        if reported := around.events.get(record.id):
            yield Link("All tellings of this event", links.to_event(reported))
        yield from links_to(looked, [record.asserted_by])
    elif isinstance(record, Statement):
        if speaker := around.speakers.get(record.id):
            name = record.speaker.name if record.speaker else "the speaker"
            yield Link(f"All that {name} says", links.to_speaker(speaker))
        if quotation := around.quotations.get(record.id):
            yield Link("Where else these words stand", links.to_kind("quotations", id=quotation))
        yield from links_to(looked, [record.within] if record.within else ())
    elif isinstance(record, OfficeClaim):
        yield from (Link(f"The office {each}", links.to_office(each)) for each in record.offices)
