"""Families of texts: what hangs together by `copies`, and on which day it was first published."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from tocsin.records import Article, CopyMatch, Event, Family, Passage
from tocsin.store.fromjson import from_json
from tocsin.store.identity import give_id
from tocsin.store.pending import add_pending, as_list
from tocsin.store.rows import as_json
from tocsin.together.events.corroboration import block_of
from tocsin.together.texts.copies import shared
from tocsin.together.texts.families import (
    earliest_text,
    joins_family,
    resolve_family,
    same_address,
)


def settle_families(connection: sqlite3.Connection, keys: Sequence[str]) -> None:
    """Work out the families of the texts in `keys`, or of all texts of a family in `keys`."""
    seen: set[str] = set()
    for text_id in _texts(connection, keys):
        if text_id not in seen:
            members = _component(connection, text_id)
            seen |= members
            _settle_family(connection, sorted(members))
            connection.execute(  # the whole family is done, however many of its texts are new
                "DELETE FROM pending WHERE kind = 'family'"
                " AND key IN (SELECT value FROM json_each(?))",
                (as_list(members),),
            )
    for family_id in _without_texts(connection, keys):
        drop_family(connection, family_id)


def _without_texts(connection: sqlite3.Connection, keys: Iterable[str]) -> list[str]:
    """Return the families of copies among `keys` of which all texts were forgotten."""
    rows = connection.execute(
        "SELECT id FROM families WHERE id IN (SELECT value FROM json_each(?)) AND articles > 1"
        " AND NOT EXISTS (SELECT 1 FROM texts WHERE family = families.id)",
        (as_list(keys),),
    )
    return [family_id for (family_id,) in rows]


def _texts(connection: sqlite3.Connection, keys: Iterable[str]) -> list[str]:
    rows = connection.execute(
        "SELECT id FROM texts WHERE id IN (SELECT value FROM json_each(:keys))"
        " UNION SELECT id FROM texts WHERE family IN (SELECT value FROM json_each(:keys))"
        " ORDER BY id",
        {"keys": as_list(keys)},
    )
    return [text_id for (text_id,) in rows]


def _component(connection: sqlite3.Connection, text_id: str) -> set[str]:
    """Return all texts to which matches that join families lead from `text_id`."""
    members, left = {text_id}, [text_id]
    while left:
        for other in _kin(connection, left.pop()):
            if other not in members:
                members.add(other)
                left.append(other)
    return members


def _kin(connection: sqlite3.Connection, text_id: str) -> Iterator[str]:
    rows = connection.execute(
        "SELECT other, kind FROM copies WHERE one = ?"
        " UNION ALL SELECT one, kind FROM copies WHERE other = ?",
        (text_id, text_id),
    )
    for other, kind in rows.fetchall():
        here = kind == "passage" and _share_address(connection, text_id, other)
        if joins_family(kind, same_address=here):
            yield other


def _share_address(connection: sqlite3.Connection, one: str, other: str) -> bool:
    return any(same_address(a, b) for a in _urls(connection, one) for b in _urls(connection, other))


def _urls(connection: sqlite3.Connection, text_id: str) -> list[str]:
    rows = connection.execute(
        "SELECT DISTINCT url FROM articles WHERE text_id = ? AND url IS NOT NULL", (text_id,)
    )
    return [url for (url,) in rows]


# --------------------------------------------------------------------------- one family


def _settle_family(connection: sqlite3.Connection, members: Sequence[str]) -> None:
    """Write the family of `members`, if it has several articles, and what depends on it."""
    articles = read_prints(connection, members)
    former = _former(connection, members)
    family = resolve_family(articles) if len(articles) > 1 else None
    family_id = family.id if family else None
    for each in former:
        left = connection.execute("SELECT id FROM texts WHERE family = ?", (each,)).fetchall()
        add_pending(connection, "family", (t for (t,) in left if t not in members))
        if each != family_id:
            drop_family(connection, each)
    connection.execute(
        "UPDATE texts SET family = ? WHERE id IN (SELECT value FROM json_each(?))"
        " AND family IS NOT ?",
        (family_id, as_list(members), family_id),
    )
    if family is not None:
        write_family(connection, family, members)
        give_id(connection, "family", family.id, (earliest_text(articles),), former=former)
    _note_passages(connection, members)
    _file_events(
        connection, members, min((a.published for a in articles if a.published), default=None)
    )


def write_family(connection: sqlite3.Connection, family: Family, copies: Sequence[str]) -> None:
    """Write a family; `copies` are its texts that are copies of each other, and no others are."""
    connection.execute(
        "INSERT INTO families (id, origin, agency, articles, passages, members, because, record)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET origin = excluded.origin,"
        " agency = excluded.agency, articles = excluded.articles, passages = excluded.passages,"
        " members = excluded.members, because = excluded.because, record = excluded.record",
        (
            family.id,
            family.origin,
            family.agency,
            len(family.articles),
            len(family.passages),
            len(family.articles) + len(family.passages),
            family.because,
            as_json(family),
        ),
    )
    connection.execute(
        "DELETE FROM family_members WHERE family = ? AND role = 'copy'"
        " AND text_id NOT IN (SELECT value FROM json_each(?))",
        (family.id, as_list(copies)),
    )
    connection.executemany(
        "INSERT INTO family_members (family, text_id, role) VALUES (?, ?, 'copy')"
        " ON CONFLICT (family, text_id) DO UPDATE SET role = 'copy' WHERE role <> 'copy'",
        ((family.id, text_id) for text_id in copies),
    )


def drop_family(connection: sqlite3.Connection, family_id: str) -> None:
    """Remove a family; who printed passages of it may print those of another one now."""
    connection.execute(
        "INSERT OR IGNORE INTO pending SELECT 'passage', text_id FROM family_members"
        " WHERE family = ? AND role = 'passage'",
        (family_id,),
    )
    connection.execute("DELETE FROM family_members WHERE family = ?", (family_id,))
    connection.execute("DELETE FROM families WHERE id = ?", (family_id,))


def _note_passages(connection: sqlite3.Connection, members: Sequence[str]) -> None:
    """Note the texts whose passages, or the families of these, must be worked out anew."""
    connection.execute(
        "INSERT OR IGNORE INTO pending SELECT 'passage', value FROM json_each(?1) WHERE"
        " EXISTS (SELECT 1 FROM copies WHERE one = value AND kind = 'passage')"
        " OR EXISTS (SELECT 1 FROM copies WHERE other = value AND kind = 'passage')"
        " OR EXISTS (SELECT 1 FROM family_members m JOIN family_members p ON p.family = m.family"
        "   AND p.role = 'passage' WHERE m.text_id = value)",
        (as_list(members),),
    )


def _former(connection: sqlite3.Connection, members: Sequence[str]) -> set[str]:
    rows = connection.execute(
        "SELECT DISTINCT family FROM texts WHERE id IN (SELECT value FROM json_each(?))"
        " AND family IS NOT NULL",
        (as_list(members),),
    )
    return {family for (family,) in rows}


def read_prints(connection: sqlite3.Connection, members: Iterable[str]) -> list[Article]:
    """Return the articles that print one of the texts, with what decides about their origin."""
    articles = []
    for text_id in members:
        text, published, form = connection.execute(
            "SELECT text, day, media_type FROM texts WHERE id = ?", (text_id,)
        ).fetchone()
        prints = connection.execute(
            "SELECT id, outlet, url FROM articles WHERE text_id = ? ORDER BY id", (text_id,)
        )
        day = date.fromisoformat(published) if published else None
        articles += [
            Article(id=key, text=text, outlet=outlet, url=url, published=day, media_type=form)
            for key, outlet, url in prints
        ]
    return articles


def _file_events(
    connection: sqlite3.Connection, members: Sequence[str], first: date | None
) -> None:
    """File events under the day on which they were first published; note what changed.

    That is the first day of the family, or of a text in which the same passage tells them.
    """
    for text_id in members:
        passages = _earlier_passages(connection, text_id, first)
        rows = connection.execute(
            "SELECT id, block, record FROM events WHERE text_id = ? ORDER BY id", (text_id,)
        )
        for event_id, block, record in rows.fetchall():
            event = from_json(Event, json.loads(record))
            day = next((d for d, match in passages if shared(match, event.words)), first)
            moved = block_of(event, day)
            add_pending(connection, "block", {block, moved})
            if moved != block:
                connection.execute("UPDATE events SET block = ? WHERE id = ?", (moved, event_id))


def _earlier_passages(
    connection: sqlite3.Connection, text_id: str, first: date | None
) -> list[tuple[date, CopyMatch]]:
    """Return what the text shares with texts published before `first`, the earliest first."""
    rows = connection.execute(
        "SELECT t.day, t.id, 'other', c.record FROM copies c JOIN texts t ON t.id = c.other"
        " WHERE c.one = :id AND t.day IS NOT NULL"
        " UNION ALL SELECT t.day, t.id, 'one', c.record FROM copies c JOIN texts t ON t.id = c.one"
        " WHERE c.other = :id AND t.day IS NOT NULL ORDER BY 1, 2",
        {"id": text_id},
    ).fetchall()
    found = []
    for day, _, side, record in rows:
        earlier = date.fromisoformat(day)
        if first is None or earlier < first:
            match = from_json(CopyMatch, json.loads(record))
            found.append((earlier, match if side == "other" else _swap(match)))
    return found


def _swap(match: CopyMatch) -> CopyMatch:
    """Return the match with its sides exchanged."""
    sides = (Passage(one=each.other, other=each.one) for each in match.passages)
    return replace(match, passages=tuple(sides))
