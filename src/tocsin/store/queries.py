"""What the store answers: for each kind the rows that a filter asks for, as records.

Records are read some hundred at a time, so memory does not grow with the answer, and no transaction
stays open between them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from tocsin.records import (
    Actor,
    Event,
    Family,
    Finding,
    OfficeClaim,
    Quotation,
    ReportedEvent,
    Statement,
    Telling,
    Verdict,
)
from tocsin.store import conditions
from tocsin.store.filters import (
    ArticleFilter,
    EventFilter,
    FamilyFilter,
    FindingFilter,
    OfficeFilter,
    QuotationFilter,
    SpeakerFilter,
    StatementFilter,
)
from tocsin.store.found import (
    FoundArticle,
    FoundClaim,
    FoundEvent,
    FoundFinding,
    FoundQuotation,
    FoundSpeaker,
    FoundStatement,
    Print,
)
from tocsin.store.fromjson import from_json
from tocsin.store.lists import Question
from tocsin.store.walk import count_keys, find_keys

#: Records read at a time.
PAGE = 200

#: Keys read at a time; they are small.
_PAGE_OF_KEYS = 5_000

_Row = dict[str, Any]
_Asks = Callable[[sqlite3.Connection, Any], Question]
_Reads = Callable[[sqlite3.Connection, list[str]], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One kind of question: its filter, what it yields, and how both are worked out."""

    name: str  #: the command and the method of the handle
    filter: type
    yields: type
    ask: _Asks
    read: _Reads  #: the records of some keys, by key; a key that is gone has none


def find(
    connection: sqlite3.Connection, query: Query, asked: object, limit: int | None = None
) -> Iterator[Any]:
    """Yield what `asked` asks for, newest first (speakers and families: largest first).

    Args:
        connection: a store.
        query: one of `QUERIES`.
        asked: a filter of the query's class.
        limit: at most so many; None for all.
    """
    keys = find_keys(connection, query.ask(connection, asked), _page(limit))
    wanted = (key for _, key in islice(keys, limit))
    while batch := list(islice(wanted, PAGE)):
        found = query.read(connection, batch)
        yield from (found[key] for key in batch if key in found)


def count(
    connection: sqlite3.Connection, query: Query, asked: object, limit: int | None = None
) -> int:
    """Return how many records `find` would yield."""
    question = query.ask(connection, asked)
    if limit is None:
        return count_keys(connection, question)
    # Walking so far is cheaper than counting all; `list` asks for the length each time.
    return sum(1 for _ in islice(find_keys(connection, question, _page(limit)), limit))


def _page(limit: int | None) -> int:
    return _PAGE_OF_KEYS if limit is None else max(1, min(_PAGE_OF_KEYS, limit))


# --------------------------------------------------------------------------- rows to records


def _rows(connection: sqlite3.Connection, sql: str, keys: Iterable[str]) -> Iterator[_Row]:
    """Yield the rows of `sql`, in which ``(?)`` stands for `keys`."""
    cursor = connection.execute(
        sql.replace("(?)", "(SELECT value FROM json_each(?))"), (json.dumps(list(keys)),)
    )
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor.fetchall())


def _as_day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _as_verdict(value: str | None) -> Verdict | None:
    return Verdict(value) if value else None


def _read_events(connection: sqlite3.Connection, keys: list[str]) -> dict[str, FoundEvent]:
    tellings, prints = _read_tellings(connection, keys)
    sql = "SELECT id, record FROM reported_events WHERE id IN (?)"
    found = {}
    for row in _rows(connection, sql, keys):
        event = from_json(ReportedEvent, json.loads(row["record"]) | {"tellings": []})
        own = tuple(tellings.get(row["id"], ()))
        named = {a: prints[a] for telling in own for a in telling.articles}
        found[row["id"]] = FoundEvent(event=replace(event, tellings=own), prints=named)
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
    connection: sqlite3.Connection, keys: list[str]
) -> tuple[dict[str, list[Telling]], dict[str, Print]]:
    """Return the tellings of each reported event, earliest first, and the articles they name."""
    rows = list(_rows(connection, _TELLINGS, keys))
    printed = _read_prints(connection, {row["text_id"] for row in rows})
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
            published=_as_day(row["day"]),
            family=row["family"],
            voice=row["voice"],
        )
        tellings.setdefault(row["reported"], []).append(telling)
    return tellings, {each.id: each for articles in printed.values() for each in articles}


def _read_prints(
    connection: sqlite3.Connection, texts: Iterable[str | None]
) -> Mapping[str | None, tuple[Print, ...]]:
    """Return the articles that print each text, earliest first."""
    sql = (
        "SELECT text_id, id, title, outlet, url, published FROM articles WHERE text_id IN (?)"
        " ORDER BY published IS NULL, published, id"
    )
    printed: dict[str | None, list[Print]] = {}
    for row in _rows(connection, sql, sorted({each for each in texts if each})):
        text_id = row.pop("text_id")
        each = Print(**row | {"published": _as_day(row["published"])})
        printed.setdefault(text_id, []).append(each)
    return {text_id: tuple(articles) for text_id, articles in printed.items()}


def _read_statements(connection: sqlite3.Connection, keys: list[str]) -> dict[str, FoundStatement]:
    sql = "SELECT id, record, said, day, text_id, quotation FROM statements WHERE id IN (?)"
    rows = list(_rows(connection, sql, keys))
    printed = _read_prints(connection, (row["text_id"] for row in rows))
    return {
        row["id"]: FoundStatement(
            statement=from_json(Statement, json.loads(row["record"])),
            said=row["said"],
            day=_as_day(row["day"]),
            text_id=row["text_id"],
            quotation=row["quotation"],
            prints=printed.get(row["text_id"], ()),
        )
        for row in rows
    }


