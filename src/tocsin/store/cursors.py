"""Cursors: opaque words that say behind which record an answer goes on.

A cursor holds the place of a record in its list, not its number, so what is written meanwhile moves
nothing: no record comes twice, and none is left out that was there all along in its place.  It goes
with one question, and says so where it is given to another.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.errors import ValueNotUnderstood
from tocsin.keys import content_key
from tocsin.lexicons.refusals import refusal
from tocsin.store.orders import Order

Place = tuple[Any, ...]  #: what orders a record in its list, as JSON holds it


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Which part of a list, in which order: at most so many records, and those behind a place."""

    limit: int | None = None
    after: Place | None = None
    order: Order | None = None  #: None for the usual one


def write_cursor(kind: str, asked: Mapping[str, Any], place: Place) -> str:
    """Return the cursor behind `place` in the answer of a kind to the filters `asked`."""
    held = [kind, _digest(repr(sorted(asked.items()))), *place]
    data = json.dumps([*held, _digest(json.dumps(held))], separators=(",", ":")).encode()
    return urlsafe_b64encode(data).decode().rstrip("=")


def read_cursor(kind: str, asked: Mapping[str, Any], given: Any) -> Place:
    """Return the place behind which the answer of a kind to the filters `asked` goes on.

    Raises:
        ValueNotUnderstood: it is no cursor, or one of another question.
    """
    try:
        *held, check = json.loads(urlsafe_b64decode(f"{given}{'=' * (-len(given) % 4)}"))
        of_kind, of_filters, *place = held
    except (TypeError, ValueError, RecursionError):
        held = check = None
    if held is None or check != _digest(json.dumps(held)):
        raise refusal(ValueNotUnderstood, "no_cursor", given)
    if of_kind != kind:
        raise refusal(ValueNotUnderstood, "cursor_of_others", given, other=of_kind, kind=kind)
    if of_filters != _digest(repr(sorted(asked.items()))):
        raise refusal(ValueNotUnderstood, "cursor_of_other_filters", given)
    return tuple(place)


def _digest(words: str) -> str:
    return content_key("cursor", words)[:8]
