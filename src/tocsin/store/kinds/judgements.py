"""Judgements: what people say of what was found; `tocsin.store.judgements` keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tocsin.faces import InNotebooks
from tocsin.records import Span
from tocsin.store.asked import Judged, What
from tocsin.store.conditions import unless_included
from tocsin.store.identity import resolve_id
from tocsin.store.judged import as_given
from tocsin.store.kinds.declared import declare
from tocsin.store.kinds.kind import Cell, Kind, Part, Role
from tocsin.store.kinds.printed import Print, read_prints
from tocsin.store.lists import Few, Listing
from tocsin.store.queries import Listed
from tocsin.store.tables import Connection, as_day, read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundJudgement(InNotebooks):
    """A judgement with the words that it is about and the articles that print them."""

    id: int  #: 1, 2, 3 ...
    at: str  #: UTC, like 2026-11-29T18:30:00Z
    day: date  #: of that, UTC
    judge: str  #: name of who judges
    verdict: Judged  #: what is said
    what: What  #: of which kind of record
    record: str  #: id of what is judged
    about: str | None  #: in short: "ASSAULT asserted: RUS:MIL → UKR"
    text_id: str | None  #: none where a finding sets articles against each other
    words: Span | None  #: offsets into the text
    quoted: str | None  #: the words
    judged: Mapping[str, Any]  #: fields of the record as they were when it was judged
    correction: Mapping[str, Any]  #: those that are otherwise, and how they are
    note: str | None  #: why
    withdraws: int | None  #: number of the judgement that is taken back
    past: bool  #: whether it was taken back, or takes back, or the judge judged the record anew
    articles: tuple[Print, ...] = ()  #: that print the words, earliest first

    @property
    def prints(self) -> tuple[Print, ...]:
        """The articles, as found records of other kinds call them."""
        return self.articles

    @property
    def corrected(self) -> str | None:
        """What is so instead: "type=COERCE, recipients=UKR"."""
        parts = (f"{name}={as_given(value)}" for name, value in self.correction.items())
        return ", ".join(parts) or None


_ABOUT = {
    What.EVENT: "{type} {status}: {actors} → {recipients}",
    What.STATEMENT: "{speaker} {stance}",
    What.OFFICE: "{name}: {office}",
    What.FINDING: "{check} {verdict}: {sentence}",
}


def _about(what: What, judged: Mapping[str, Any], prints: tuple[Print, ...]) -> str | None:
    if not judged:
        return next((each.title for each in prints), None)
    return _ABOUT[what].format_map({name: as_given(value) for name, value in judged.items()})


_LISTING = Listing(table="judgements", least=0)

_ROWS = """
SELECT j.*, substr(t.text, j."start" + 1, j."end" - j."start") AS quoted
FROM judgements j LEFT JOIN texts t ON t.id = j.text_id WHERE j.id IN (?)
"""


def _read(connection: Connection, keys: list[Any]) -> dict[Any, FoundJudgement]:
    rows = read_rows(connection, _ROWS, keys)
    printed = read_prints(connection, (row["text_id"] for row in rows))
    return {row["id"]: _found(row, printed.get(row["text_id"], ())) for row in rows}


def _found(row: dict[str, Any], prints: tuple[Print, ...]) -> FoundJudgement:
    start, end = row.pop("start"), row.pop("end")
    what, judged = What(row["what"]), json.loads(row["judged"] or "{}")
    read = {
        "day": as_day(row["day"]),
        "verdict": Judged(row["verdict"]),
        "what": what,
        "about": _about(what, judged, prints),
        "words": None if start is None else (start, end),
        "past": bool(row["past"]),
        "judged": judged,
        "correction": json.loads(row["correction"] or "{}"),
    }
    return FoundJudgement(**row | read, articles=prints)


_OF_RECORD = """
SELECT id FROM judgements WHERE record = ?
UNION SELECT j.id FROM events e JOIN judgements j ON j.record = e.id WHERE e.reported = ?
"""


def _record(connection: Connection, given: str) -> Few:
    return Few(keys=_OF_RECORD, values=(given, resolve_id(connection, "event", given)))


def _about_cell(found: FoundJudgement) -> Cell:
    return (found.about, Part(found.quoted, Role.QUOTED)) if found.quoted else found.about


JUDGEMENTS = Kind(
    **declare(
        "judgements",
        _LISTING,
        asks={"past": unless_included(_LISTING, "past"), "record": _record},
        cells={"about": _about_cell},
    ),
    supposed=lambda _: {"past": False},
    source=Listed(_LISTING, _read),
    yields=FoundJudgement,
)
