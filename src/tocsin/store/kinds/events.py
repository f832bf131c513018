"""Events: what several articles tell of one event is one record with its tellings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, TypeVar, cast

from tocsin.records import Actor, DateWords, ReportedEvent, Status, Telling, to_json
from tocsin.store import asked, conditions
from tocsin.store.fromjson import from_json, telling_of
from tocsin.store.kinds.declared import declare, news_unless_named
from tocsin.store.kinds.kind import Cell, Kind, Part, Role
from tocsin.store.kinds.printed import Print, read_prints, with_country
from tocsin.store.lists import Listing, Posted
from tocsin.store.queries import Listed, reads_records
from tocsin.store.tables import Connection, read_rows

_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEvent:
    """A reported event, and every article that its tellings name, by id."""

    event: ReportedEvent
    named: Mapping[str, Print] = field(default_factory=dict)

    @property
    def told(self) -> str | None:
        """The words of the earliest telling."""
        return next((each.told for each in self.event.tellings), None)

    @property
    def listed(self) -> date | None:
        """The day under which the store lists it: its own, or that of the first report."""
        printed = (each.published for each in self.event.tellings if each.published)
        return self.event.day or min(printed, default=None)

    @property
    def prints(self) -> tuple[Print, ...]:
        """The articles of the earliest telling."""
        articles = (each for telling in self.event.tellings[:1] for each in telling.articles)
        return tuple(self.named[each] for each in articles if each in self.named)


# --------------------------------------------------------------------------- asked

_LISTING = Listing(table="reported_events", search="reported_fts")


def _party(role: str) -> conditions.Asks:
    """Ask for a country among the actors or recipients, or for words in a name of theirs."""

    def asks(_: Connection, party: asked.Party) -> conditions.Ask:
        if party.name:
            return conditions.Sought(f"{role}s", party.name)
        where = "{t}.role = ? AND {t}.country = ?" + " AND {t}.sector = ?" * bool(party.sector)
        values = [role, party.country, *([party.sector] if party.sector else [])]
        return _beside("reported_parties", "by_country", where, *values)

    return asks


def _status(_: Connection, status: Status) -> Posted:
    return _beside("reported_statuses", "by_status", "{t}.status = ?", str(status))


def _facet(facet: str) -> conditions.Asks:
    """Ask for a context or an outlet."""
    where = "{t}.facet = ? AND {t}.value = ?"
    return lambda _, value: _beside("reported_facets", "by_value", where, facet, value)


def _beside(table: str, index: str, where: str, *values: Any) -> Posted:
    """Return a list that stands in a table of its own."""
    listing = Listing(table=table, key="reported")
    return Posted(listing=listing, index=f"{table}_{index}", where=where, choices=(values,))


def _grade(_: Connection, grade: tuple[str | None, int | None]) -> Posted:
    letter, number = grade
    if letter is None:
        return conditions.list_of(_LISTING, "credibility", number or 6)
    return Posted(
        listing=_LISTING,
        index="reported_events_by_grade",
        where="{t}.reliability = ? AND {t}.credibility = ?",
        choices=tuple((letter, n) for n in ((number,) if number else range(1, 7))),
        look_up=None if number else ("reported_events_by_day", "{t}.reliability = ?", (letter,)),
    )


# --------------------------------------------------------------------------- found


_read_events = reads_records(ReportedEvent, _LISTING)


def read_found(connection: Connection, keys: list[str]) -> dict[str, FoundEvent]:
    """Return the reported events with these keys, with their tellings."""
    rows = read_rows(connection, _TELLINGS, keys)
    printed = read_prints(connection, {row["text_id"] for row in rows})
    tellings: dict[str, list[Telling]] = defaultdict(list)
    for row in rows:
        prints = [(each.id, each.outlet) for each in printed.get(row["text_id"], ())]
        tellings[row["reported"]].append(telling_of(row, prints))
    found = {}
    for key, event in _read_events(connection, keys).items():
        own = tuple(tellings[key])
        named = {each.id: each for told in own for each in printed.get(told.text_id, ())}
        found[key] = FoundEvent(event=replace(event, tellings=own), named=named)
    return found


#: The tellings of reported events, the earliest first.
_TELLINGS = """
SELECT e.reported, e.text_id, e.told, e.voice, e.record, t.family, t.day,
  json_extract(s.record, '$.speaker') AS speaker
