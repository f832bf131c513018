"""Places: where reported events happened, the place with the most of them first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tocsin.store.asked import read_words
from tocsin.store.conditions import Asks, sought
from tocsin.store.kinds.filters import between, of_country
from tocsin.store.kinds.kind import Filter, Kind, day, integer, real, shown, text
from tocsin.store.lists import Listing
from tocsin.store.queries import Listed, reads_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """A place, and how much happened there."""

    key: str
    name: str  #: as most events have it
    country: str | None
    latitude: float | None
    longitude: float | None
    events: int
    verbal_cooperation: int  #: events of PLOVER's quad class 1
    material_cooperation: int  #: 2
    verbal_conflict: int  #: 3
    material_conflict: int  #: 4
    first: date | None  #: day of an event
    last: date | None


_LISTING = Listing(table="places", key="key", rank="events", ranks=int, search="places_fts")


def _where(condition: str) -> Asks:
    """Ask for the places whose first or last day fulfils `condition`."""
    return lambda _, day: replace(
        _LISTING.all, where=f"{{t}}.{condition} ?", choices=((day.isoformat(),),)
    )


PLACES = Kind(
    name="places",
    summary="List where reported events happened, the place with the most of them first.",
    more="Counts are of all times and of news alone; days leave out places, not events.",
    examples=("--country UKR --since 2024-10-01", "--name Kursk --json"),
    filters=(
        Filter("name", read_words, "with these words in the name", sought("name")),
        of_country("in this country", _LISTING),
        *between("where something happened", _where('"last" >='), _where('"first" <=')),
    ),
    source=Listed(_LISTING, reads_rows(FoundPlace, _LISTING)),
    yields=FoundPlace,
    columns=(
        text("key", "key of the place"),
        text("name", "as most events have it"),
        text("country", "of the place"),
        real("latitude", "degrees north"),
        real("longitude", "degrees east"),
        integer("events", "reported events there"),
        integer("verbal_cooperation", "events of PLOVER's quad class 1"),
        integer("material_cooperation", "of class 2"),
        integer("verbal_conflict", "of class 3"),
        integer("material_conflict", "of class 4"),
        day("first", "day of the first event"),
        day("last", "day of the last event"),
    ),
    in_notebooks=(
        *("name", "country", "events", "verbal_conflict", "material_conflict", "first", "last"),
    ),
    screen=(
        shown("name", 18, share=2),
        shown("country", 7),
        shown("events", 6),
        shown("talk", 4, "verbal_cooperation", drop=2),
        shown("help", 4, "material_cooperation", drop=2),
        shown("threat", 6, "verbal_conflict", drop=1),
        shown("force", 5, "material_conflict", drop=1),
        shown("first", 10, drop=3),
        shown("last", 10),
    ),
    legend=(
        ("talk", "", "events of verbal cooperation (PLOVER's quad class 1)"),
        ("help", "", "of material cooperation (2)"),
        ("threat", "", "of verbal conflict (3)"),
        ("force", "", "of material conflict (4)"),
    ),
)
