"""Pairs of texts that share words: `copies`, from the keys in `sketches`.

Which pairs are compared depends on how many texts hold a key
(`together.texts.families.pair_holders`), so a text that comes can end the comparison of two others,
and one that goes can start it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tocsin.store.pending import add_pending, mark_found, mark_told
from tocsin.store.rows import as_json
from tocsin.store.tables import Connection, columns_of, insert_rows, read_column, read_value
from tocsin.together.texts.copies import match_texts
from tocsin.together.texts.families import MOST_HOLDERS, NEIGHBOURS, page_of, pair_holders

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
            _note_new(connection, (one, other), match.kind)


#: Those of two texts whose words the other printed before.
_CONCERNED = """
SELECT t.id FROM texts t JOIN texts o ON o.id = iif(t.id = ?1, ?2, ?1) WHERE t.id IN (?1, ?2)
  AND (o.day IS NOT NULL AND (t.day IS NULL OR o.day < t.day))
"""

#: What both texts tell, where they have one voice less by what they share.
_BOTH_TELL = """
SELECT a.reported, a.block FROM events a JOIN events b ON b.reported = a.reported
WHERE a.text_id = ? AND b.text_id = ?
"""


def _note_new(connection: Connection, pair: Pair, kind: str) -> None:
    """Note what changes with a new pair: of a passage, little but who else prints it."""
    if kind != "passage" or _share_address(connection, pair):
        _note_changed(connection, pair)
        return
    add_pending(connection, "passage", pair)
    add_pending(connection, "family", read_column(connection, _CONCERNED, *pair))
    for reported, block in connection.execute(_BOTH_TELL, pair).fetchall():
        add_pending(connection, "event", [reported])
        add_pending(connection, "block", [block])


def _share_address(connection: Connection, pair: Pair) -> bool:
    urls = "SELECT DISTINCT url FROM articles WHERE text_id = ? AND url IS NOT NULL"
    ours, theirs = (map(page_of, read_column(connection, urls, each)) for each in pair)
    return not set(ours).isdisjoint(theirs)


def _note_changed(connection: Connection, pair: Pair) -> None:
    """Note that families of both texts, and voices of what they tell, must be worked out anew."""
    add_pending(connection, "family", pair)
    for text_id in pair:
        mark_told(connection, text_id)
