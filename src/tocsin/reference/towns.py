"""Towns: the gazetteer `lexicons/places.tsv` (GeoNames, CC BY 4.0), and the states of the USA.

`lexicons/town_names.tsv` has what the press calls a town that is written otherwise there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from tocsin.lexicons.letters import fold
from tocsin.lexicons.tables import given, listed, read_rows


@dataclass(frozen=True, slots=True)
class Town:
    """One town of the gazetteer."""

    name: str
    country: str  #: ISO 3166-1 alpha-3
    latitude: float
    longitude: float
    thousands: int  #: of people
    state: str | None = None  #: of the United States, by its postal code


@lru_cache(maxsize=4096)
def towns_named(name: str) -> tuple[Town, ...]:
    """Return the towns called so, the most populous first."""
    return _load_towns().get(_folded(name), ())


def country_of_town(name: str) -> str | None:
    """Return the country of the town called so; None where no town is, or some of several."""
    countries = {town.country for town in towns_named(name)}
    return countries.pop() if len(countries) == 1 else None


@cache
def _load_towns() -> Mapping[str, tuple[Town, ...]]:
    """Return the towns by folded name, the most populous first."""
    towns: dict[str, list[Town]] = defaultdict(list)
    columns = "name country latitude longitude thousands state"
    for name, country, north, east, thousands, state in read_rows("lexicons/places.tsv", columns):
        town = Town(name, country, float(north), float(east), int(thousands), given(state))
        towns[_folded(name)].append(town)
    for names, country, name in read_rows("lexicons/town_names.tsv", "names country town"):
        meant = [each for each in towns[_folded(name)] if each.country == country]
        for written in map(_folded, listed(names)):
            towns[written] += [each for each in meant if each not in towns[written]]
    return {k: tuple(sorted(v, key=lambda t: -t.thousands)) for k, v in towns.items()}


@cache
def load_states() -> Mapping[str, str]:
    """Return the postal codes of the states of the United States by all that they are called."""
    rows = read_rows("lexicons/states.tsv", "code name abbreviations")
    return {word: code for code, name, short in rows for word in (code, name, *listed(short))}


def _folded(name: str) -> str:
    return fold(name).replace("-", " ")
