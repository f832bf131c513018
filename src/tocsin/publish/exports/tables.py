"""The tables of the CSV and the Parquet export: their names, columns and rows.

Columns are those that the kinds declare; tellings and texts, which only exports have, are added
here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tocsin.records import ReportedEvent, Telling
from tocsin.store.kinds.kind import Column, day, integer, text
from tocsin.store.kinds.printed import joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table; `rows` gives its records anew each time it is called."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One telling with the reported event it belongs to."""

    event: ReportedEvent
    telling: Telling


def find_tellings(events: Iterable[ReportedEvent]) -> Iterator[Told]:
    """Yield every telling of every event."""
    return (Told(event=event, telling=each) for event in events for each in event.tellings)


TELLINGS = (
    text("event", "key of the reported event", "event.id"),
    text("id", "key of the event as this text tells it", "telling.event.id"),
    text("text_id", "key of the text", "telling.text_id"),
    text("status", "asserted, denied ...", "telling.event.status"),
    text("told", "the words", "telling.told"),
    integer("start", "offset in the text", lambda t: t.telling.event.words[0]),
    integer("end", "offset after the last", lambda t: t.telling.event.words[1]),
    text("speaker", "who says so, where not the article itself", "telling.speaker.name"),
    day("published", "earliest publication", "telling.published"),
    text("family", "id of the family of copies", "telling.family"),
    integer("voice", "same number: one report", "telling.voice"),
    text("outlets", "who printed it", lambda t: joined(t.telling.outlets)),
    text("articles", "ids of the articles", lambda t: joined(t.telling.articles)),
)

TEXTS = (
    text("id", "key of the text", "text_id"),
    text("text", "unaltered: offsets point into it"),
    text("language", "ISO 639-1"),
    text("media_type", "as read"),
    day("day", 'day by which "Tuesday" was read', "published"),
)
