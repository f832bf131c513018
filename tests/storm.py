"""A small store in which one pair's war is reported, and another's is one minister's word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.made import Draft
from tocsin.records import DateWords, Naming, Report, Status
from tocsin.store.database import open_database
from tocsin.store.settle import settle
from tocsin.store.writer import Writer

FIRST = date(2024, 3, 1)
#: The day on which both begin.
ONSET = FIRST + timedelta(days=50)

STATES = {"Chad": "TCD", "Niger": "NER", "Kosovo": "KOS", "Serbia": "SRB", "France": "FRA"}


def report_of(
    day: date,
    actor: str = "Chad",
    recipient: str = "Niger",
    speaker: str | None = None,
    outlet: str = "Coast Daily",
    *,
    naming: Naming = Naming.NAMED,
    where: str = "posts",
    more: str = "",
    **others: Any,
) -> Report:
    """Return the report of an article in which one party attacks another."""
    said = f", {speaker} said" if speaker else ""
    act = f"{actor} shelled {where} of {recipient} on {day:%d %B}"
    address = f"https://{outlet.split()[0].lower()}.example/{day}/{actor}/{len(where)}"
    named = {"outlet": outlet}
    draft = Draft(text=f"{act}{said}.{more}", url=address, published=day, others=named)
    if speaker:
        person = draft.actor(speaker, office="Minister") if naming is Naming.NAMED else None
        others["asserted_by"] = draft.state(person, act, naming=naming).id
        others.setdefault("status", Status.REPORTED)
    for role, name in (("actors", actor), ("recipients", recipient)):
        kind = "country" if name in STATES else "body"
        others[role] = (draft.actor(name, kind=kind, country=STATES.get(name, "IGO")),)
    on = DateWords(words=draft.at(f"{day:%d %B}"), earliest=day, latest=day)
    draft.happen(act, "shelled", date=on, **others)
    return draft.report


def keep(folder: Path, reports: Iterator[Report] | list[Report]) -> Path:
    """Keep the reports in a settled store."""
    connection = open_database(folder, create=True)
    kept = [(f"key {n}", f"{n}.txt", each) for n, each in enumerate(reports)]
    Writer(connection).keep(kept)
    settle(connection)
    connection.close()
    return folder


def make_storm(folder: Path) -> Path:
    """Make the store."""
    return keep(folder, _stormy())


def _stormy() -> Iterator[Report]:
    for number in range(50):
        outlet = ("Coast Daily", "Harbour Post")[number % 2]
        others = {"type": "CONSULT", "quad": 1, "score": 1.0}
        yield report_of(FIRST + timedelta(days=number), "France", "Chad", outlet=outlet, **others)
    for number in range(8):
        day = ONSET + timedelta(days=number)
        for outlet, where in (("Coast Daily", "two camps"), ("Harbour Post", "a bridge")):
            yield report_of(day, outlet=outlet, where=where)
            yield report_of(day, "Serbia", "Kosovo", "Ana Doru", outlet, where=where)
