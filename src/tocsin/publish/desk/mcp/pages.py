"""Pages: the view of a sitrep or a brief as a result, a few points of each section or one whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk.mcp.quotes import quote
from tocsin.publish.desk.mcp.results import Point, Quoted, Room, Section
from tocsin.publish.view import Item, Quote
from tocsin.publish.view import Section as Seen
from tocsin.store.kinds.printed import Print

#: Points of each section of a page and quotes of a point, and of a section that is asked for;
#: lines of a point.
_FEW, _MOST, _LINES = 5, 30, 10

#: By id of a record, the articles that print its words.
Prints = Mapping[str, Sequence[Print]]


def sections_of(
    seen: Iterable[Seen], asked: Mapping[str, Any], prints: Prints | None = None
) -> list[Section]:
    """Return the first points of every section, or those behind `after` in the one asked for.

    Raises:
        ValueNotUnderstood: there is no such section.
    """
    room, only = Room(), asked["section"]
    if only is None:
        return [_section(each, prints or {}, room, 0, _FEW) for each in seen]
    known = {each.key: each for each in seen}
    if only not in known:
        raise refusal(ValueNotUnderstood, "section_unknown", only, known=", ".join(known))
    return [_section(known[only], prints or {}, room, asked["after"] or 0, _MOST)]


def _section(seen: Seen, prints: Prints, room: Room, after: int, most: int) -> Section:
    points = room.take((_point(each, prints, most) for each in seen.items[after:]), most)
    shown = after + len(points)
    return Section(
        key=seen.key,
        title=seen.title,
        notes=list(seen.notes),
        points=points,
        in_all=len(seen.items),
        next=shown if shown < len(seen.items) else None,
    )


def _point(item: Item, prints: Prints, most: int) -> Point:
    quotes = Room().take((_quoted(each, prints.get(each.key, ())) for each in item.quotes), most)
    return Point(
        badge=item.badge.text,
        headline=item.headline,
        lines=list(item.lines[:_LINES]),
        quotes=quotes,
        others=len(item.quotes) - len(quotes) or None,
    )


def _quoted(given: Quote, prints: Sequence[Print]) -> Quoted:
    """Return words of a page; its label names the article, where there are several."""
    label = None if prints else given.label or None
    return quote(given.words, given.spans, prints[:1], record=given.key, status=label)