def _read_quotations(connection: sqlite3.Connection, keys: list[str]) -> dict[str, FoundQuotation]:
    sql = "SELECT id, record FROM quotations WHERE id IN (?)"
    found = [
        from_json(Quotation, json.loads(row["record"])) for row in _rows(connection, sql, keys)
    ]
    prints = _read_named(connection, (each for one in found for each in one.articles))
    return {
        one.id: FoundQuotation(
            quotation=one, prints=tuple(prints[each] for each in one.articles if each in prints)
        )
        for one in found
    }


def _read_named(connection: sqlite3.Connection, articles: Iterable[str]) -> dict[str, Print]:
    """Return the articles with these ids, by id."""
    sql = "SELECT id, title, outlet, url, published FROM articles WHERE id IN (?)"
    return {
        row["id"]: Print(**row | {"published": _as_day(row["published"])})
        for row in _rows(connection, sql, sorted(set(articles)))
    }


def _read_findings(connection: sqlite3.Connection, keys: list[str]) -> dict[str, FoundFinding]:
    sql = "SELECT id, record, day, text_id FROM findings WHERE id IN (?)"
    rows = list(_rows(connection, sql, keys))
    printed = _read_prints(connection, (row["text_id"] for row in rows))
    return {
        row["id"]: FoundFinding(
            id=row["id"],
            finding=from_json(Finding, json.loads(row["record"])),
            day=_as_day(row["day"]),
            text_id=row["text_id"],
            prints=printed.get(row["text_id"], ()),
        )
        for row in rows
    }


def _read_offices(connection: sqlite3.Connection, keys: list[str]) -> dict[str, FoundClaim]:
    sql = "SELECT id, record, verdict, day, text_id FROM office_claims WHERE id IN (?)"
    rows = list(_rows(connection, sql, keys))
    printed = _read_prints(connection, (row["text_id"] for row in rows))
    return {
        row["id"]: FoundClaim(
            claim=from_json(OfficeClaim, json.loads(row["record"])),
            verdict=_as_verdict(row["verdict"]),
            day=_as_day(row["day"]),
            text_id=row["text_id"],
            prints=printed.get(row["text_id"], ()),
        )
        for row in rows
    }


def _read_speakers(connection: sqlite3.Connection, keys: list[str]) -> dict[str, FoundSpeaker]:
    sql = (
        "SELECT key, name, kind, office, country, reference, statements, quotations, articles,"
        ' "first", "last", verdict FROM speakers WHERE key IN (?)'
    )
    return {
        row["key"]: FoundSpeaker(
            **row
            | {
                "first": _as_day(row["first"]),
                "last": _as_day(row["last"]),
                "verdict": _as_verdict(row["verdict"]),
            }
        )
        for row in _rows(connection, sql, keys)
    }


def _read_articles(connection: sqlite3.Connection, keys: list[str]) -> dict[str, FoundArticle]:
    sql = (
        "SELECT a.id, a.title, a.outlet, a.url, a.published, a.origin, a.text_id, t.language,"
        " t.characters, t.family FROM articles AS a JOIN texts AS t ON t.id = a.text_id"
        " WHERE a.id IN (?)"
    )
    return {
        row["id"]: FoundArticle(**row | {"published": _as_day(row["published"])})
        for row in _rows(connection, sql, keys)
    }


def _read_families(connection: sqlite3.Connection, keys: list[str]) -> dict[str, Family]:
    sql = "SELECT id, record FROM families WHERE id IN (?)"
    return {
        row["id"]: from_json(Family, json.loads(row["record"]))
        for row in _rows(connection, sql, keys)
    }


# --------------------------------------------------------------------------- all kinds

EVENTS = Query(
    name="events",
    filter=EventFilter,
    yields=FoundEvent,
    ask=conditions.ask_events,
    read=_read_events,
)
STATEMENTS = Query(
    name="statements",
    filter=StatementFilter,
    yields=FoundStatement,
    ask=conditions.ask_statements,
    read=_read_statements,
)
QUOTATIONS = Query(
    name="quotations",
    filter=QuotationFilter,
    yields=FoundQuotation,
    ask=conditions.ask_quotations,
    read=_read_quotations,
)
FINDINGS = Query(
    name="findings",
    filter=FindingFilter,
    yields=FoundFinding,
    ask=conditions.ask_findings,
    read=_read_findings,
)
SPEAKERS = Query(
    name="speakers",
    filter=SpeakerFilter,
    yields=FoundSpeaker,
    ask=conditions.ask_speakers,
    read=_read_speakers,
)
OFFICES = Query(
    name="offices",
    filter=OfficeFilter,
    yields=FoundClaim,
    ask=conditions.ask_offices,
    read=_read_offices,
)
ARTICLES = Query(
    name="articles",
    filter=ArticleFilter,
    yields=FoundArticle,
    ask=conditions.ask_articles,
    read=_read_articles,
)
FAMILIES = Query(
    name="families",
    filter=FamilyFilter,
    yields=Family,
    ask=conditions.ask_families,
    read=_read_families,
)

QUERIES: Sequence[Query] = (
    *(EVENTS, STATEMENTS, QUOTATIONS, FINDINGS, SPEAKERS, OFFICES, ARTICLES, FAMILIES),
)
