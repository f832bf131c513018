"""Months: what a store holds of one, and by what it can be told that this has changed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from tocsin.store.conditions import Ends
from tocsin.store.cursors import Slice
from tocsin.store.kinds.kind import Kind
from tocsin.store.orders import Order
from tocsin.store.queries import Listed
from tocsin.store.tables import Connection

#: A month, like 2024-10; None: of what has no day.
Month = str | None

_OLDEST = Order(name="oldest", help="", rising=True)
_DATED = (None, "")  #: the place behind all that has a day
_BITS = 256

#: For each list that is kept by day: day, and all that its rows are made of.  What several articles
#: print has a row here for each.  A kind that comes to show more needs more here.
_MADE_OF: Mapping[str, tuple[str, ...]] = {
    "events": (
        "SELECT day, record FROM reported_events",
        """
        SELECT r.day, r.id, e.record, e.told, e.voice, t.id, t.day, t.family, s.record, {print}
        FROM reported_events AS r CROSS JOIN events AS e ON e.reported = r.id
        CROSS JOIN texts AS t ON t.id = e.text_id CROSS JOIN articles AS a ON a.text_id = t.id
        LEFT JOIN statements AS s ON s.id = e.asserted_by WHERE e.voice IS NOT NULL
        """,
    ),
    "statements": (
        """
        SELECT f.day, f.record, f.said, f.quotation, {print}
        FROM statements AS f CROSS JOIN articles AS a ON a.text_id = f.text_id
        """,
    ),
    "quotations": (
        """
        SELECT f.day, f.record, {print} FROM quotations AS f
        CROSS JOIN json_each(f.record, '$.articles') AS j CROSS JOIN articles AS a ON a.id = j.value
        """,
    ),
    "findings": (
        """
        SELECT f.day, f.id, f.record, {print}
        FROM findings AS f LEFT JOIN articles AS a ON a.text_id = f.text_id
        """,
    ),
    "office_claims": (
        """
        SELECT f.day, f.verdict, f.record, {print}
        FROM office_claims AS f CROSS JOIN articles AS a ON a.text_id = f.text_id
        """,
    ),
    "articles": (
        """
        SELECT a.published, {print}, a.origin, a.published_from, t.id, t.family, t.language
        FROM articles AS a CROSS JOIN texts AS t ON t.id = a.text_id
        """,
    ),
}
_PRINT = "a.id, a.title, a.outlet, a.url, a.published"

#: The lists that are kept by day.
LISTS = tuple(_MADE_OF)


def read_states(connection: Connection, name: str) -> dict[Month, str]:
    """Return for each month of a list of `LISTS` a digest of all that its rows are made of.

    No record is made of them and nothing is sorted: a state is the sum of its rows' digests.
    """
    sums: dict[Month, int] = defaultdict(int)
    for sql in _MADE_OF[name]:
        for row in connection.execute(sql.format(print=_PRINT)):
            digest = hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=32)
            sums[row[0] and row[0][:7]] += int.from_bytes(digest.digest())
    return {month: f"{total % (1 << _BITS):064x}" for month, total in sums.items()}


def find_in_month(
    connection: Connection, kind: Kind[Any], asked: Mapping[str, Any], month: Month
) -> Iterator[Any]:
    """Yield what the source of a kind finds of a month, the rows of a list oldest first."""
    values, days = kind.read_filters(asked), (f"{month}-01", f"{month}-31")
    if isinstance(kind.source, Listed):
        ends = [] if month is None else [Ends(lowest=days[0], highest=days[1])]
        after = _DATED if month is None else None
        parts, piece = kind.parts(connection, values), Slice(after=after, order=_OLDEST)
        found = kind.source.find(connection, [*parts, *ends], piece)
    elif month is None:
        return  # only what has a day is summed up
    else:
        within = dict(zip(("since", "until"), days, strict=True))
        found = kind.source.find(connection, kind.parts(connection, values | within), Slice())
    yield from (each for _, each in found)
