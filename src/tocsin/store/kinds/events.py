"""Events: what several articles tell of one event is one record with its tellings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tocsin.errors import ValueNotUnderstood
from tocsin.records import Actor, Event, ReportedEvent, Status, Telling, to_json
from tocsin.store import asked
from tocsin.store.conditions import (
    Ask,
    Asks,
    Sought,
    at_least,
    few,
    list_of,
    posted,
    sought,
    surest,
    unless_included,
)
from tocsin.store.fromjson import from_json
from tocsin.store.kinds.filters import (
    between,
    new_since,
    news_unless_named,
    of_all_acts,
    of_article,
    of_country,
    of_quad,
    of_type,
    with_id,
    with_words,
)
from tocsin.store.kinds.kind import (
    Cell,
    Filter,
    Kind,
    Part,
    Role,
    day,
    flag,
    integer,
    real,
    shown,
    text,
    value_at,
)
from tocsin.store.kinds.printed import Print, as_day, columns_of, read_prints
from tocsin.store.lists import Listing, Posted
from tocsin.store.queries import Listed, reads_records
from tocsin.store.tables import Connection, read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEvent:
    """A reported event, and every article that its tellings name, by id."""

    event: ReportedEvent
    prints: Mapping[str, Print] = field(default_factory=dict)


# --------------------------------------------------------------------------- asked

_LISTING = Listing(table="reported_events", search="reported_fts")


def _party(role: str) -> Asks:
    """Ask for a country among the actors or recipients, or for words in a name of theirs."""

    def asks(_: Connection, party: asked.Party) -> Ask:
        if party.name:
            return Sought(f"{role}s", party.name)
        where = "{t}.role = ? AND {t}.country = ?" + " AND {t}.sector = ?" * bool(party.sector)
        values = [role, party.country, *([party.sector] if party.sector else [])]
        return _beside("reported_parties", "by_country", where, *values)

    return asks


def _status(_: Connection, status: Status) -> Posted:
    return _beside("reported_statuses", "by_status", "{t}.status = ?", str(status))


def _facet(facet: str) -> Asks:
    """Ask for a context or an outlet."""
    where = "{t}.facet = ? AND {t}.value = ?"
    return lambda _, value: _beside("reported_facets", "by_value", where, facet, value)


def _beside(table: str, index: str, where: str, *values: Any) -> Posted:
    """Return a list that stands in a table of its own."""
    listing = Listing(table=table, key="reported")
    return Posted(listing=listing, index=f"{table}_{index}", where=where, choices=(values,))


def _grade(_: Connection, grade: asked.AskedGrade) -> Posted:
    if grade.reliability is None:
        return list_of(_LISTING, "credibility", grade.credibility or 6)
    given = grade.credibility
    half = ("reported_events_by_day", "{t}.reliability = ?", (grade.reliability,))
    return Posted(
        listing=_LISTING,
        index="reported_events_by_grade",
        where="{t}.reliability = ? AND {t}.credibility = ?",
        choices=tuple((grade.reliability, n) for n in ((given,) if given else range(1, 7))),
        look_up=None if given else half,
    )


def _require_mode_of_type(asked: Mapping[str, Any]) -> None:
    if "type" not in asked or "mode" not in asked:
        return
    from tocsin.extract.events.plover import modes_of

    modes = sorted(modes_of(asked["type"]))
    if asked["mode"] not in modes:
        listed = f"one of {', '.join(modes)}" if modes else "no mode at all"
        raise ValueNotUnderstood(
            f"{asked['type']} has no such mode", value=asked["mode"], expected=listed
        )


# --------------------------------------------------------------------------- found


_read_events = reads_records(ReportedEvent, _LISTING)


def _read(connection: Connection, keys: list[str]) -> dict[str, FoundEvent]:
    tellings, prints = _read_tellings(connection, keys)
    found = {}
    for key, event in _read_events(connection, keys).items():
        own = tuple(tellings.get(key, ()))
        named = {a: prints[a] for telling in own for a in telling.articles}
        found[key] = FoundEvent(event=replace(event, tellings=own), prints=named)
    return found


_TELLINGS = """
SELECT e.reported, e.text_id, e.told, e.voice, e.record, t.family, t.day,
  json_extract(s.record, '$.speaker') AS speaker
