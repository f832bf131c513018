"""Office names of the files -> office ids of the reference."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from tocsin.lexicons.letters import fold
from tocsin.lexicons.words import word_set
from tocsin.reference.countries import Countries, load_countries
from tocsin.reference.titles import TitleReading, read_titles
from training.reference.read import Row

#: Parts of a body or state that stand in the files under the whole.
_WHOLE = {"EC": "EU", "EUCO": "EU", "EP": "EU", "PA": "PSE", "Taliban": "AFG", "UNHCR": "UN"}

#: Who the rows without a country belong to.
_UNNAMED = (
    ("of the United Nations", "UN"),
    ("to the United Nations", "UN"),
    ("International Court of Justice", "ICJ"),
    ("World Trade Organization", "WTO"),
    ("OSCE", "OSCE"),
    ("Council of Europe", "COE"),
    ("Arab Parliament", "LAS"),
)

_GROUPS = {
    "Houthi movement": "Houthi",
    "RSF (Sudan)": "RSF",
}

#: Titles of the heads file that are no role of their own.
_HEAD_KINDS = {
    "Governor General": "governor_general",
    "Governor-General": "governor_general",
    "Acting Governor General": "governor_general",
    "Governor": "governor",
    "Acting Governor": "governor",
    "Administrator": "governor",
    "Acting Administrator": "governor",
    "Coprince": "coprince",
    "Co-prince": "coprince",
}


def office_ids(row: Row) -> tuple[str, ...]:
    """Return the ids of the offices that `row` speaks of; never none."""
    if row.origin == "factbook":
        return (_head_office(row),)
    country = _country_of(row)
    for key in ((row.country, row.title), ("*", row.title)):
        if key in _corrections():
            return tuple(f"{country}:{each}" for each in _corrections()[key].split())
    return _read(row.title, country) or (f"{country}:other:{slug(row.title)}",)


def _head_office(row: Row) -> str:
    if row.title in _HEAD_KINDS:
        return f"{row.country}:{_HEAD_KINDS[row.title]}"
    if row.country == "IRN":
        return "IRN:supreme_leader" if row.role == "chief of state" else "IRN:head_of_government"
    if row.country == "PRK" and "Assembly" in row.title:
        return "PRK:parliament_speaker"
    if row.country == "PRK" and row.title != "Premier" and row.title != "Acting Premier":
        return "PRK:supreme_leader"
    if row.country == "AFG" and row.title == "Leader":
        return "AFG:supreme_leader"
    kind = "head_of_state" if row.role == "chief of state" else "head_of_government"
    return f"{row.country}:{kind}"


@cache
def _corrections() -> dict[tuple[str, str], str]:
    """Titles that the lexicon reads otherwise than the file means them, by country and title."""
    path = Path(__file__).parent / "corrections" / "titles.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {(line["country"], line["title"]): line["office"] for line in csv.DictReader(file)}


def _country_of(row: Row) -> str:
    if row.country:
        code = _countries().country_named(row.country) if len(row.country) > 3 else None
        return _GROUPS.get(row.country, code or row.country)
    return next((body for words, body in _UNNAMED if words in row.title), "UN")


@cache
def _read(title: str, country: str) -> tuple[str, ...]:
    plain = re.sub(r"\s*\([^)]*\)", "", title)
    for words in dict.fromkeys((title, plain)):
        ids = dict.fromkeys(
            office
            for reading in read_titles(words, countries=_countries(), country=country)
            if reading.country and not _too_loose(reading, country)
            for office in _ids_of(reading.kinds, reading.detail, reading.country, country)
        )
        if ids:
            return tuple(ids)
    return ()


def _too_loose(reading: TitleReading, country: str) -> bool:
    """Whether the leader of something in a state ("of the PKK") is read as the state's."""
    return (
        len(reading.kinds) > 1 and not reading.specific and len(country) == 3 and country.isupper()
    )


def _ids_of(kinds: tuple[str, ...], detail: str | None, found: str, country: str) -> list[str]:
    """The ids of one reading.  The file knows whose office it is; the reading only confirms it."""
    if not word_set("lumped_offices").isdisjoint(kinds):
        return []
    named = _WHOLE.get(found, found)
    if kinds[:1] == ("ambassador",) and not detail and named != country:
        detail = named
    tail = f":{detail}" if detail else ""
    return [f"{country}:{kind}{tail}" for kind in kinds[:1]]


@cache
def _countries() -> Countries:
    return load_countries()


def slug(title: str) -> str:
    """Return `title` as the last part of an id."""
    return re.sub(r"[^a-z0-9]+", "_", fold(title)).strip("_")
