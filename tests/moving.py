"""A small store of acts on some days of forty, at places with and without coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.storm import keep, report_of
from tocsin.records import Naming, Place, Report

FIRST, LAST = date(2024, 3, 1), date(2024, 4, 9)

_PLACES: dict[str, tuple[str, float | None, float | None]] = {
    "Zinder": ("NER", 13.8, 8.99),
    "Abeche": ("TCD", 13.83, 20.83),
    "Dosso": ("NER", None, None),
}
_TALKS = {"type": "CONSULT", "quad": 1, "score": 3.0}
_NOBODY = {"speaker": "Ana Doru", "naming": Naming.ANONYMOUS}


def make_moving(folder: Path) -> Path:
    """Make the store: of two acts by Chad on Niger at Zinder one is on the first day."""
    return keep(folder, _reports())


def _reports() -> Iterator[Report]:
    yield _report(0, "Chad", "Niger", "Zinder")
    yield _report(3, "Chad", "Niger", "Zinder")
    yield _report(3, "Niger", "Chad", "Abeche")
    yield _report(10, "France", "Chad", "Abeche", **_TALKS)
    yield _report(20, "Chad", "Niger", "Dosso", **_NOBODY)
    yield _report(39, "Serbia", "Kosovo", "posts")


def _report(days: int, actor: str, recipient: str, where: str, **others: Any) -> Report:
    report = report_of(FIRST + timedelta(days), actor, recipient, where=where, **others)
    return at_place(report, where, *_PLACES[where]) if where in _PLACES else report


def at_place(
    report: Report, name: str, country: str, latitude: float | None, longitude: float | None
) -> Report:
    """Return the report with its event at the place that these words of it name."""
    start = report.article.text.index(name)
    place = Place(
        words=(start, start + len(name)),
        name=name,
        country=country,
        latitude=latitude,
        longitude=longitude,
    )
    return replace(report, events=tuple(replace(each, place=place) for each in report.events))
