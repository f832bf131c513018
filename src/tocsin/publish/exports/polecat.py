"""POLECAT: one tab-separated file with its 40 columns, a header, and "None" for what is missing.

One row for each pair of an actor and a recipient, as dyadic data are used: country and COW columns
hold one code.  `Event ID` is unique; before its hyphen stands the reported event, so that rows of
one event can be counted once.  Only events that may have happened are written (`happened`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import TextIO

from tocsin.publish.cells import Cell, write_row
from tocsin.publish.exports.articles import Lookup, outlet_of
from tocsin.publish.exports.codes import columns_of, cow_of
from tocsin.publish.exports.export import Export, Outcome
from tocsin.publish.exports.happened import find_happened, pairs_of, party_in, tellings_of
from tocsin.publish.wording import words_at
from tocsin.records import Actor, Article, Event, Place, ReportedEvent, to_json
from tocsin.store.kinds import EVENTS
from tocsin.together.events.reported import day_of

COLUMNS = columns_of("polecat")
_MISSING = "None"


def write_polecat(file: TextIO, events: Iterable[ReportedEvent], look_up: Lookup) -> Outcome:
    """Write `events` to `file`; `look_up` finds the article of each event's earliest telling."""
    outcome = Outcome()
    ours = f"tocsin-{version('tocsin')}"
    file.write("\t".join(COLUMNS) + "\n")
    for event in find_happened(events, outcome):
        outcome.written["events"] += 1
        for row in _rows(event, look_up):
            write_row(file, (*row, ours), _MISSING)
            outcome.written["rows"] += 1
    return outcome


def _rows(event: ReportedEvent, look_up: Lookup) -> Iterable[Sequence[Cell]]:
    telling = tellings_of(event)[0]
    article = look_up(telling.articles[0])
    for number, (actor, recipient) in enumerate(pairs_of(event), start=1):
        yield (
            *(f"{event.id}-{number}", to_json(day_of(event)), event.type, event.mode),
            *(float(event.score), event.quad, ";".join(event.contexts)),
            *_party(actor, telling.event.actors, article),
            *_party(recipient, telling.event.recipients, article),
            *_where(event.place, telling.event.place, article),
            outlet_of(article),
            to_json(telling.published),
            *_story(telling.event),
            article.language,
        )


def _party(party: Actor | None, told: Iterable[Actor], article: Article) -> tuple[Cell, ...]:
    if party is None:
        return (None,) * 8
    here = party_in(told, party)
    return (
        party.name,
        party.country,
        cow_of(party.country),
        party.sector,
        party.sector,
        party.office,
        words_at(article.text, here.words) if here else None,
        None,  # our reference knows people by its own ids
    )


def _where(place: Place | None, told: Place | None, article: Article) -> tuple[Cell, ...]:
    if place is None:
        return (None,) * 10
    return (
        place.name,
        place.name if place.latitude is not None else None,  # only cities have coordinates
        None,
        None,
        place.country,
        place.latitude,
        place.longitude,
        None,
        words_at(article.text, told.words) if told else None,
        None,
    )


def _story(event: Event) -> tuple[Cell, ...]:
    """Return people, organizations and places, those of the event; POLECAT gives the article's."""
    parties = (*event.actors, *event.recipients)
    people = [each.name for each in parties if each.kind == "person"]
    bodies = [each.name for each in parties if each.kind in ("body", "group")]
    places = [event.place.name] if event.place else []
    return tuple(";".join(dict.fromkeys(names)) for names in (people, bodies, places))


POLECAT = Export(
    name="polecat",
    summary="Reported events as POLECAT: a file.",
    more="""40 tab-separated columns; one row for each pair of an actor and a recipient.  Events
that are only denied, negated, hypothetical or future are left out: the format cannot say so.""",
    examples=("events.tsv --store crisis --actor RUS",),
    kind=EVENTS,
    file=lambda kept, file: write_polecat(file, kept.events(), kept.look_up()),
)
