"""Pairs of texts that share words: `copies`, from the keys in `sketches`.

Which pairs are compared depends on how many texts hold a key
(`together.texts.families.pair_holders`), so a text that comes can end the comparison of two others,
and one that goes can start it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tocsin.store.pending import add_pending, mark_found
from tocsin.store.rows import as_json
from tocsin.store.tables import Connection, columns_of, insert_rows, read_column, read_value
from tocsin.together.texts.copies import match_texts
from tocsin.together.texts.families import MOST_HOLDERS, NEIGHBOURS, pair_holders

Pair = tuple[str, str]


def note_gaps(connection: Connection, text_id: str) -> None:
    """Note what changes for other texts when this one is forgotten; call it before.

    Those that share words with it lose a voice or an earlier print, and those that stand around it
    in the row of a common key come nearer to each other.
    """
    pairs = "SELECT one, other FROM copies WHERE one = ?1 OR other = ?1"
    for pair in connection.execute(pairs, (text_id,)).fetchall():
        _note_changed(connection, pair)
    gaps = (
        "SELECT 'gap', s.key || ' ' || s.text_id FROM sketches s WHERE s.text_id = ? AND"
        " (SELECT count(*) FROM (SELECT 1 FROM sketches o WHERE o.key = s.key LIMIT ?)) > ?"
    )
    mark_found(connection, gaps, text_id, MOST_HOLDERS + 1, MOST_HOLDERS)


def settle_gaps(connection: Connection, gaps: Sequence[str]) -> None:
    """Compare the pairs that meet since a text between them is gone."""
    pairs: set[Pair] = set()
    for gap in gaps:
        key, _, text_id = gap.partition(" ")
        if _holds_most(connection, int(key)):
            pairs |= _straddling(connection, int(key), text_id)
        else:
            pairs |= set(pair_holders(_holders(connection, int(key))))
    _compare(connection, pairs)


def settle_texts(connection: Connection, texts: Sequence[str]) -> None:
    """Compare new texts with those that hold a key of theirs."""
    pairs: set[Pair] = set()
    crowded: set[str] = set()
    for text_id in texts:
        for key in _keys(connection, text_id):
            if _holds_most(connection, key):
                near = _before(connection, key, text_id, NEIGHBOURS)
                near += _after(connection, key, text_id, NEIGHBOURS)
                pairs |= {_pair(text_id, each) for each in near}
                crowded.add(text_id)
            else:
                pairs |= {_pair(text_id, each) for each in _holders(connection, key)}
    _compare(connection, {pair for pair in pairs if pair[0] != pair[1]})
    add_pending(connection, "key", crowded)
    add_pending(connection, "family", texts)


def settle_keys(connection: Connection, texts: Sequence[str]) -> None:
    """Drop pairs that new texts, which hold common keys, have driven too far apart.

    Nobody further away can be concerned: where a key has just become common, it had `MOST_HOLDERS`
    texts at most, and each of these has a new text within so many places.
    """
    near: set[str] = set()
    for text_id in texts:
        for key in _keys(connection, text_id):
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


def _keys(connection: Connection, text_id: str) -> list[int]:
    return read_column(connection, "SELECT key FROM sketches WHERE text_id = ?", text_id)


def _holders(connection: Connection, key: int) -> list[str]:
    return read_column(connection, "SELECT text_id FROM sketches WHERE key = ?", key)


def _holds_most(connection: Connection, key: int) -> bool:
    """Say whether more texts hold the key than are compared each with each."""
    query = "SELECT count(*) FROM (SELECT 1 FROM sketches WHERE key = ? LIMIT ?)"
    return int(read_value(connection, query, key, MOST_HOLDERS + 1)) > MOST_HOLDERS


_BEFORE = """
SELECT text_id FROM sketches WHERE key = ? AND text_id < ? ORDER BY text_id DESC LIMIT ?
"""
_AFTER = "SELECT text_id FROM sketches WHERE key = ? AND text_id > ? ORDER BY text_id LIMIT ?"


def _before(connection: Connection, key: int, text_id: str, most: int) -> list[str]:
    """Return the texts before `text_id` in the order of ids, the nearest first."""
    return read_column(connection, _BEFORE, key, text_id, most)


def _after(connection: Connection, key: int, text_id: str, most: int) -> list[str]:
    return read_column(connection, _AFTER, key, text_id, most)


def _straddling(connection: Connection, key: int, text_id: str) -> set[Pair]:
    """Return the pairs around a text that are at most `NEIGHBOURS` places apart without it."""
    before = _before(connection, key, text_id, NEIGHBOURS)
    after = _after(connection, key, text_id, NEIGHBOURS)
    return {(one, other) for i, one in enumerate(before) for other in after[: NEIGHBOURS - i]}


def _meet(connection: Connection, one: str, other: str) -> bool:
    """Say whether any key makes the two texts a pair to compare; see `pair_holders`."""
    keys = (
        "SELECT a.key FROM sketches a JOIN sketches b ON b.key = a.key AND b.text_id = ?"
        " WHERE a.text_id = ?"
    )
    return any(
        not _holds_most(connection, key) or other in _after(connection, key, one, NEIGHBOURS)
        for key in read_column(connection, keys, other, one)
    )


# --------------------------------------------------------------------------- comparing


_TEXT = "SELECT text FROM texts WHERE id = ?"


def _compare(connection: Connection, pairs: Iterable[Pair]) -> None:
    """Match the pairs that are not in `copies` yet and keep what they share."""
    known = "SELECT 1 FROM copies WHERE one = ? AND other = ?"
    for one, other in sorted(pairs):
        if read_value(connection, known, one, other):
            continue
        match = match_texts(*(read_value(connection, _TEXT, each) for each in (one, other)))
        if match is not None:
            row = {"one": one, "other": other, "record": as_json(match)}
            row |= columns_of(match, "kind similarity")
            insert_rows(connection, "copies", [row])
            _note_changed(connection, (one, other))


def _note_changed(connection: Connection, pair: Pair) -> None:
    """Note that families of both texts, and voices of what they tell, must be worked out anew."""
    add_pending(connection, "family", pair)
    for text_id in pair:
        mark_found(connection, "SELECT 'block', block FROM events WHERE text_id = ?", text_id)
