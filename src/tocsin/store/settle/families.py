"""Families of texts: what hangs together by `copies`, and on which day it was first published."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from tocsin.records import Article, CopyMatch, Event, Family
from tocsin.store.fromjson import from_json, read_record
from tocsin.store.identity import give_id, hung_families
from tocsin.store.pending import add_pending, mark_found, mark_told
from tocsin.store.rows import as_json
from tocsin.store.tables import (
    Connection,
    as_list,
    columns_of,
    put_row,
    read_column,
    read_rows,
    read_value,
    run,
)
from tocsin.together.events.corroboration import block_of
from tocsin.together.texts.copies import shared
from tocsin.together.texts.families import (
    earliest_text,
    joins_family,
    page_of,
    resolve_family,
)
from tocsin.together.texts.passages import COUNTED

_TEXTS = """
SELECT id FROM texts WHERE id IN (?) UNION SELECT id FROM texts WHERE family IN (?) ORDER BY id
"""

_FORMER = "SELECT DISTINCT family FROM texts WHERE id IN (?) AND family IS NOT NULL"


def settle_families(connection: Connection, keys: Sequence[str]) -> None:
    """Work out the families of the texts in `keys`, or of all texts of a family in `keys`."""
    noted = {*keys, *read_column(connection, "SELECT key FROM pending WHERE kind = 'family'")}
    parted = set(read_column(connection, "SELECT key FROM pending WHERE kind = 'parted'"))
    seen: set[str] = set()
    for text_id in read_column(connection, _TEXTS, keys, keys):
        if text_id not in seen:
            members = _component(connection, text_id, noted, noted | parted)
            seen |= members
            _settle_family(connection, sorted(members), noted)
            # The whole family is done, however many of its texts are new.
            run(connection, "DELETE FROM pending WHERE kind = 'family' AND key IN (?)", members)
    without_texts = (
        "SELECT id FROM families WHERE id IN (?) AND articles > 1"
        " AND NOT EXISTS (SELECT 1 FROM texts WHERE family = families.id)"
    )
    for family_id in read_column(connection, without_texts, keys):
        drop_family(connection, family_id)


def _component(
    connection: Connection, text_id: str, noted: Container[str], loose: Container[str]
) -> set[str]:
    """Return all texts to which matches that join families lead from `text_id`.

    Most families hang together as they did: one is taken as a whole, and of its texts only those
    are looked at that are noted.  On a crisis day it is of hundreds.

    Args:
        connection: the store.
        text_id: a text.
        noted: texts that may lead on to others than their families.
        loose: families that may have fallen apart, which are followed text by text.
    """
    members, left, whole = {text_id}, [text_id], set[str]()
    while left:
        here = left.pop()
        family = read_value(connection, "SELECT family FROM texts WHERE id = ?", here)
        stands = family is not None and family not in loose
        if stands and family not in whole:
            whole.add(family)
            copies = set(read_column(connection, "SELECT id FROM texts WHERE family = ?", family))
            left += [each for each in copies - members if each in noted]
            members |= copies
        if here in noted or not stands:
            new = set(_kin(connection, here)) - members
            left += new
            members |= new
    return members


#: The texts that share words with a text, each with the addresses of its prints.
_KIN = """
WITH pairs (id, kind) AS (
  SELECT other, kind FROM copies WHERE one = ?1
  UNION ALL SELECT one, kind FROM copies WHERE other = ?1
)
SELECT id, kind, NULL FROM pairs WHERE kind <> 'passage'
UNION ALL SELECT p.id, p.kind, a.url FROM pairs p JOIN articles a ON a.text_id = p.id
  WHERE p.kind = 'passage' AND a.url IS NOT NULL
