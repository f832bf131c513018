"""Treaties of mutual defence: who is whose ally on a day, and where that can be looked up.

Context beside what parties do to each other, never a verdict on it (`data/treaties.tsv`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from tocsin.lexicons.tables import given, listed, read_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty:
    """A treaty by which its parties help each other when one is attacked."""

    name: str
    check: str  #: where a reader can look up who is bound by it, and since when


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joining:
    """Parties that a treaty has bound since the same day."""

    treaty: Treaty
    parties: tuple[str, ...]
    since: str
    until: str | None

    def covers(self, day: date) -> bool:
        """Tell whether it binds them on `day`; a year alone counts from its first day on."""
        return self.since <= day.isoformat() and (not self.until or day.isoformat() < self.until)


def allies_of(country: str, day: date) -> Mapping[str, tuple[Treaty, ...]]:
    """Return who is bound on `day` to help `country`, each with the treaties that say so.

    Codes are ISO alpha-3, `country` too; whom no treaty of the table binds has no allies.
    """
    bound = [each for each in _joinings() if each.covers(day)]
    own = {each.treaty.name for each in bound if country in each.parties}
    allies: dict[str, dict[str, Treaty]] = {}
    for each in bound:
        for party in each.parties if each.treaty.name in own else ():
            allies.setdefault(party, {})[each.treaty.name] = each.treaty
    allies.pop(country, None)
    return {party: tuple(treaties.values()) for party, treaties in allies.items()}


@cache
def _joinings() -> tuple[_Joining, ...]:
    return tuple(
        _Joining(
            treaty=Treaty(name=row["treaty"], check=row["check"]),
            parties=listed(row["parties"]),
            since=row["since"],
            until=given(row["until"]),
        )
        for row in read_records("reference/data/treaties.tsv")
    )
