"""The code tables of other formats: CAMEO with Goldstein's scale, FIPS, Correlates of War, ISO.

The tables are in `data/` and in `lexicons/`, each with its origin in its header.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tocsin.lexicons.tables import given, listed, read_rows
from tocsin.lexicons.words import word_set
from tocsin.records import Place
from tocsin.reference.countries import load_countries

#: PLOVER's Kosovo is KOS; in ISO's user-assigned range, and in our reference, it is XKX.
_ISO = {"KOS": "XKX"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cameo:
    """One CAMEO event code with what GDELT derives from it."""

    code: str
    goldstein: float

    @property
    def base(self) -> str:
        """The first three digits: the code without its last level."""
        return self.code[:3]

    @property
    def root(self) -> str:
        """The first two digits, 01 to 20."""
        return self.code[:2]

    @property
    def quad(self) -> int:
        """1 verbal and 2 material cooperation, 3 verbal and 4 material conflict, by the root.

        GDELT's classes; PLOVER sets some types elsewhere (PROTEST is 4 in both, RETREAT 2).
        """
        number = int(self.root)
        return 1 if number <= 5 else 2 if number <= 8 else 3 if number <= 13 else 4


def cameo_of(type: str, mode: str | None, contexts: Collection[str]) -> Cameo:
    """Return the CAMEO code of PLOVER's `type` and `mode`; see `data/plover_cameo.tsv`.

    A context decides when it is the only one to point to another code; else the general code holds.
    A mode that the type does not have counts as none.

    Raises:
        KeyError: PLOVER has no such type.
    """
    table = _read_cameo()
    if (type, mode, None) not in table:
        mode = None
    narrower = {table.get((type, mode, context)) for context in contexts} - {None}
    found = narrower.pop() if len(narrower) == 1 else None
    return found or table[type, mode, None]


def columns_of(file: str) -> tuple[str, ...]:
    """Return the names of the columns of another format's file, in their order."""
    formats = read_rows("lexicons/event_files.tsv", "file columns")
    return next(listed(names) for each, names in formats if each == file)


def cameo_actor(country: str | None, sector: str | None) -> tuple[str, str, str, str]:
    """Return CAMEO's country, known group and type for PLOVER's country, and its sector's type."""
    known = _read_actors()
    of_country = known.get(("country", country or ""), (country or "", "", ""))
    return *of_country, known.get(("sector", sector or ""), ("", "", ""))[2]


def fips_of(country: str | None) -> str:
    """Return the FIPS 10-4 code of a country given as alpha-3; empty when there is none."""
    return _read_countries().get(_alpha3(country), ("", ""))[0]


def fips_at(place: Place) -> str:
    """Return the FIPS 10-4 code of where `place` lies: the Gaza Strip has one of its own."""
    name = place.name.lower().replace(" ", "_")
    strip = place.country == "PSE" and name in word_set("gaza_strip")
    return "GZ" if strip else fips_of(place.country)


def cow_of(country: str | None) -> int | None:
    """Return the Correlates of War number of a state given as alpha-3; None for all else."""
    number = _read_countries().get(_alpha3(country), ("", ""))[1]
    return int(number) if number else None


def alpha2_of(country: str | None) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country given as alpha-3; empty for bodies."""
    known = load_countries().by_code.get(_alpha3(country))
    return known.alpha2 if known else ""


def country_name(country: str | None) -> str:
    """Return the English name of a country given as alpha-3; empty for what is none."""
    known = load_countries().by_code.get(_alpha3(country))
    return known.name if known and known.alpha2 else ""


def _alpha3(country: str | None) -> str:
    return _ISO.get(country or "", country or "")


@cache
def _read_cameo() -> Mapping[tuple[str, str | None, str | None], Cameo]:
    goldstein = read_rows("lexicons/cameo.tsv", "code goldstein")
    values = {code: float(value) for code, value in goldstein}
    return {
        (name, given(mode), given(context)): Cameo(code=code, goldstein=values[code])
        for name, mode, context, code in _rows("plover_cameo", "type mode context cameo")
    }


@cache
def _read_actors() -> Mapping[tuple[str, str], tuple[str, str, str]]:
    rows = _rows("cameo_actors", "of plover country group type")
    return {(of, code): (where, group, role) for of, code, where, group, role in rows}


@cache
def _read_countries() -> Mapping[str, tuple[str, str]]:
    return {alpha3: (fips, cow) for alpha3, fips, cow in _rows("countries", "alpha3 fips cow")}


def _rows(name: str, columns: str) -> Iterator[tuple[str, ...]]:
    return read_rows(f"publish/exports/data/{name}.tsv", columns)
