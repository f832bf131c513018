"""Tellings made by hand: one text's words for one act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.made import make_event
from tocsin.keys import content_key
from tocsin.records import Actor, Count, DateWords, Place, Status, Telling

NOWHERE = (0, 0)


def actor(name: str, country: str | None = None, kind: str = "country", **others: Any) -> Actor:
    return Actor(name=name, words=NOWHERE, kind=kind, country=country, **others)


def count(low: int | None, high: int | None = None, kind: str = "dead") -> Count:
    return Count(kind=kind, low=low, high=high if high is not None else low, words=NOWHERE)


def place(name: str, country: str | None, **others: Any) -> Place:
    return Place(words=NOWHERE, name=name, country=country, **others)


def _telling(
    text: str = "t1", told: str = "Vardan shelled the port of Selin", **given: Any
) -> Telling:
    """Make the telling of an attack by Vardan (VRD) on Kishan (KSH), both invented."""
    day = given.pop("day", None)
    published = given.pop("published", date(2025, 3, 5))
    speaker = given.pop("speaker", None)
    outlets = given.pop("outlets", (f"Outlet {text}",))
    family = given.pop("family", None)
    at = given.pop("at", 0)
    first, last = day if isinstance(day, tuple) else (day, day)
    values: dict[str, Any] = {
        "id": content_key(text, told, at, given.get("status", Status.REPORTED)),
        "actors": (actor("Vardan", "VRD"),),
        "recipients": (actor("Kishan", "KSH"),),
        "status": Status.REPORTED,
        "words": (at, at + len(told)),
        "trigger": NOWHERE,
        "date": DateWords(words=NOWHERE, earliest=first, latest=last) if day else None,
    } | given
    return Telling(
        event=make_event(**values),
        text_id=text,
        told=told,
        speaker=speaker,
        articles=(f"article of {text}",),
        outlets=outlets,
        published=published,
        family=family,
        voice=0,
    )


@pytest.fixture
def telling() -> Callable[..., Telling]:
    return _telling
