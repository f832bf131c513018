"""Ahead: outlook, and then and now, of the pairs whose course a brief shows.

Both learn from all pairs of those concerned and of the parties that have most to do: on a store of
many parties all pairs of all would take longer than everything else together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from tocsin.watch.alarms import find_rings
from tocsin.watch.outlook import Outlook, Pair, look_ahead
from tocsin.watch.past import ThenAndNow, compare_with_past
from tocsin.watch.relations import Relations

#: Parties beside those concerned.
_BUSY = 30


def look_both_ways(
    relations: Relations, pairs: Sequence[Pair], concerned: Collection[str]
) -> tuple[tuple[Outlook, ...], ThenAndNow | None]:
    """Return the outlook of each pair, and what of the past is most like the first one now."""
    pairs = [pair for pair in pairs if {*pair} <= {*relations.parties}]
    if not pairs:
        return (), None
    among = _among(relations, concerned)
    rings = find_rings(among)
    outlooks = tuple(look_ahead(among, rings, pairs))
    return outlooks, compare_with_past(among, rings, *pairs[0])


def _among(relations: Relations, concerned: Collection[str]) -> Relations:
    """Return what those concerned and the busiest parties did to each other."""
    acts = np.bincount(
        np.concatenate((relations.actors, relations.recipients)), minlength=len(relations.parties)
    )
    busiest = np.argsort(-acts, kind="stable")[:_BUSY].tolist()
    named = [n for n, party in enumerate(relations.parties) if party in concerned]
    kept = np.isin(relations.actors, [*busiest, *named])
    kept &= np.isin(relations.recipients, [*busiest, *named])
    return relations.only(kept)
