"""Partings: what changes when two texts that share words are not compared any more.

Of a common key each text is compared with its neighbours alone, so each text that comes drives
dozens of pairs apart.  Nearly always it stands between the two itself, and nothing else changes;
that is looked at first, since to work out the families and passages of the two takes much longer.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache

from tocsin.records import Span
from tocsin.store.pending import add_pending, mark_found
from tocsin.store.tables import Connection, read_column, read_value
from tocsin.together.texts.families import joins_family, page_of
from tocsin.together.texts.passages import Outlet, outlet_of, same_stretch

#: Two texts, the smaller id first.
Pair = tuple[str, str]

#: Where in a text a passage stands.
Stretch = tuple[Span, ...]


class Parting:
    """Parts pairs, and notes what has to be worked out anew; what it knows of a text it asks once.

    All pairs that are new must be there: what ties two texts otherwise is looked for among them.
    """

    def __init__(self, connection: Connection) -> None:
        """Write through `connection`."""
        self._connection = connection
        self._outlets = cache(self._read_outlets)
        self._pages = cache(self._read_pages)

    def part(self, pairs: Iterable[Pair]) -> None:
        """Remove what the texts of each pair share, where it is there."""
        shared = []
        was = "DELETE FROM copies WHERE one = ? AND other = ? RETURNING kind, record"
        for pair in pairs:
            for kind, record in self._connection.execute(was, pair).fetchall():
                joined = joins_family(kind, same_address=self.share_address(pair))
                if joined and not self._are_tied(pair):
                    self._note_families(pair)
                if kind == "passage":
                    shared.append(pair)
                    kept = read_value(self._connection, _IN_PASSAGES, *pair)
                    if kept or not self._is_bridged(pair, places_of(record)):
                        add_pending(self._connection, "passage", pair)
        note_sharing(self._connection, shared)

    def share_address(self, pair: Pair) -> bool:
        """Say whether both texts were printed at one address."""
        one, other = map(self._pages, pair)
        return not one.isdisjoint(other)

    def _are_tied(self, pair: Pair) -> bool:
        """Say whether copies lead from the one to the other still, as far as that is soon found."""
        one, other = pair
        if read_value(self._connection, _COPY_OF_BOTH, *pair):
            return True
        seen, left = {one}, deque([one])
        while left and len(seen) <= _MOST_SEEN:
            new = set(read_column(self._connection, _COPIES, left.popleft())) - seen
            if other in new:
                return True
            seen |= new
            left += new
        return False

    def _note_families(self, pair: Pair) -> None:
        """Note the two, and that their families may have fallen apart."""
        add_pending(self._connection, "family", pair)
        families = "SELECT 'parted', family FROM texts WHERE id IN (?) AND family IS NOT NULL"
        mark_found(self._connection, families, pair)

    def _is_bridged(self, pair: Pair, places: tuple[Stretch, Stretch]) -> bool:
        """Say whether another text ties the two by the very same passage.

        All three must be of different outlets and families, so that it went from one to the other.
        """
        for third, *records in self._connection.execute(_SHARED_WITH_BOTH, pair):
            sides = zip(pair, map(places_of, records), strict=True)
            (first, here), (last, there) = (
                shared if text_id < third else shared[::-1] for text_id, shared in sides
            )
            if (first, last) == places and same_stretch(here, there):
                ours, theirs, between = map(self._outlets, (*pair, third))
                if _are_apart(ours, between) and _are_apart(between, theirs):
                    return True
        return False

    def _read_outlets(self, text_id: str) -> frozenset[str | None]:
        """Return the names and domains of the outlets that print a text; None of one not known."""
        prints = "SELECT outlet, url FROM articles WHERE text_id = ?"
        known = (outlet_of(*each) for each in self._connection.execute(prints, (text_id,)))
        return frozenset(_marks(known))

    def _read_pages(self, text_id: str) -> frozenset[object]:
        urls = "SELECT DISTINCT url FROM articles WHERE text_id = ? AND url IS NOT NULL"
        return frozenset(map(page_of, read_column(self._connection, urls, text_id)))


def _marks(outlets: Iterable[Outlet]) -> Iterator[str | None]:
    for name, domain in outlets:
        yield from filter(None, (name, domain))
        if not (name or domain):
            yield None


def _are_apart(one: frozenset[str | None], other: frozenset[str | None]) -> bool:
    """Say whether two texts are surely of different outlets."""
    return None not in one | other and one.isdisjoint(other)


#: A passage in the JSON of a `CopyMatch`, as `as_json` writes it.
_PASSAGE = re.compile(r'\{"one":\[(\d+),(\d+)\],"other":\[(\d+),(\d+)\]\}')


def places_of(record: str) -> tuple[Stretch, Stretch]:
    """Return where in the one text and where in the other a `CopyMatch` in JSON has passages.

    Nothing else is asked of dozens for each text of a crisis day: to read all of it takes six
    times as long.
    """
    found = [(*map(int, passage),) for passage in _PASSAGE.findall(record)]
    return tuple([(a, b) for a, b, _, _ in found]), tuple([(c, d) for _, _, c, d in found])


#: Copies among which a way from one text to another is looked for.  Most often both have a copy
#: in common; where none of so many does, their family is followed text by text.
_MOST_SEEN = 200

_COPIES = """
SELECT other FROM copies WHERE one = ?1 AND kind <> 'passage'
UNION ALL SELECT one FROM copies WHERE other = ?1 AND kind <> 'passage'
"""

#: Whether a third text is a copy of both.
_COPY_OF_BOTH = """
SELECT 1 FROM copies a JOIN copies b ON b.one = a.other AND b.other = ?2
WHERE a.one = ?1 AND a.kind <> 'passage' AND b.kind <> 'passage'
UNION ALL
SELECT 1 FROM copies a JOIN copies b ON b.one = ?2 AND b.other = a.other
WHERE a.one = ?1 AND a.kind <> 'passage' AND b.kind <> 'passage'
UNION ALL
SELECT 1 FROM copies a JOIN copies b ON b.one = a.one AND b.other = ?2
WHERE a.other = ?1 AND a.kind <> 'passage' AND b.kind <> 'passage'
LIMIT 1
"""

#: Texts that share passages with both, of another family than either; those between them, in the
#: order of ids, first: what has just driven them apart stands there.
_SHARED_WITH_BOTH = """
SELECT t.id, a.record, b.record FROM copies a JOIN copies b ON b.one = a.other AND b.other = ?2
JOIN texts t ON t.id = a.other
WHERE a.one = ?1 AND a.kind = 'passage' AND b.kind = 'passage' AND {apart}
UNION ALL
SELECT t.id, a.record, b.record FROM copies a JOIN copies b ON b.one = ?2 AND b.other = a.other
JOIN texts t ON t.id = a.other
WHERE a.one = ?1 AND a.kind = 'passage' AND b.kind = 'passage' AND {apart}
UNION ALL
SELECT t.id, a.record, b.record FROM copies a JOIN copies b ON b.one = a.one AND b.other = ?2
JOIN texts t ON t.id = a.one
WHERE a.other = ?1 AND a.kind = 'passage' AND b.kind = 'passage' AND {apart}
""".format(
    apart="(t.family IS NULL OR NOT EXISTS"
    " (SELECT 1 FROM texts o WHERE o.id IN (?1, ?2) AND o.family = t.family))"
)

#: Whether one of two texts is of a family with passages.
_IN_PASSAGES = """
SELECT 1 FROM family_members m JOIN family_members p INDEXED BY family_members_passages
  ON p.family = m.family AND p.role = 'passage' WHERE m.text_id IN (?1, ?2) LIMIT 1
