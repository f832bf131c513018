"""Told: records as a brief tells them, each with the address of its page and that of its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

from tocsin.lexicons.numbered import counted
from tocsin.publish.brief.items import item_of_alarm
from tocsin.publish.desk import links
from tocsin.publish.view import Item, Quote
from tocsin.publish.visible import on_one_line
from tocsin.records import ReportedEvent
from tocsin.store import kinds
from tocsin.store.handle import Store
from tocsin.store.kinds.kind import Kind
from tocsin.store.situation import read_found, read_standing
from tocsin.watch.alarms import Alarm
from tocsin.watch.brief.records import Reference
from tocsin.watch.brief.stored import refer
from tocsin.watch.lists import Entry

#: By id of a record, or of a pair, an address.
Addresses = Mapping[str, str]


def read_references(store: Store, kind: Kind[Any], ids: Sequence[str]) -> list[Reference]:
    """Return the records with these ids that are still there, in their order."""
    connection = store.connection()
    found = read_found(connection, kind, ids)
    stands = read_standing(connection, ids) if kind is kinds.EVENTS else {*ids}
    return [replace(refer(key, found[key]), stands=key in stands) for key in ids if key in found]


def addresses_of(
    references: Iterable[Reference],
    alarms: Collection[Alarm] = (),
    entries: Iterable[Entry] = (),
) -> dict[str, Any]:
    """Return what the pieces of a brief need to link to pages and to words.

    An alarm leads to its pair, its events and the steps of an entry to the pages of these events.
    """
    told = [str(each["id"]) for alarm in alarms for each in alarm.events if "id" in each]
    told += [step.event for entry in entries for step in entry.steps]
    pages = {key: links.to_event(key) for key in told}
    places = dict(pages)
    for each in references:
        words = _place_of(each)
        page = links.to_event(each.id) if isinstance(each.record, ReportedEvent) else words
        pages |= {each.id: page} if page else {}
        places |= {each.id: words} if words else {}
    pairs = {_key_of(each): links.to_pair(each.actor, each.recipient) for each in alarms}
    return {"pages": pages | pairs, "places": places, "told": _linker(pages)}


def tell_alarm(alarm: Alarm) -> Item:
    """Return the item of an alarm with the words of the events that it comes with."""
    quotes = (
        Quote(
            anchor="",
            key=str(event["id"]),
            spans=(),
            words=str(event["told"] or ""),
            label=f"{event['status']} · grade {event['grade']} · "
            + counted(event["independent"], "independent report"),
        )
        for event in alarm.events
        if "told" in event
    )
    return replace(item_of_alarm(alarm, {}), key=_key_of(alarm), quotes=tuple(quotes))


def _key_of(alarm: Alarm) -> str:
    return f"{alarm.actor} {alarm.recipient}"


def _place_of(reference: Reference) -> str | None:
    """Return where the words of a record stand; what sets articles apart is about an event."""
    record = reference.record
    key = record.tellings[0].event.id if isinstance(record, ReportedEvent) else reference.id
    if reference.prints:
        return links.to_article(reference.prints[0].id, record=key)
    about = getattr(record, "about", None)
    return links.to_event(about) if about else None


def _linker(pages: Addresses) -> Callable[[str], Markup]:
    """Return what makes HTML of a line: ids of records in it become links to their pages."""
    ids = re.compile(rf"\b(?:{'|'.join(map(re.escape, pages))})\b") if pages else None

    def told(line: str) -> Markup:
        shown = str(escape(on_one_line(line)))
        linked = ids.sub(lambda each: _link(pages[each[0]]), shown) if ids else shown
        return Markup(linked)  # noqa: S704 - escaped

    return told


def _link(address: str) -> str:
    return f'<a href="{escape(address)}">{address.split("/")[1].rstrip("s")}</a>'
