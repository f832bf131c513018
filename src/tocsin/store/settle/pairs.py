"""Pairs of texts that share words: `copies`, from the keys in `sketches`.

Which pairs are compared depends on how many texts hold a key (`checks.families.pair_holders`), so
a text that comes can end the comparison of two others, and one that goes can start it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from tocsin.store.pending import add_pending
from tocsin.store.rows import as_json
from tocsin.together.texts.copies import match_texts
from tocsin.together.texts.families import MOST_HOLDERS, NEIGHBOURS, pair_holders

Pair = tuple[str, str]


def note_gaps(connection: sqlite3.Connection, text_id: str) -> None:
    """Note what changes for other texts when this one is forgotten; call it before.

    Those that share words with it lose a voice or an earlier print, and those that stand around it
    in the row of a common key come nearer to each other.
    """
    rows = connection.execute(
        "SELECT one, other FROM copies WHERE one = ? UNION SELECT one, other FROM copies"
        " WHERE other = ?",
        (text_id, text_id),
    )
    for pair in rows.fetchall():
        _note_changed(connection, pair)
    connection.execute(
        "INSERT OR IGNORE INTO pending SELECT 'gap', s.key || ' ' || s.text_id FROM sketches s"
        " WHERE s.text_id = ? AND"
        " (SELECT count(*) FROM (SELECT 1 FROM sketches o WHERE o.key = s.key LIMIT ?)) > ?",
        (text_id, MOST_HOLDERS + 1, MOST_HOLDERS),
    )


def settle_gaps(connection: sqlite3.Connection, gaps: Sequence[str]) -> None:
    """Compare the pairs that meet since a text between them is gone."""
    pairs: set[Pair] = set()
    for gap in gaps:
        key, _, text_id = gap.partition(" ")
        if _holds_most(connection, int(key)):
            pairs |= _straddling(connection, int(key), text_id, NEIGHBOURS)
        else:
            pairs |= set(pair_holders(_holders(connection, int(key))))
    _compare(connection, pairs)


def settle_texts(connection: sqlite3.Connection, texts: Sequence[str]) -> None:
    """Compare new texts with those that hold a key of theirs."""
    pairs: set[Pair] = set()
    crowded: set[str] = set()
    for text_id in texts:
        for (key,) in _keys(connection, text_id):
            if _holds_most(connection, key):
                pairs |= {_pair(text_id, each) for each in _neighbours(connection, key, text_id)}
                crowded.add(text_id)
            else:
                pairs |= {_pair(text_id, each) for each in _holders(connection, key)}
    _compare(connection, {pair for pair in pairs if pair[0] != pair[1]})
    add_pending(connection, "key", crowded)
    add_pending(connection, "family", texts)


def settle_keys(connection: sqlite3.Connection, texts: Sequence[str]) -> None:
    """Drop pairs that new texts, which hold common keys, have driven too far apart.

    Nobody further away can be concerned: where a key has just become common, it had `MOST_HOLDERS`
    texts at most, and each of these has a new text within so many places.
    """
    near: set[str] = set()
    for text_id in texts:
        for (key,) in _keys(connection, text_id):
            if _holds_most(connection, key):
                near.update(_before(connection, key, text_id, MOST_HOLDERS))
                near.update(_after(connection, key, text_id, MOST_HOLDERS))
    for one in sorted(near):
        rows = connection.execute("SELECT one, other FROM copies WHERE one = ?", (one,))
        for pair in rows.fetchall():
            if not _meet(connection, *pair):
                connection.execute("DELETE FROM copies WHERE one = ? AND other = ?", pair)
                _note_changed(connection, pair)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


# --------------------------------------------------------------------------- who holds a key


def _keys(connection: sqlite3.Connection, text_id: str) -> list[tuple[int]]:
    return connection.execute("SELECT key FROM sketches WHERE text_id = ?", (text_id,)).fetchall()


def _holders(connection: sqlite3.Connection, key: int) -> list[str]:
    rows = connection.execute("SELECT text_id FROM sketches WHERE key = ?", (key,))
    return [text_id for (text_id,) in rows]


def _holds_most(connection: sqlite3.Connection, key: int) -> bool:
    """Say whether more texts hold the key than are compared each with each."""
    query = "SELECT count(*) FROM (SELECT 1 FROM sketches WHERE key = ? LIMIT ?)"
    (count,) = connection.execute(query, (key, MOST_HOLDERS + 1)).fetchone()
    return int(count) > MOST_HOLDERS


def _before(connection: sqlite3.Connection, key: int, text_id: str, most: int) -> list[str]:
    """Return the texts before `text_id` in the order of ids, the nearest first."""
    rows = connection.execute(
        "SELECT text_id FROM sketches WHERE key = ? AND text_id < ? ORDER BY text_id DESC LIMIT ?",
        (key, text_id, most),
    )
    return [each for (each,) in rows]


def _after(connection: sqlite3.Connection, key: int, text_id: str, most: int) -> list[str]:
    rows = connection.execute(
        "SELECT text_id FROM sketches WHERE key = ? AND text_id > ? ORDER BY text_id LIMIT ?",
        (key, text_id, most),
    )
    return [each for (each,) in rows]


def _neighbours(connection: sqlite3.Connection, key: int, text_id: str) -> list[str]:
    before = _before(connection, key, text_id, NEIGHBOURS)
    return before + _after(connection, key, text_id, NEIGHBOURS)


def _straddling(connection: sqlite3.Connection, key: int, text_id: str, most: int) -> set[Pair]:
    """Return the pairs around a text that are at most `most` places apart without it."""
    before = _before(connection, key, text_id, most)
    after = _after(connection, key, text_id, most)
    return {
        (one, other)
        for i, one in enumerate(before, start=1)
        for j, other in enumerate(after)
        if i + j <= most
    }


def _meet(connection: sqlite3.Connection, one: str, other: str) -> bool:
    """Say whether any key makes the two texts a pair to compare; see `pair_holders`."""
    keys = connection.execute(
        "SELECT a.key FROM sketches a JOIN sketches b ON b.key = a.key AND b.text_id = ?"
        " WHERE a.text_id = ?",
        (other, one),
    ).fetchall()
    return any(
        not _holds_most(connection, key) or other in _after(connection, key, one, NEIGHBOURS)
        for (key,) in keys
    )


# --------------------------------------------------------------------------- comparing


def _compare(connection: sqlite3.Connection, pairs: Iterable[Pair]) -> None:
    """Match the pairs that are not in `copies` yet and keep what they share."""
    for one, other in sorted(pairs):
        known = connection.execute("SELECT 1 FROM copies WHERE one = ? AND other = ?", (one, other))
        if known.fetchone():
            continue
        match = match_texts(_text(connection, one), _text(connection, other))
        if match is not None:
            connection.execute(
                "INSERT INTO copies (one, other, kind, similarity, record) VALUES (?, ?, ?, ?, ?)",
                (one, other, match.kind, match.similarity, as_json(match)),
            )
            _note_changed(connection, (one, other))


def _note_changed(connection: sqlite3.Connection, pair: Pair) -> None:
    """Note that families of both texts, and voices of what they tell, must be worked out anew."""
    add_pending(connection, "family", pair)
    for text_id in pair:
        connection.execute(
            "INSERT OR IGNORE INTO pending SELECT 'block', block FROM events WHERE text_id = ?",
            (text_id,),
        )


def _text(connection: sqlite3.Connection, text_id: str) -> str:
    row = connection.execute("SELECT text FROM texts WHERE id = ?", (text_id,)).fetchone()
    return str(row[0])
