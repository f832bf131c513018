"""Downloads: all that a list finds, not only the page that is shown, as a file for other programs.
With `limit` in its address it has so many at most.

A file leaves in pieces while the records are read, some hundred at a time behind a cursor, each
time in a moment of its own: memory stays flat, and no connection is held while a visitor waits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from tocsin.publish import tables
from tocsin.publish.desk import links
from tocsin.publish.desk.asking import Question, read_question
from tocsin.publish.desk.frame import desk_of
from tocsin.publish.desk.opened import Desk
from tocsin.publish.exports.geojson import event_feature, geojson_pieces, place_feature
from tocsin.publish.exports.tables import parquet_pieces
from tocsin.store.asked import FARTHEST
from tocsin.store.kinds import EVENTS, KINDS, PLACES
from tocsin.store.kinds.kind import Kind

router = APIRouter(include_in_schema=False)

#: Records that are read at a time.
_AT_ONCE = 500

#: Bytes of a piece, at least: each costs a change of threads.
_PIECE = 1 << 14

#: Seconds after which a piece leaves however little it is, so that no thread is held for long.
_HELD = 0.5


@dataclass(frozen=True, slots=True)
class Format:
    """A format of downloads: the end of its files' names, and what makes pieces of records."""

    name: str
    title: str
    media_type: str
    pieces: Callable[[Iterable[Any], Kind[Any]], Iterator[str | bytes]]
    fits: Callable[[Kind[Any]], bool] = lambda _: True
    #: Whether the file can hold what was found: what it cannot does not count for a limit.
    holds: Callable[[Any, Kind[Any]], bool] = lambda *_: True


#: By kind, what makes a point on a map of what was found.
_FEATURES: Mapping[str, Callable[[Any], dict[str, Any] | None]] = {
    EVENTS.name: lambda found: event_feature(found.event),
    PLACES.name: place_feature,
}

FORMATS = (
    Format(
        "csv",
        "CSV",
        "text/csv; charset=utf-8",
        lambda found, kind: tables.csv_lines(found, kind.columns),
    ),
    Format("jsonl", "JSON lines", "application/jsonl", tables.json_lines),
    Format(
        "parquet",
        "Parquet",
        "application/vnd.apache.parquet",
        lambda found, kind: parquet_pieces(found, kind.columns),
    ),
    Format(
        "geojson",
        "GeoJSON",
        "application/geo+json",
        lambda found, kind: geojson_pieces(map(_FEATURES[kind.name], found)),
        lambda kind: kind.name in _FEATURES,
        lambda found, kind: _FEATURES[kind.name](found) is not None,
    ),
)


def downloads_of(question: Question) -> list[tuple[str, str]]:
    """Return title and address of each file that has what `question` asks for."""
    kind, asked = question.kind, question.address(limit=None, after=None)
    return [
        (each.title, f"{links.to_kind(kind.name)}.{each.name}{asked}")
        for each in FORMATS
        if each.fits(kind)
    ]


def _add(kind: Kind[Any], form: Format) -> None:
    @router.get(f"{links.to_kind(kind.name)}.{form.name}")
    def download(request: Request) -> StreamingResponse:
        question = read_question(kind, request.query_params.multi_items(), most=FARTHEST)
        is_bounded = request.query_params.get("limit", "").strip()
        held = (each for each in _read(desk_of(request), question) if form.holds(each, kind))
        found = islice(held, question.limit if is_bounded else None)
        pieces = _gathered(form.pieces(found, kind))
        first = next(pieces, b"")  # what is wrong with the question is said before the file begins
        name = f"tocsin-{kind.name}.{form.name}"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return StreamingResponse(chain([first], pieces), 200, headers, form.media_type)


def _read(desk: Desk, question: Question) -> Iterator[Any]:
    """Yield all that `question` finds, holding no connection while a record is used."""
    after, more = question.after, True
    while more:
        with desk.asking() as store:
            walk = replace(question, limit=_AT_ONCE, after=after).of(store).walk()
            found = list(walk)
        yield from found
        after, more = walk.cursor, walk.cursor is not None


def _gathered(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    """Yield `pieces` as bytes, several together."""
    held, began = bytearray(), time.monotonic()
    for piece in pieces:
        held += piece.encode() if isinstance(piece, str) else piece
        if len(held) >= _PIECE or time.monotonic() - began > _HELD:
            yield bytes(held)
            held.clear()
            began = time.monotonic()
    yield bytes(held)


for kind in KINDS:
    for form in FORMATS:
        if form.fits(kind):
            _add(kind, form)
