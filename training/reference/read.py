"""Read the files of tenures as rows of one shape, whatever their origin."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

#: Origins from the most to the least trusted where they disagree.
ORIGINS = ("known", "recent", "wikidata", "factbook")

#: Until 2014 the Factbook came once a year and `last_seen` is 1 July by convention; the data of an
#: edition may be half a year older, so the holder is only sure to have been there on 1 January.
_LAST_YEARLY_EDITION = "2016"

#: An edition may lag behind a change of office by some weeks.
_FACTBOOK_LAG = timedelta(days=30)

#: The next holder printed within this many days after an edition succeeded directly.
_DIRECT_SUCCESSION = timedelta(days=45)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one line of one file says about one tenure.  Dates are ISO at their own precision."""

    origin: str
    country: str
    title: str
    person: str
    forms: tuple[str, ...] = ()
    wikidata: str = ""
    since: str = ""
    until: str = ""
    known_until: str = ""
    acting: bool = False
    note: str = ""
    role: str = ""  #: "chief of state" or "head of government" in the heads file


def read_all(folder: Path, known: Path) -> list[Row]:
    """Return the rows of every file in `folder` and of the files written from knowledge."""
    rows = list(read_heads(folder / "heads_of_state_and_government.csv"))
    rows += read_officials(folder / "officials.csv")
    for path in sorted((folder / "recent").glob("*.csv")):
        rows += read_recent(path, "recent")
    for path in sorted(known.glob("*.csv")):
        if path.name != "complete.csv":
            rows += read_recent(path, "known")
    return rows


def read_recent(path: Path, origin: str) -> Iterator[Row]:
    """Rows with name variants, notes and `known_until` for those still in office."""
    for line in _lines(path):
        people = line["person"].split("; ")
        forms = tuple(form.strip() for form in line["name_variants"].split(" / ") if form.strip())
        for title in line["office"].split("; "):
            for person in people:
                yield Row(
                    origin=origin,
                    country=line["country"],
                    title=title,
                    person=person,
                    forms=forms if len(people) == 1 else (),
                    since=line["start"],
                    until=line["end"],
                    known_until="" if line["end"] else line["known_until"],
                    acting=_is_acting(title, line["note"]),
                    note=line["note"],
                )


def _is_acting(title: str, note: str) -> bool:
    words = note.casefold()
    begins = ("acting", "interim", "caretaker", "officer in charge", "chargé", "first acting")
    return words.startswith(begins) or title.casefold().startswith(("acting", "interim"))


def read_officials(path: Path) -> Iterator[Row]:
    """Rows of the Wikidata file; a missing end means no more than that none is recorded."""
    for line in _lines(path):
        yield Row(
            origin="wikidata",
            country=line["country"],
            title=line["office"],
            person=line["person"],
            wikidata=line["wikidata"],
            since=_iso(line["start"]),
            until=_iso(line["end"]),
            known_until="" if line["end"] else line["as_of"],
            acting=line["office"].casefold().startswith(("acting", "interim")),
        )


def _iso(day: str) -> str:
    """`day` where it is a day, month or year; a decade ("2010s") says nothing useful."""
    return day if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day) else ""


def read_heads(path: Path) -> Iterator[Row]:
    """Rows of the Factbook file.

    `next_start` ends a tenure only where the holder was still seen shortly before it; else the
    end is unknown.  A start on 1 January is a year, except where everybody starts that day.
    """
    for line in _lines(path):
        until, known_until = _end_of(line)
        row = Row(
            origin="factbook",
            country=line["country"],
            title=line["title"],
            person=line["person"],
            forms=tuple(form for form in line["name_variants"].split(" / ") if _sound(form)),
            since=line["start"],
            until=until,
            known_until=known_until,
            acting=line["title"].startswith(("Acting", "Interim")),
            role=line["role"],
        )
        yield replace(row, since=_start_of(line))


def _sound(form: str) -> bool:
    """Whether a name form survived its encoding ("Luiz In cio LULA" did not)."""
    return bool(form) and all(len(word) > 2 or word[0].isupper() for word in form.split()[:1])


def _start_of(line: dict[str, str]) -> str:
    if line["start"].endswith("-01-01") and line["country"] not in {"CHE", "BRA"}:
        return line["start"][:4]
    return line["start"]


def _end_of(line: dict[str, str]) -> tuple[str, str]:
    """Return `until` and `known_until` of a line of the heads file; one of them is empty."""
    seen = _last_sure_day(line["last_seen"])
    next_start = line["next_start"]
    if not next_start:
        return "", max(seen, line["start"])
    if next_start <= line["last_seen"] or _days(next_start) - _days(seen) <= _DIRECT_SUCCESSION:
        return next_start, ""
    return "", max(seen, line["start"])


def _last_sure_day(edition: str) -> str:
    if edition < _LAST_YEARLY_EDITION:
        return f"{edition[:4]}-01-01"
    return (date.fromisoformat(edition) - _FACTBOOK_LAG).isoformat()


def _days(day: str) -> date:
    return date.fromisoformat((day + "-01-01")[:10] if len(day) < 7 else (day + "-01")[:10])


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            yield {key: (value or "").strip() for key, value in line.items() if key}
