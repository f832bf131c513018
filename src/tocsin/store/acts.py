"""Acts: what parties did to each other as the store has it, all at once, for those who count.

They are read in one walk over an index of `reported_pairs`, in the order of the days on which they
were first told; each event is read apart, when somebody asks what it was.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from tocsin.articles.days import FURTHEST
from tocsin.store.tables import Connection, run

#: Id of the reported event, day first told, actor and recipient by country, type, score, whether
#: it stands, and who alone tells it (see `reported_pairs`).
Act = tuple[str, str, str, str, str, float, int, str]

_ACTS = """
SELECT reported, told, actor, recipient, type, score, stands, speaker FROM reported_pairs
WHERE background = 0 AND actor <> '' AND recipient <> '' ORDER BY told
"""

_PARTIES = "SELECT reported, role, country, name FROM reported_parties"
_OF_CODES = f"{_PARTIES} WHERE role IN ('actor', 'recipient') AND country IN (?)"

#: A text counts once a day, and so do all copies of it.
_READ = """
SELECT day, outlet, count(*) FROM (
  SELECT a.published AS day, min(coalesce(a.outlet, '')) AS outlet FROM articles a
  LEFT JOIN family_members m ON m.text_id = a.text_id AND m.role = 'copy'
  WHERE a.published <= ? GROUP BY a.published, coalesce(m.family, a.text_id)
) GROUP BY day, outlet ORDER BY day, outlet
"""


def read_acts(connection: Connection) -> list[Act]:
    """Return the news between parties with PLOVER's codes, in the order in which it was told.

    An event is there once for each country of its actors with each of its recipients.
    """
    return run(connection, _ACTS).fetchall()


def read_named(connection: Connection, codes: Collection[str]) -> list[tuple[str, str, str, str]]:
    """Return reported event, role, country and name of the parties that have one of `codes`."""
    return run(connection, _OF_CODES, codes).fetchall()


def read_covered(connection: Connection, until: date | None = None) -> list[tuple[str, str, int]]:
    """Return how many articles of each day and outlet there are; copies count once a day.

    The earliest come first.  Days that can only be slips are left out: from one of them on, nearly
    all days would be uncovered ones.
    """
    read: list[tuple[str, str, int]] = run(connection, _READ, str(until or date.max)).fetchall()
    days = [date.fromisoformat(day).toordinal() for day, *_ in read]
    middle = days[len(days) // 2] if days else 0
    near = (abs(day - middle) <= FURTHEST for day in days)
    return [row for row, is_near in zip(read, near, strict=True) if is_near]