"""


def _kin(connection: Connection, text_id: str) -> Iterator[str]:
    urls = "SELECT DISTINCT url FROM articles WHERE text_id = ? AND url IS NOT NULL"
    pages = {page_of(url) for url in read_column(connection, urls, text_id)}
    for other, kind, url in connection.execute(_KIN, (text_id,)).fetchall():
        if joins_family(kind, same_address=page_of(url) in pages):
            yield other


# --------------------------------------------------------------------------- one family


#: As much of a family as the passages and the days of its texts depend on: how many texts it has,
#: its first day and whether all have one, and its agency.
_TRAITS = """
SELECT min(count(*), ?2), min(day), count(*) = count(day),
  (SELECT agency FROM families WHERE id = ?1)
FROM texts WHERE family = ?1
"""


def _settle_family(connection: Connection, members: Sequence[str], noted: Container[str]) -> None:
    """Write the family of `members`, if it has several articles, and what depends on it."""
    articles = read_prints(connection, members)
    former = read_column(connection, _FORMER, members)
    family = resolve_family(articles) if len(articles) > 1 else None
    family_id = family.id if family else None
    traits = connection.execute(_TRAITS, (family_id, COUNTED)).fetchone()
    for each in former:
        copies = read_column(connection, "SELECT id FROM texts WHERE family = ?", each)
        left = set(copies).difference(members)
        add_pending(connection, "family", left)
        add_pending(connection, "parted", [each] if left else ())
        if each != family_id:
            drop_family(connection, each)
    changed = _told_otherwise(connection, family, members)
    update = "UPDATE texts SET family = ? WHERE id IN (?) AND family IS NOT ?"
    run(connection, update, family_id, members, family_id)
    for text_id in changed:
        mark_told(connection, text_id)
    if family is not None:
        write_family(connection, family, members)
        former += hung_families(connection, members)
        give_id(connection, "family", family.id, (earliest_text(articles),), former=former)
    stands = traits == connection.execute(_TRAITS, (family_id, COUNTED)).fetchone()
    moved = list(members)
    if stands and family_id is not None and family_id not in noted:
        moved = sorted({*changed, *(each for each in members if each in noted)})
    _note_passages(connection, moved, changed, family_id)
    days = (article.published for article in articles if article.published)
    _file_events(connection, moved, min(days, default=None))


def _told_otherwise(
    connection: Connection, family: Family | None, members: Sequence[str]
) -> list[str]:
    """Return the members that are of another family now, or all where its agency is another."""
    agency = "SELECT agency FROM families WHERE id = ?"
    if family and read_value(connection, agency, family.id) != family.agency:
        return list(members)
    others = "SELECT id FROM texts WHERE id IN (?) AND family IS NOT ?"
    return read_column(connection, others, members, family.id if family else None)


def write_family(connection: Connection, family: Family, copies: Sequence[str]) -> None:
    """Write a family; `copies` are its texts that are copies of each other, and no others are."""
    row = {
        **columns_of(family, "id origin agency because"),
        "articles": len(family.articles),
        "passages": len(family.passages),
        "members": len(family.articles) + len(family.passages),
        "record": as_json(family),
    }
    put_row(connection, "families", "id", row)
    gone = "DELETE FROM family_members WHERE family = ? AND role = 'copy' AND text_id NOT IN (?)"
    run(connection, gone, family.id, copies)
    connection.executemany(
        "INSERT INTO family_members (family, text_id, role) VALUES (?, ?, 'copy')"
        " ON CONFLICT (family, text_id) DO UPDATE SET role = 'copy' WHERE role <> 'copy'",
        ((family.id, text_id) for text_id in copies),
    )


def drop_family(connection: Connection, family_id: str) -> None:
    """Remove a family; who printed passages of it may print those of another one now."""
    holders = "SELECT 'passage', text_id FROM family_members WHERE family = ? AND role = 'passage'"
    mark_found(connection, holders, family_id)
    connection.execute("DELETE FROM family_members WHERE family = ?", (family_id,))
    connection.execute("DELETE FROM families WHERE id = ?", (family_id,))


_SHARING = """
SELECT 'passage', value FROM json_each(?) WHERE
  EXISTS (SELECT 1 FROM copies WHERE one = value AND kind = 'passage')
  OR EXISTS (SELECT 1 FROM copies WHERE other = value AND kind = 'passage')
  OR EXISTS (SELECT 1 FROM family_members m JOIN family_members p INDEXED BY family_members_passages
    ON p.family = m.family AND p.role = 'passage' WHERE m.text_id = value)
