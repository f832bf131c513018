"""The network: who acts on whom in a window of days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter

from tocsin.checks.wording import name_pair, name_party
from tocsin.publish.desk import links
from tocsin.publish.desk.pages.moving import Item, View, add_view
from tocsin.publish.visible import on_one_line
from tocsin.store.sums import Cell, read_flows
from tocsin.watch.parties import SEVERAL

router = APIRouter(include_in_schema=False)


def _item(pair: tuple[Any, ...], _: Mapping[str, str], days: Mapping[str, str]) -> Item:
    actor, recipient = pair
    # What bodies under one code do is counted by body on the pages of pairs.
    several = actor in SEVERAL or recipient in SEVERAL
    events = links.to_kind("events", actor=actor, recipient=recipient, **days)
    return Item(
        label=on_one_line(name_pair(*pair)),
        href=events if several else links.to_pair(*pair, **days),
        drawn={"pair": pair, "names": [on_one_line(name_party(each)) for each in pair]},
    )


def _numbers(sums: Cell) -> tuple[str, ...]:
    events, conflict, score = sums
    return f"{events:,}", f"{conflict:,}", f"{score / events:+.1f}".replace("-", "−")


add_view(
    router,
    View(
        name="network",
        read=read_flows,
        item=_item,
        numbers=_numbers,
        columns=("Who acts on whom", "Events", "Of conflict", "Mean score"),
    ),
)
