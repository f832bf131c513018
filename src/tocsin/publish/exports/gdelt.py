"""GDELT 2.0: an events file of 61 columns and a mentions file of 16, tab-separated, no header.

One row of events for each pair of an actor and a recipient, as in GDELT; one row of mentions for
each article that tells it.  PLOVER's types become CAMEO codes (`codes`).  Only events that may
have happened, that have a day and at least one party, are written.  GDELT's tone is not measured:
those columns are empty.  `DATEADDED` is the day of the earliest article, for nothing that is
stored depends on a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from tocsin.keys import content_key
from tocsin.publish.cells import Cell, write_row
from tocsin.publish.exports import happened
from tocsin.publish.exports.articles import (
    Lookup,
    address_of,
    in_first_paragraph,
    outlet_of,
    sentence_number,
    web_address_of,
)
from tocsin.publish.exports.codes import cameo_actor, cameo_of, columns_of, country_name, fips_at
from tocsin.publish.exports.export import Export, Outcome
from tocsin.publish.exports.target import file_in
from tocsin.records import Actor, Article, Place, ReportedEvent, Telling
from tocsin.store import kinds
from tocsin.together.events.reported import day_of
from tocsin.together.events.same_event import names_country

EVENTS, MENTIONS = "tocsin.export.CSV", "tocsin.mentions.CSV"  #: GDELT's endings

EVENT_COLUMNS, MENTION_COLUMNS = columns_of("gdelt_events"), columns_of("gdelt_mentions")

_WEB, _CITATION_ONLY = 1, 2  # MentionType
_COUNTRY, _US_CITY, _WORLD_CITY = 1, 3, 4  # Geo_Type; 0 is none
_NOWHERE: tuple[Cell, ...] = (0, *(None,) * 7)
_NOBODY: tuple[Cell, ...] = (None,) * 10
_LARGEST_ID = 2**53  # what programs that keep numbers as doubles still tell apart


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """One article that prints one telling."""

    telling: Telling
    article: Article
    day: date


def write_gdelt(folder: Path, events: Iterable[ReportedEvent], look_up: Lookup) -> Outcome:
    """Write `events` into `folder`; `look_up` finds the articles that tell them."""
    outcome = Outcome()
    taken: set[int] = set()
    with file_in(folder, EVENTS) as told, file_in(folder, MENTIONS) as mentioned:
        for event, day in _find_codable(events, outcome):
            mentions = _mentions(event, day, look_up)
            outcome.written["events"] += 1
            for number, pair in enumerate(happened.mutual_pairs_of(event)):
                key = _number(event, number, taken)
                write_row(told, _event_row(key, event, day, pair, mentions), "")
                outcome.written["rows"] += 1
                for mention in mentions:
                    write_row(mentioned, _mention_row(key, pair, mentions[0], mention), "")
                    outcome.written["mentions"] += 1
    return outcome


def _find_codable(
    events: Iterable[ReportedEvent], outcome: Outcome
) -> Iterator[tuple[ReportedEvent, date]]:
    """Yield the events that can be written, each with its day; count the others."""
    for event in happened.find_happened(events, outcome):
        day = day_of(event)
        if not event.actors and not event.recipients:
            outcome.left_out["without a party"] += 1
        elif day is None:
            outcome.left_out["without a day"] += 1
        else:
            yield event, day


def _mentions(event: ReportedEvent, day: date, look_up: Lookup) -> list[_Mention]:
    """Return the articles that tell the event as having happened, the earliest first."""
    told = [(t, look_up(each)) for t in happened.tellings_of(event) for each in t.articles]
    found = [_Mention(telling=t, article=a, day=a.published or t.published or day) for t, a in told]
    return sorted(found, key=lambda each: (each.day, each.article.id))


def _number(event: ReportedEvent, number: int, taken: set[int]) -> int:
    """Return a number for one pair of the event that depends on content, not used before."""
    keys = (content_key("gdelt", event.id, number, attempt) for attempt in count())
    numbers = (int(key, 16) % _LARGEST_ID for key in keys)
    found = next(each for each in numbers if each and each not in taken)
    taken.add(found)
    return found


# --------------------------------------------------------------------------- events


def _event_row(
    key: int, event: ReportedEvent, day: date, pair: happened.Pair, mentions: list[_Mention]
) -> tuple[Cell, ...]:
    cameo = cameo_of(event.type, event.mode, event.contexts)
    first = mentions[0]
    firsts = [(each.article.text, each.telling.event.words[0]) for each in mentions]
    is_root = any(in_first_paragraph(text, start) for text, start in firsts)
    outlets = {outlet_of(each.article) for each in mentions} - {None}
    # The day as a fraction of its year, months of 30 days, as GDELT's codebook does.
    fraction = round(day.year + ((day.month - 1) * 30 + day.day) / 365, 4)
    return (
        *(key, int(f"{day:%Y%m%d}"), int(f"{day:%Y%m}"), day.year, fraction),
        *_actor(pair[0]),
        *_actor(pair[1]),
        *(int(is_root), cameo.code, cameo.base, cameo.root, cameo.quad, cameo.goldstein),
        *(len(mentions), len(outlets) or 1, len({each.article.id for each in mentions}), None),
        *_NOWHERE,
        *_NOWHERE,
        *_geo(event.place),
        *(_stamp(first.day), address_of(first.article)),
    )


def _stamp(day: date) -> int:
    return int(f"{day:%Y%m%d}000000")


def _actor(actor: Actor | None) -> tuple[Cell, ...]:
    if actor is None:
        return _NOBODY
    country, group, body, role = cameo_actor(actor.country, actor.sector)
    types = [each for each in dict.fromkeys((body, role)) if each]
    code = f"{body}{country}{group}{role}"
    return (
        *(code, actor.name.upper(), country, group, None, None, None),
        *(types[0] if types else None, types[1] if len(types) > 1 else None, None),
    )


def _geo(place: Place | None) -> tuple[Cell, ...]:
    if place is None or not (place.country or place.latitude is not None):
        return _NOWHERE
    country, code = country_name(place.country), fips_at(place) or None
    is_country = place.latitude is None and names_country(place.name, place.country)
    full = country if is_country else ", ".join(filter(None, (place.name, country)))
    if place.latitude is None:
        return (_COUNTRY, full, code, code, None, None, None, code)
    kind = _US_CITY if place.country == "USA" else _WORLD_CITY
    return (kind, full, code, None, None, float(place.latitude), place.longitude, None)


# --------------------------------------------------------------------------- mentions


def _mention_row(
    key: int, pair: happened.Pair, first: _Mention, mention: _Mention
) -> tuple[Cell, ...]:
    article, event = mention.article, mention.telling.event
    web = web_address_of(article) is not None
    return (
        *(key, _stamp(first.day), _stamp(mention.day), _WEB if web else _CITATION_ONLY),
        *(outlet_of(article), address_of(article)),
        sentence_number(article.text, event.trigger[0]),
        _offset(happened.party_in((*event.actors, *event.recipients), pair[0])),
        _offset(happened.party_in((*event.recipients, *event.actors), pair[1])),
        *(event.trigger[0], 1, happened.HAPPENED[event.status], len(article.text)),
        *(None, None, None),
    )


def _offset(party: Actor | None) -> int:
    return party.words[0] if party else -1


GDELT = Export(
    name="gdelt",
    summary="Reported events as GDELT 2.0: a folder.",
    more="""Two files, events and mentions.  PLOVER's types become CAMEO codes.  Events that are
only denied, negated, hypothetical or future are left out, and so are those without a day or without
any party.""",
    examples=("out/gdelt --store crisis --since 2024-10-01",),
    kind=kinds.EVENTS,
    folder=lambda kept, folder: write_gdelt(folder, kept.events(), kept.look_up()),
    names=(EVENTS, MENTIONS),
)