"""

#: What both texts of a pair tell has one voice less by what they share.  The plus has SQLite look
#: among what the two texts tell: thousands may tell the same.
_BOTH_TELL = """
SELECT {what} FROM json_each(?) p JOIN events a ON a.text_id = json_extract(p.value, '$[0]')
JOIN events b ON b.text_id = json_extract(p.value, '$[1]') AND +b.reported = +a.reported
"""

#: Those of two texts whose words the other printed before they, and all copies of theirs, came.
_CONCERNED = """
WITH pairs (text_id, other) AS MATERIALIZED (
  SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?1)
  UNION ALL SELECT json_extract(value, '$[1]'), json_extract(value, '$[0]') FROM json_each(?1)
), firsts (family, day) AS MATERIALIZED (
  SELECT family, min(day) FROM texts WHERE family IN
    (SELECT t.family FROM pairs p JOIN texts t ON t.id = p.text_id) GROUP BY family
)
SELECT DISTINCT 'family', t.id FROM pairs p JOIN texts t ON t.id = p.text_id
JOIN texts o ON o.id = p.other LEFT JOIN firsts f ON f.family = t.family
WHERE o.day < coalesce(f.day, t.day, '9')
"""


def as_pairs(pairs: Iterable[Pair]) -> str:
    """Return pairs as what ``json_each(?)`` reads."""
    return json.dumps(sorted(pairs))


def note_sharing(connection: Connection, pairs: Iterable[Pair]) -> None:
    """Note what depends on whether these pairs share a passage, but for who prints it.

    That are the voices of what both tell, and the days by which their events are filed: those of
    a text may be filed by the day of the other.
    """
    given = as_pairs(pairs)
    mark_found(connection, _BOTH_TELL.format(what="'event', a.reported"), given)
    mark_found(connection, _BOTH_TELL.format(what="'block', a.block"), given)
    mark_found(connection, _CONCERNED, given)
