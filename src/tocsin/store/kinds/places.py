"""Places: where reported events happened, the place with the most of them first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tocsin.faces import InNotebooks
from tocsin.store.conditions import Asks
from tocsin.store.kinds.declared import declare
from tocsin.store.kinds.kind import Kind
from tocsin.store.lists import Listing
from tocsin.store.queries import Listed, reads_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace(InNotebooks):
    """A place, and how much happened there."""

    key: str  #: country and name in small letters
    name: str  #: as most events have it
    country: str | None  #: ISO 3166-1 alpha-3
    latitude: float | None  #: in degrees, north is positive
    longitude: float | None  #: in degrees, east is positive
    events: int  #: reported there
    verbal_cooperation: int  #: events of PLOVER's quad class 1
    material_cooperation: int  #: 2
    verbal_conflict: int  #: 3
    material_conflict: int  #: 4
    first: date | None  #: day of an event
    last: date | None  #: day of an event


_LISTING = Listing(table="places", key="key", rank="events", ranks=int, search="places_fts")


def _where(condition: str) -> Asks:
    """Ask for the places whose first or last day fulfils `condition`."""
    return lambda _, day: replace(
        _LISTING.all, where=f"{{t}}.{condition} ?", choices=((day.isoformat(),),)
    )


PLACES = Kind(
    **declare(
        "places", _LISTING, asks={"since": _where('"last" >='), "until": _where('"first" <=')}
    ),
    source=Listed(_LISTING, reads_rows(FoundPlace, _LISTING)),
    yields=FoundPlace,
)