"""

#: Texts of a family that share a passage with one of some others in it, which ties them no more.
_TIED = """
SELECT 'passage', t.id FROM json_each(?1) JOIN copies c ON c.one = value AND c.kind = 'passage'
JOIN texts t ON t.id = c.other WHERE t.family = ?2
UNION SELECT 'passage', t.id FROM json_each(?1) JOIN copies c ON c.other = value
  AND c.kind = 'passage' JOIN texts t ON t.id = c.one WHERE t.family = ?2
"""

#: A text of a family that was written without the passages that others have of it.
_PRINTED = """
SELECT 'passage', min(text_id) FROM family_members WHERE family = ? AND role = 'passage'
HAVING count(*) > 0
"""


def _note_passages(
    connection: Connection, moved: Sequence[str], changed: Sequence[str], family_id: str | None
) -> None:
    """Note the texts whose passages, or the families of these, must be worked out anew.

    Args:
        connection: the store.
        moved: the texts of which anything is not as it was, or their family is not.
        changed: those of another family now.
        family_id: the family that all are of, as it has just been written.
    """
    mark_found(connection, _SHARING, moved)
    mark_found(connection, _PRINTED, family_id)
    connection.execute(f"INSERT OR IGNORE INTO pending {_TIED}", (as_list(changed), family_id))


def read_prints(connection: Connection, members: Iterable[str]) -> list[Article]:
    """Return the articles that print one of the texts, with what decides about their origin."""
    prints = (
        "SELECT a.id, a.outlet, a.url, a.published_from, t.text, t.day AS published, t.media_type"
        " FROM texts t JOIN articles a ON a.text_id = t.id WHERE t.id IN (?) ORDER BY t.id, a.id"
    )
    return [from_json(Article, row) for row in read_rows(connection, prints, members)]


def _file_events(connection: Connection, members: Sequence[str], first: date | None) -> None:
    """File events under the day on which they were first published; note what changed.

    That is the first day of the family, or of a text in which the same passage tells them.
    """
    for text_id in members:
        passages = _earlier_passages(connection, text_id, first)
        rows = connection.execute(
            "SELECT id, block, record FROM events WHERE text_id = ? ORDER BY id", (text_id,)
        )
        for event_id, block, record in rows.fetchall():
            event = read_record(Event, record)
            days = (d for d, match, side in passages if shared(match, event.words, side=side))
            moved = block_of(event, next(days, first))
            if moved != block:
                mark_told(connection, text_id)
                add_pending(connection, "block", [moved])
                connection.execute("UPDATE events SET block = ? WHERE id = ?", (moved, event_id))


_SHARED = """
SELECT t.day, t.id, 'one', c.record FROM copies c JOIN texts t ON t.id = c.other
WHERE c.one = ?1 AND t.day < ?2
UNION ALL SELECT t.day, t.id, 'other', c.record FROM copies c JOIN texts t ON t.id = c.one
WHERE c.other = ?1 AND t.day < ?2 ORDER BY 1, 2
"""


def _earlier_passages(
    connection: Connection, text_id: str, first: date | None
) -> list[tuple[date, CopyMatch, Literal["one", "other"]]]:
    """Return what the text shares, on which side, with texts published before `first`, in order."""
    before = first.isoformat() if first else "9"
    return [
        (date.fromisoformat(day), read_record(CopyMatch, record), side)
        for day, _, side, record in connection.execute(_SHARED, (text_id, before)).fetchall()
    ]
