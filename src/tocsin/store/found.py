"""What a store answers with: the records of the contract, with where and when they were printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tocsin.records import (
    Finding,
    OfficeClaim,
    Quotation,
    ReportedEvent,
    Statement,
    Verdict,
    to_json,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """One article, without its text."""

    id: str  #: `Article.id`
    title: str | None
    outlet: str | None
    url: str | None
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEvent:
    """A reported event, and every article that its tellings name, by id."""

    event: ReportedEvent
    prints: Mapping[str, Print] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStatement:
    """A statement with its words and the articles that print it, earliest first."""

    statement: Statement
    said: str  #: the words of the content, pieces joined by " … "
    day: date | None  #: of publication
    text_id: str
    quotation: str | None  #: id of the quotation it belongs to
    prints: tuple[Print, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundQuotation:
    """The same words by the same speaker, and the articles that print them, earliest first."""

    quotation: Quotation
    prints: tuple[Print, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFinding:
    """A finding with the articles it is about; none where it sets articles against each other."""

    id: str
    finding: Finding
    day: date | None
    text_id: str | None
    prints: tuple[Print, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaim:
    """A claim that someone holds an office, with what the tenure check says of it."""

    claim: OfficeClaim
    verdict: Verdict | None  #: None where nothing was checked
    day: date | None  #: the day it speaks of
    text_id: str
    prints: tuple[Print, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSpeaker:
    """Someone who speaks in the articles of the store."""

    key: str
    name: str  #: the fullest form
    kind: str
    office: str | None  #: the latest
    country: str | None
    reference: str | None
    statements: int
    quotations: int
    articles: int
    first: date | None  #: published
    last: date | None
    verdict: Verdict | None  #: the worst of the tenure findings


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArticle:
    """An article without its text; `Store.report` gives all of it."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: date | None
    origin: str | None
    text_id: str
    language: str
    characters: int
    family: str | None


def object_of(found: Any) -> dict[str, Any]:
    """Return what was found as JSON-ready data, under the field names of `tocsin.records`.

    A reported event has the fields of `ReportedEvent` and, like the events of one article, `date`:
    that of its earliest telling.  Each telling has its `urls` beside its `outlets`.  Statements,
    quotations, findings and office claims have `articles`, a list of those that print them.
    """
    if isinstance(found, FoundEvent):
        return _event_object(found)
    data: dict[str, Any] = to_json(found)
    if isinstance(found, FoundQuotation):
        return {**data["quotation"], "articles": data["prints"]}
    for inner in ("statement", "finding", "claim"):
        data = data.pop(inner, {}) | data
    if "prints" in data:
        data["articles"] = data.pop("prints")
    return data


def _event_object(found: FoundEvent) -> dict[str, Any]:
    data: dict[str, Any] = to_json(found.event)
    for telling in data["tellings"]:
        prints = (found.prints.get(each) for each in telling["articles"])
        telling["urls"] = [each.url for each in prints if each and each.url]
    first = data["tellings"][0]["event"] if data["tellings"] else {}
    return data | {"date": first.get("date")}
