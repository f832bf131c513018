"""Wording: what pages call the values that filters and records have."""

from __future__ import annotations

_YES_OR_NO = {"true": "yes", "false": "no"}

#: Filters whose values are codes of countries.
_COUNTRIES = ("actor", "recipient", "country")


def words_for(name: str, value: str) -> str:
    """Return what pages call the `value` of a filter, or of a facet, of that name."""
    if name in _COUNTRIES:
        from tocsin.reference.countries import load_countries

        return load_countries().name_of(value)
    return _YES_OR_NO.get(value, value).replace("_", " ")
