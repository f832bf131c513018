"""Events from elsewhere as relations: what the rows of a table mean, as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from tocsin.articles.days import FURTHEST, Order, order_in, read_stamp
from tocsin.errors import InputError
from tocsin.lexicons.plover import types, value_of
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.tables import read_rows
from tocsin.reference.offices import Reference
from tocsin.watch.detector import Bools, Ints, exposure_of
from tocsin.watch.event_tables import Column, Rows
from tocsin.watch.parties import INTERNATIONAL, find_parties
from tocsin.watch.relations import Relations

#: What stands for the type of an act that has none, and of one that is not known.
_OF_NO_TYPE, _UNKNOWN = -1, -2


def relations_of(rows: Rows, people: Reference, until: date | None = None) -> Relations:
    """Return the acts of a table up to a day, all as standing: it does not say who confirms them.

    Exposure is made of all events, those without known parties too.

    Raises:
        InputError: no row has a day, or none up to that day, or none an act that is known.
    """
    order: Order = ""
    for each in rows.parts["day"].values:
        order = order or order_in(each) or ""
    days = rows.parts["day"].take(lambda cell: _day_number(cell, order))
    dated = _dated(days)
    undated = int((~dated).sum())
    if not dated.any():
        raise refusal(InputError, "no_event_days", ", ".join(rows.parts["day"].values[:3]))
    if until is not None:
        dated &= days <= until.toordinal()
    if not dated.any():
        raise refusal(InputError, "nothing_until", until)
    rows.parts["act"] = _with_noughts(rows.parts["act"])
    kinds = rows.parts["act"].take(lambda act: _types().get(act.lower(), _UNKNOWN))
    unknown = kinds == _UNKNOWN
    if unknown.all():
        raise refusal(InputError, "no_event_acts", ", ".join(rows.parts["act"].values[:3]))
    parties, (actors, recipients) = _find_sides(rows, people)
    quads, scores = (
        np.array([*(getattr(value_of(each, None), part) for each in types()), 0, 0])[kinds]
        for part in ("quad", "score")
    )
    known = dated & (actors >= 0) & (recipients >= 0)
    several = np.isin(actors, [n for n, each in enumerate(parties) if each in INTERNATIONAL])
    kept = np.flatnonzero(known & (kinds >= 0) & ~(several & (actors == recipients)))
    kept = kept[np.argsort(days[kept], kind="stable")]
    span = range(int(days[dated].min()), int(days[dated].max()) + 1)
    in_half = _sides(rows)[0][-1].rows % 2 == 0
    totals, half = (
        np.bincount(days[some] - span[0], minlength=len(span)).astype(np.float64)
        for some in (dated, dated & in_half)
    )
    return Relations(
        parties=parties,
        span=span,
        exposure=exposure_of(totals, half),
        days=days[kept],
        actors=actors[kept],
        recipients=recipients[kept],
        types=kinds[kept],
        quads=quads[kept],
        scores=scores[kept].astype(np.float64),
        stands=np.ones(len(kept), dtype=np.bool_),
        event=lambda row: _act(rows, int(kept[row]), int(days[kept[row]])),
        left_out={
            "without a day": undated,
            "that could not be read": rows.unread,
            "of an act that is not known": int((dated & unknown).sum()),
            "of conflict without two known parties": int((dated & ~known & (quads >= 3)).sum()),
        },
    )


def _sides(rows: Rows) -> list[list[Column]]:
    """Return the columns of actor and of recipient, the country before the name."""
    return [
        [rows.parts[part] for part in (f"{side}_country", side) if part in rows.parts]
        for side in ("actor", "recipient")
    ]


def _find_sides(rows: Rows, people: Reference) -> tuple[tuple[str, ...], list[Ints]]:
    """Return all parties, and the number of actor and recipient in each row; -1 is none.

    A party is known by its country where the table has it, else by name.
    """
    sides = _sides(rows)
    names: Counter[str] = Counter()
    for column in (each for side in sides for each in side):
        names.update(dict(zip(column.values, np.bincount(column.rows).tolist(), strict=True)))
    found = find_parties(names, people)
    parties = tuple(sorted({*found.values()}))
    number = {name: parties.index(party) for name, party in found.items()}
    known = [[column.take(lambda name: number.get(name, -1)) for column in side] for side in sides]
    return parties, [np.where(each[0] < 0, each[-1], each[0]) for each in known]


def _day_number(cell: str, order: Order) -> int:
    day = read_stamp(cell, order)
    return day.toordinal() if day else -1


def _dated(days: Ints) -> Bools:
    """Tell which rows have a day that can be one of the table's."""
    middle = np.median(days[days >= 0]) if (days >= 0).any() else 0
    return np.asarray((days >= 0) & (np.abs(days - middle) <= FURTHEST))


@cache
def _types() -> Mapping[str, int]:
    """Return the number of PLOVER's type for each type, CAMEO code and CAMEO name in lower case.

    PLOVER has no type for CAMEO's statements and appeals.
    """
    numbers = {name: number for number, name in enumerate(types())}
    acts = {name.lower(): number for name, number in numbers.items()}
    for code, name, type_ in read_rows("lexicons/cameo.tsv", "code name type"):
        number = numbers.get(type_, _OF_NO_TYPE)
        acts |= dict.fromkeys((code, name.lower()), number)
    return acts


def _with_noughts(acts: Column) -> Column:
    """Give CAMEO codes their first noughts back where a spreadsheet took them: "18" is no "018"."""
    whole = {each: f"0{each}" for each in acts.values if f"0{each}" in _types()}
    lost = any(each not in _types() for each in whole)
    return Column(tuple(whole.get(each, each) for each in acts.values), acts.rows) if lost else acts


def _act(rows: Rows, row: int, day: int) -> Mapping[str, Any]:
    """Return the event in a row of the `day` as the table tells it."""
    cells = {part: column.values[column.rows[row]] for part, column in rows.parts.items()}
    sides = {side: cells.get(side) or cells[f"{side}_country"] for side in ("actor", "recipient")}
    return {
        "day": date.fromordinal(day),
        **sides,
        "act": cells["act"],
        "type": types()[_types()[cells["act"].lower()]],
    }
