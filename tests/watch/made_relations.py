"""Relations made by hand: acts as day, actor, recipient and type, on a span of days."""

from datetime import date

import numpy as np

from tocsin.lexicons.plover import types, value_of
from tocsin.watch.relations import Relations

FIRST = date(2021, 1, 1)


def relations_of(acts, days, gap=range(0)):
    """Return relations of `acts` (number of the day, actor, recipient, type); `gap` is not read."""
    rows = sorted(act for act in acts if act[0] not in gap)
    parties = tuple(sorted({party for _, *pair, _ in rows for party in pair}))
    numbers = {each: n for n, each in enumerate(types())}
    quads = [value_of(row[3], None).quad for row in rows]
    return Relations(
        parties=parties,
        span=range(FIRST.toordinal(), FIRST.toordinal() + days),
        exposure=np.array([float(day not in gap) for day in range(days)]),
        days=np.array([row[0] for row in rows], dtype=np.int64) + FIRST.toordinal(),
        actors=np.array([parties.index(row[1]) for row in rows], dtype=np.int64),
        recipients=np.array([parties.index(row[2]) for row in rows], dtype=np.int64),
        types=np.array([numbers[row[3]] for row in rows], dtype=np.int64),
        quads=np.array(quads, dtype=np.int64),
        scores=np.array([value_of(row[3], None).score for row in rows]),
        stands=np.ones(len(rows), dtype=np.bool_),
        event=lambda row: {"act": rows[row]},
    )
