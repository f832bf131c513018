"""Judgements: what people say of what was found; `tocsin.store.judgements` keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_type_hints

from tocsin.records import Span, to_json
from tocsin.store.asked import Judged, What
from tocsin.store.conditions import unless_included
from tocsin.store.fromjson import from_json
from tocsin.store.identity import resolve_id
from tocsin.store.kinds.declared import declare
from tocsin.store.kinds.kind import Cell, Kind, Part, Role
from tocsin.store.kinds.printed import Print, flat_type, read_prints
from tocsin.store.lists import Few, Listing
from tocsin.store.queries import Listed
from tocsin.store.tables import Connection, as_day, read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundJudgement:
    """A judgement with the words that it is about and the articles that print them."""

    id: int
    at: str  #: UTC, like 2026-11-29T18:30:00Z
    day: date
    judge: str
    verdict: Judged
    what: What
    record: str  #: id of what is judged
    text_id: str | None  #: none where a finding sets articles against each other
    words: Span | None
    quoted: str | None  #: the words
    judged: Mapping[str, Any]  #: fields of the record as they were when it was judged
    correction: Mapping[str, Any]  #: those that are otherwise, and how they are
    note: str | None
    withdraws: int | None  #: number of the judgement that is taken back
    past: bool  #: whether it was taken back, or takes back, or the judge judged the record anew
    prints: tuple[Print, ...] = field(default=())

    @property
    def about(self) -> str | None:
        """What is judged, in short: "ASSAULT asserted: RUS:MIL → UKR"."""
        words = {name: _shown(value) for name, value in self.judged.items()}
        return _ABOUT[self.what].format_map(words) if words else _title(self.prints)

    @property
    def corrected(self) -> str | None:
        """What is so instead: "type=COERCE, recipients=UKR"."""
        parts = (f"{name}={_shown(value)}" for name, value in self.correction.items())
        return ", ".join(parts) or None


_ABOUT = {
    What.EVENT: "{type} {status}: {actors} → {recipients}",
    What.STATEMENT: "{speaker} {stance}",
    What.OFFICE: "{name}: {office}",
    What.FINDING: "{check} {verdict}: {sentence}",
}


def _shown(value: Any) -> str:
    """Return a field as `tocsin judge` takes it; words by their offsets."""
    if not isinstance(value, list):
        return "-" if value is None else str(value)
    pieces = (each if isinstance(each, str) else "{}-{}".format(*each) for each in value)
    return "+".join(pieces) or "-"


def _title(prints: tuple[Print, ...]) -> str | None:
    return next((each.title for each in prints), None)


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
    read = {
        "day": as_day(row["day"]),
        "verdict": Judged(row["verdict"]),
        "what": What(row["what"]),
        "words": None if start is None else (start, end),
        "past": bool(row["past"]),
        "judged": json.loads(row["judged"] or "{}"),
        "correction": json.loads(row["correction"] or "{}"),
    }
    return FoundJudgement(**row | read, prints=prints)


_OF_RECORD = """
SELECT id FROM judgements WHERE record = ?
UNION SELECT j.id FROM events e JOIN judgements j ON j.record = e.id WHERE e.reported = ?
"""


def _record(connection: Connection, given: str) -> Few:
    return Few(keys=_OF_RECORD, values=(given, resolve_id(connection, "event", given)))


def _about_cell(found: FoundJudgement) -> Cell:
    return (found.about, Part(found.quoted, Role.QUOTED)) if found.quoted else found.about


def _object(found: FoundJudgement) -> dict[str, Any]:
    data: dict[str, Any] = to_json(found)
    return data | {"about": found.about, "articles": data.pop("prints")}


def _of_object(data: Any) -> FoundJudgement:
    own = {name: value for name, value in data.items() if name != "about"}
    return from_json(FoundJudgement, own | {"prints": own.pop("articles")})


def _members() -> type[Any]:
    types = get_type_hints(FoundJudgement)
    prints = types.pop("prints")
    return flat_type(FoundJudgement, {**types, "about": str | None, "articles": prints})


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
    as_object=_object,
    of_object=_of_object,
    object_type=_members(),
)
