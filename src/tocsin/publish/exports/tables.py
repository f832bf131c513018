"""The tables of the CSV and the Parquet export: their names, columns and rows.

Columns are those of `tocsin.store.frames`; tellings and texts, which only exports have, are added
here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tocsin.records import ReportedEvent, Telling
from tocsin.store.frames import Column, joined


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


def _column(kind: str, name: str, help: str, value: Callable[[Any], Any]) -> Column:
    return Column(name=name, kind=kind, help=help, value=value)


TELLINGS = (
    _column("text", "event", "key of the reported event", lambda t: t.event.id),
    _column("text", "id", "key of the event as this text tells it", lambda t: t.telling.event.id),
    _column("text", "text_id", "key of the text", lambda t: t.telling.text_id),
    _column("text", "status", "asserted, denied ...", lambda t: str(t.telling.event.status)),
    _column("text", "told", "the words", lambda t: t.telling.told),
    _column("integer", "start", "offset in the text", lambda t: t.telling.event.words[0]),
    _column("integer", "end", "offset after the last", lambda t: t.telling.event.words[1]),
    _column(
        "text",
        "speaker",
        "who says so, where not the article itself",
        lambda t: t.telling.speaker.name if t.telling.speaker else None,
    ),
    _column("day", "published", "earliest publication", lambda t: t.telling.published),
    _column("text", "family", "id of the family of copies", lambda t: t.telling.family),
    _column("integer", "voice", "same number: one report", lambda t: t.telling.voice),
    _column("text", "outlets", "who printed it", lambda t: joined(t.telling.outlets)),
    _column("text", "articles", "ids of the articles", lambda t: joined(t.telling.articles)),
)

TEXTS = (
    _column("text", "id", "key of the text", lambda a: a.text_id),
    _column("text", "text", "unaltered: offsets point into it", lambda a: a.text),
    _column("text", "language", "ISO 639-1", lambda a: a.language),
    _column("text", "media_type", "as read", lambda a: a.media_type),
    _column("day", "day", 'day by which "Tuesday" was read', lambda a: a.published),
)
