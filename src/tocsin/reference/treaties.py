"""Treaties of mutual defence: who is whose ally on a day, and where that can be looked up.

Context beside what parties do to each other, never a verdict on it (`data/treaties.tsv`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from tocsin.lexicons.tables import given, listed, read_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty:
    """A treaty by which its parties help each other when one is attacked."""

    name: str
    check: str  #: where a reader can look up who is bound by it since when


@dataclass(frozen=True, slots=True, kw_only=True)
class _Membership:
    treaty: Treaty
    party: str
    since: str
    until: str | None

    def covers(self, day: date) -> bool:
        """Tell whether it binds the party on `day`; "1955" is all of that year."""
        return self.since <= day.isoformat() and (not self.until or day.isoformat() < self.until)


def allies_of(country: str, day: date) -> Mapping[str, tuple[Treaty, ...]]:
    """Return who is bound on `day` to help `country`, each with the treaties that say so.

    Codes are ISO alpha-3, `country` too; one that no treaty of the table binds has no allies.
    """
    allies: dict[str, tuple[Treaty, ...]] = {}
    for own in _of_party().get(country, ()):
        for other in _of_treaty()[own.treaty.name] if own.covers(day) else ():
            if other.party != country and other.covers(day):
                allies[other.party] = (*allies.get(other.party, ()), own.treaty)
    return allies


@cache
def _memberships() -> tuple[_Membership, ...]:
    return tuple(
        _Membership(
            treaty=Treaty(name=row["treaty"], check=row["check"]),
            party=party,
            since=row["since"],
            until=given(row["until"]),
        )
        for row in read_records("reference/data/treaties.tsv")
        for party in listed(row["parties"])
    )


@cache
def _of_party() -> Mapping[str, list[_Membership]]:
    found = defaultdict(list)
    for each in _memberships():
        found[each.party].append(each)
    return found


@cache
def _of_treaty() -> Mapping[str, list[_Membership]]:
    found = defaultdict(list)
    for each in _memberships():
        found[each.treaty.name].append(each)
    return found