FROM events AS e JOIN texts AS t ON t.id = e.text_id
LEFT JOIN statements AS s ON s.id = e.asserted_by
WHERE e.reported IN (?) AND e.voice IS NOT NULL
ORDER BY t.day IS NULL, t.day, e.status IN ('denied', 'negated'), e.text_id, e.start, e.end, e.id
"""


# --------------------------------------------------------------------------- shown


def _when_cell(found: FoundEvent) -> str | None:
    event = found.event
    if event.day is None:
        return f"≤{event.until}" if event.until else None
    return str(event.day) if event.until in (None, event.day) else f"{event.day}…"


def _who_cell(found: FoundEvent) -> Cell:
    actors = ", ".join(_names(found.event.actors)) or "(not named)"
    recipients = ", ".join(_names(found.event.recipients))
    parties = f"{actors} → {recipients}" if recipients else actors
    return (parties, Part(found.told, Role.QUOTED)) if found.told else parties


def _names(actors: Iterable[Actor]) -> Iterable[str]:
    return dict.fromkeys(actor.name for actor in actors)


def _type_cell(found: FoundEvent) -> Cell:
    event = found.event
    status = Part(f"{event.status} ≠", Role.ALARM) if event.contradicted else str(event.status)
    return f"{event.type} {event.mode or ''}".strip(), status


def _details(found: FoundEvent) -> Iterator[Cell]:
    for telling in found.event.tellings:
        outlets = ", ".join(telling.outlets) or "no outlet"
        says = f", says {telling.speaker.name}" if telling.speaker else ""
        facts = f"{telling.published or 'no day'}, voice {telling.voice}, {telling.event.status}"
        yield f"{outlets} ({facts}{says}):", Part(telling.told, Role.QUOTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTelling(Telling):
    """A telling in JSON."""

    urls: tuple[str, ...]  #: of the articles that have an address


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvent(ReportedEvent):
    """A reported event in JSON."""

    tellings: tuple[ShownTelling, ...]
    background: bool  #: whether it is recalled, negated or merely possible
    date: DateWords | None  #: of the earliest telling


def _of_object(data: Any) -> ReportedEvent:
    event = from_json(ShownEvent, data)
    tellings = tuple(_only(Telling, each) for each in event.tellings)
    return replace(_only(ReportedEvent, event), tellings=tellings)


def _only(cls: type[_Record], record: _Record) -> _Record:
    """Return `record`, of a class derived from `cls`, as one of `cls`."""
    return cls(**{each.name: getattr(record, each.name) for each in fields(cast(Any, cls))})


def _object(found: FoundEvent) -> dict[str, Any]:
    """Return the event, whether it is background, the `date` first told, `urls` of each telling."""
    data: dict[str, Any] = to_json(found.event)
    for telling in data["tellings"]:
        prints = (found.named.get(each) for each in telling["articles"])
        telling["urls"] = [each.url for each in prints if each and each.url]
    first = data["tellings"][0]["event"] if data["tellings"] else {}
    return data | {"background": found.event.status.is_background, "date": first.get("date")}


_OF_ARTICLE = """
SELECT e.reported FROM articles a JOIN events e ON e.text_id = a.text_id
WHERE a.id = ? AND e.reported IS NOT NULL
"""

#: Reported events by what tells them.
_OF_RECORDS = "SELECT reported FROM events WHERE reported IS NOT NULL AND id IN ({})"

EVENTS = Kind(
    **declare(
        "events",
        _LISTING,
        asks={
            "actor": _party("actor"),
            "recipient": _party("recipient"),
            "status": _status,
            "contradicted": conditions.posted(_LISTING, "contradicted", "contradicted"),
            "independent": conditions.at_least(_LISTING, "independent"),
            "grade": _grade,
            "outlet": _facet("outlet"),
            "context": _facet("context"),
            "article": conditions.few(_OF_ARTICLE),
            "text": conditions.sought("told"),
            "background": conditions.unless_included(_LISTING, "background"),
            "sure": conditions.surest(_LISTING, "confidence"),
            "judged": conditions.held(_LISTING, asked.What.EVENT, _OF_RECORDS),
            "rejected": conditions.rejected(_LISTING),
        },
        cells={
            "day": _when_cell,
            "parties": _who_cell,
            "act": _type_cell,
            "place": lambda found: with_country(found.event.place),
        },
    ),
    fits=asked.require_mode_of_type,
    supposed=news_unless_named,
    source=Listed(_LISTING, read_found),
    yields=ReportedEvent,
    record=lambda found: found.event,
    found=lambda event: FoundEvent(event=event),
    details=_details,
    as_object=_object,
    of_object=_of_object,
    object_type=ShownEvent,
)