FROM events AS e JOIN texts AS t ON t.id = e.text_id
LEFT JOIN statements AS s ON s.id = e.asserted_by
WHERE e.reported IN (?) AND e.voice IS NOT NULL
ORDER BY t.day IS NULL, t.day, e.status IN ('denied', 'negated'), e.text_id, e.start, e.end, e.id
"""


def _read_tellings(
    connection: Connection, keys: list[str]
) -> tuple[dict[str, list[Telling]], dict[str, Print]]:
    """Return the tellings of each reported event, earliest first, and the articles they name."""
    rows = read_rows(connection, _TELLINGS, keys)
    printed = read_prints(connection, {row["text_id"] for row in rows})
    tellings: dict[str, list[Telling]] = {}
    for row in rows:
        articles = printed.get(row["text_id"], ())
        telling = Telling(
            event=from_json(Event, json.loads(row["record"])),
            text_id=row["text_id"],
            told=row["told"],
            speaker=from_json(Actor, json.loads(row["speaker"])) if row["speaker"] else None,
            articles=tuple(each.id for each in articles),
            outlets=tuple(dict.fromkeys(each.outlet for each in articles if each.outlet)),
            published=as_day(row["day"]),
            family=row["family"],
            voice=row["voice"],
        )
        tellings.setdefault(row["reported"], []).append(telling)
    return tellings, {each.id: each for articles in printed.values() for each in articles}


# --------------------------------------------------------------------------- shown


_told = value_at("event.tellings.0.told")
_article = value_at("event.tellings.0.articles.0")  #: the id of the earliest article


def _print(found: FoundEvent) -> Print | None:
    return found.prints.get(_article(found) or "")


_is_background = value_at("event.status.is_background")


def _when_cell(found: FoundEvent) -> str | None:
    event = found.event
    if event.day is None:
        return f"≤{event.until}" if event.until else None
    return str(event.day) if event.until in (None, event.day) else f"{event.day}…"


def _who_cell(found: FoundEvent) -> Cell:
    actors = ", ".join(_names(found.event.actors)) or "(not named)"
    recipients = ", ".join(_names(found.event.recipients))
    parties = f"{actors} → {recipients}" if recipients else actors
    told = _told(found)
    return (parties, Part(told, Role.QUOTED)) if told else parties


def _names(actors: Iterable[Actor]) -> Iterable[str]:
    return dict.fromkeys(actor.name for actor in actors)


def _type_cell(found: FoundEvent) -> Cell:
    event = found.event
    status = Part(f"{event.status} ≠", Role.ALARM) if event.contradicted else str(event.status)
    return f"{event.type} {event.mode or ''}".strip(), status


def _place_cell(found: FoundEvent) -> str | None:
    place = found.event.place
    if place is None:
        return None
    return f"{place.name} ({place.country})" if place.country else place.name


def _details(found: FoundEvent) -> Iterator[Cell]:
    for telling in found.event.tellings:
        outlets = ", ".join(telling.outlets) or "no outlet"
        says = f", says {telling.speaker.name}" if telling.speaker else ""
        facts = f"{telling.published or 'no day'}, voice {telling.voice}, {telling.event.status}"
        yield f"{outlets} ({facts}{says}):", Part(telling.told, Role.QUOTED)


def _object(found: FoundEvent) -> dict[str, Any]:
    """Return the event, whether it is background, the `date` first told, `urls` of each telling."""
    data: dict[str, Any] = to_json(found.event)
    for telling in data["tellings"]:
        prints = (found.prints.get(each) for each in telling["articles"])
        telling["urls"] = [each.url for each in prints if each and each.url]
    first = data["tellings"][0]["event"] if data["tellings"] else {}
    return data | {"background": _is_background(found), "date": first.get("date")}


# --------------------------------------------------------------------------- the kind

EVENTS = Kind(
    name="events",
    summary="List the events that the articles of a store report, newest first.",
    more=(
        "Background, what is recalled, negated or merely possible, is left out unless it is asked "
        "for: by --background, a status of its own, or an id.  "
        '"rep/ind" is how many texts report it, and how many of them independently; ≠ says that '
        "articles contradict each other; the grade is the Admiralty code.  Days: ≤ on that day or "
        "before, … from that day on."
    ),
    examples=(
        "--actor PRK --recipient RUS --type MOBILIZE",
        "--since 2024-10-01 --independent 3 --contradicted",
        "--text '\"air defence\" missil*' --json",
        "--background --sure 0.9 --country UKR",
    ),
    filters=(
        Filter(
            "actor",
            asked.read_party,
            "who did it: a country (PRK, North Korea), its sector (RUS:MIL), a name",
            _party("actor"),
        ),
        Filter("recipient", asked.read_party, "to whom it was done, likewise", _party("recipient")),
        of_type(posted(_LISTING, "type")),
        Filter("mode", asked.read_mode, "PLOVER's mode, like troops", posted(_LISTING, "mode")),
        of_quad(posted(_LISTING, "quad")),
        Filter(
            "status",
            asked.one_of(Status),
            "as at least one report has it: asserted, alleged, denied ...",
            _status,
        ),
        *between("whose first possible day is"),
        of_country("where it happened: a country, like UKR", _LISTING),
        Filter(
            "place",
            asked.read_name,
            "where it happened: a place, like Kursk",
            posted(_LISTING, "place"),
        ),
        Filter(
            "contradicted",
            asked.read_flag,
            "whether articles contradict each other",
            posted(_LISTING, "contradicted", "contradicted"),
        ),
        Filter(
            "independent",
            asked.read_limit,
            "with at least N independent reports",
            at_least(_LISTING, "independent"),
        ),
        Filter("grade", asked.read_grade, "Admiralty code: B2, or only B, or only 2", _grade),
        Filter("outlet", asked.read_name, "that this outlet reports", _facet("outlet")),
        Filter("context", asked.read_context, "PLOVER's context, like military", _facet("context")),
        of_article(
            "that the article with this id reports",
            few(
                "SELECT e.reported FROM articles a JOIN events e ON e.text_id = a.text_id"
                " WHERE a.id = ? AND e.reported IS NOT NULL"
            ),
        ),
        with_words("told with", sought("told")),
        with_id("event"),
        new_since(_LISTING, "event"),
        *of_all_acts(unless_included(_LISTING, "background"), surest(_LISTING, "confidence")),
    ),
    fits=_require_mode_of_type,
    supposed=news_unless_named,
    source=Listed(_LISTING, _read),
    yields=ReportedEvent,
    record=lambda found: found.event,
    found=lambda event: FoundEvent(event=event),
    columns=(
        text("id", "key of the reported event", "event.id"),
        text("type", "PLOVER's type", "event.type"),
        text("mode", "PLOVER's mode", "event.mode"),
        integer("quad", "PLOVER's quad class, 1 to 4", "event.quad"),
        real("score", "PLOVER's score, -10 to 10", "event.score"),
        text("contexts", "PLOVER's contexts", "event.contexts"),
        text("actors", "who did it", "event.actors.name"),
        text("actor_countries", "their countries", "event.actors.country"),
        text("actor_sectors", "their PLOVER sectors", "event.actors.sector"),
        text("recipients", "to whom", "event.recipients.name"),
        text("recipient_countries", "their countries", "event.recipients.country"),
        text("recipient_sectors", "their PLOVER sectors", "event.recipients.sector"),
        day("day", "first day it can have been on", "event.day"),
        day("until", "last day it can have been on", "event.until"),
        text("place", "where", "event.place.name"),
        text("country", "country of the place", "event.place.country"),
        real("latitude", "degrees north", "event.place.latitude"),
        real("longitude", "degrees east", "event.place.longitude"),
        text("status", "the firmest that any report gives it", "event.status"),
        text("statuses", "all that reports give it", "event.statuses"),
        integer("articles", "articles that report it", "event.articles"),
        integer("reports", "texts that tell it", "event.reports"),
        integer("independent", "independent reports", "event.independent"),
        flag("contradicted", "whether articles contradict each other", "event.contradicted"),
        text("reliability", "Admiralty code, A to F", "event.grade.reliability"),
        integer("credibility", "Admiralty code, 1 to 6", "event.grade.credibility"),
        text("grade", "the sentence that explains both", "event.grade.sentence"),
        text("told", "the words of the earliest telling", _told),
        text("outlets", "all outlets that report it", "event.tellings.outlets"),
        *columns_of(_print),
        real("confidence", "how probably careful reading marks it, 0 to 1", "event.confidence"),
        flag("background", "whether it is recalled or merely possible, no news", _is_background),
    ),
    in_notebooks=(
        *("day", "actors", "type", "mode", "recipients", "status", "place"),
        *("reports", "independent", "contradicted", "reliability", "credibility", "told", "outlet"),
    ),
    details=_details,
    screen=(
        shown("day", 11, _when_cell),
        shown("who → whom, and the words", 20, _who_cell, share=6),
        shown("type, status", 16, _type_cell),
        shown("place", 12, _place_cell, share=1, drop=3),
        shown("rep/ind", 7, lambda f: f"{f.event.reports}/{f.event.independent}", drop=1),
        shown("sure", 4, lambda f: f"{f.event.confidence:.0%}", drop=5),
        shown(
            "grade", 5, lambda f: f"{f.event.grade.reliability}{f.event.grade.credibility}", drop=2
        ),
        shown("article", 16, _article, drop=4),
    ),
    legend=(
        ("day", "≤", "on that day or before"),
        ("day", "…", "on that day or later"),
        ("type, status", "≠", "articles contradict each other"),
        ("rep/ind", "", "texts that report it / how many of them independently"),
        ("sure", "", "how probably careful reading marks it"),
        (
            "grade",
            "",
            "Admiralty code: A-F how far the outlets are relied on (F: not known),"
            " 1-6 how credible the event is (6: cannot be judged)",
        ),
    ),
    as_object=_object,
)
