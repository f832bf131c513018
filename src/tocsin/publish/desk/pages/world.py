"""The map: where events happened in a window of days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter

from tocsin.checks.wording import name_party
from tocsin.lexicons.shown import words_for
from tocsin.publish.desk import links
from tocsin.publish.desk.pages.moving import Item, View, add_view
from tocsin.publish.visible import on_one_line
from tocsin.store.sums import Cell, read_spots

router = APIRouter(include_in_schema=False)


def _item(place: tuple[Any, ...], asked: Mapping[str, str], days: Mapping[str, str]) -> Item:
    _, name, country, latitude, longitude = place
    narrowing = {each: asked[each] for each in ("type", "quad") if each in asked}
    named = f"{name}, {name_party(country)}" if country else name
    return Item(
        label=on_one_line(named),
        href=links.to_kind("events", place=name, country=country, **narrowing, **days),
        drawn={"at": (longitude, latitude), "name": on_one_line(name)},
    )


def _numbers(sums: Cell) -> tuple[str, ...]:
    return tuple(f"{each:,}" for each in sums)


add_view(
    router,
    View(
        name="map",
        read=read_spots,
        item=_item,
        numbers=_numbers,
        columns=("Place", "Events", *(words_for("quad", n).capitalize() for n in range(1, 5))),
    ),
)
