"""Pairs of texts that share words: `copies`, from the keys in `sketches`.

Which pairs are compared depends on how many texts hold a key
(`together.texts.families.pair_holders`), so a text that comes can end the comparison of two others,
and one that goes can start it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations, islice

from tocsin.store.pending import add_pending, mark_found, mark_told
from tocsin.store.rows import as_json
from tocsin.store.settle.parting import Pair, Parting, concerned, note_told_by_both
from tocsin.store.tables import Connection, columns_of, insert_rows, read_column, read_value
from tocsin.together.texts.copies import match_texts
from tocsin.together.texts.families import MOST_HOLDERS, NEIGHBOURS, pair_holders

#: Texts before and after another one in the row of a key.
_Sides = tuple[list[str], list[str]]


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


#: Those of some texts whose turn to be compared with others is to come.
_WAITING = "SELECT key FROM pending WHERE kind = 'text' AND key IN (?)"


def settle_texts(connection: Connection, texts: Sequence[str]) -> None:
    """Compare new texts with those that hold a key of theirs; with new ones at the turn of these.

    So two new ones are compared once.
    """
    pairs: set[Pair] = set()
    crowded: set[str] = set()
    for text_id in texts:
        for key in _keys(connection, text_id):
            if _holds_most(connection, key):
                before, after = _near(connection, key, text_id)
                pairs |= {_pair(text_id, each) for each in (*before, *after)}
                crowded.add(text_id)
            else:
                pairs |= {_pair(text_id, each) for each in _holders(connection, key)}
    both = {pair for pair in pairs if pair[0] != pair[1]}
    waiting = set(read_column(connection, _WAITING, {each for pair in both for each in pair}))
    _compare(connection, {pair for pair in both if waiting.isdisjoint(pair)}, new=texts)
    add_pending(connection, "key", crowded)
    add_pending(connection, "family", texts)


def settle_keys(connection: Connection, texts: Sequence[str]) -> None:
    """Drop pairs that new texts, which hold common keys, have driven too far apart.

    Where a key was common before, these stood around a new text; where it has just become common,
    they are all of those, few, that held it.
    """
    new = {*texts, *read_column(connection, "SELECT key FROM pending WHERE kind = 'key'")}
    common: dict[int, list[str]] = defaultdict(list)
    for text_id in texts:
        for key in _keys(connection, text_id):
            if _holds_most(connection, key):
                common[key].append(text_id)
    pairs: set[Pair] = set()
    for key, holders in common.items():
        before = list(islice(_others(_walk(connection, key), new), MOST_HOLDERS + 1))
        if len(before) <= MOST_HOLDERS:
            pairs.update(combinations(before, 2))
        else:
            for text_id in holders:
                pairs |= _straddling(connection, key, text_id, but=new)
    for text_id in texts:  # its own, of a run that was broken off before others came
        pairs.update(connection.execute(_OWN, (text_id,)))
    parting = Parting(connection)
    for pair in sorted(pairs):
        if read_value(connection, _KNOWN, *pair) and not _meet(connection, *pair):
            parting.part(pair)


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


_BACK = "SELECT text_id FROM sketches WHERE key = ? AND text_id < ? ORDER BY text_id DESC"
_ON = "SELECT text_id FROM sketches WHERE key = ? AND text_id > ? ORDER BY text_id"


def _walk(
    connection: Connection, key: int, text_id: str = "", *, back: bool = False
) -> Iterator[str]:
    """Yield the texts that hold a key, on or back from `text_id` in the order of ids."""
    rows = connection.execute(_BACK if back else _ON, (key, text_id))
    return (holder for (holder,) in rows)


def _others(texts: Iterator[str], but: Collection[str]) -> Iterator[str]:
    return (text_id for text_id in texts if text_id not in but)


def _near(connection: Connection, key: int, text_id: str, but: Collection[str] = ()) -> _Sides:
    """Return the `NEIGHBOURS` before and after a text, the nearest first, leaving out some."""
    sides = (_walk(connection, key, text_id, back=back) for back in (True, False))
    before, after = (list(islice(_others(side, but), NEIGHBOURS)) for side in sides)
    return before, after


def _straddling(
    connection: Connection, key: int, text_id: str, but: Collection[str] = ()
) -> set[Pair]:
    """Return the pairs around a text that are at most `NEIGHBOURS` places apart without it.

    Args:
        connection: the store.
        key: a key that the text holds, or held.
        text_id: the text.
        but: texts that are taken as not there.
    """
    before, after = _near(connection, key, text_id, but)
    return {(one, other) for i, one in enumerate(before) for other in after[: NEIGHBOURS - i]}


def _meet(connection: Connection, one: str, other: str) -> bool:
    """Say whether any key makes the two texts a pair to compare; see `pair_holders`."""
    keys = (
        "SELECT a.key FROM sketches a JOIN sketches b ON b.key = a.key AND b.text_id = ?"
        " WHERE a.text_id = ?"
    )
    return any(
        not _holds_most(connection, key) or other in _near(connection, key, one)[1]
        for key in read_column(connection, keys, other, one)
    )


# --------------------------------------------------------------------------- comparing


_TEXT = "SELECT text FROM texts WHERE id = ?"
_OWN = "SELECT one, other FROM copies WHERE one = ?1 OR other = ?1"
_KNOWN = "SELECT 1 FROM copies WHERE one = ? AND other = ?"


def _compare(connection: Connection, pairs: Iterable[Pair], new: Collection[str] = ()) -> None:
    """Match the pairs that are not in `copies` yet and keep what they share.

    Args:
        connection: the store.
        pairs: of texts.
        new: those of the texts that were compared with none before.
    """
    parting = Parting(connection)
    for one, other in sorted(pairs):
        if read_value(connection, _KNOWN, one, other):
            continue
        match = match_texts(*(read_value(connection, _TEXT, each) for each in (one, other)))
        if match is not None:
            row = {"one": one, "other": other, "record": as_json(match)}
            row |= columns_of(match, "kind similarity")
            insert_rows(connection, "copies", [row])
            shares = match.kind == "passage"
            joins = not shares or parting.share_address((one, other))
            _note_new(connection, (one, other), new, joins=joins, shares=shares)


def _note_new(
    connection: Connection, pair: Pair, new: Collection[str], *, joins: bool, shares: bool
) -> None:
    """Note what changes with a new pair: of a passage, little but who else prints it.

    To look at the new one of two copies is enough: the other is found from there, and what it
    tells has another voice only where it comes to be of another family.
    """
    first = [each for each in pair if each in new] or list(pair)
    if joins:
        add_pending(connection, "family", first)
    if shares:
        add_pending(connection, "passage", first[:1])
        add_pending(connection, "family", concerned(connection, pair))
        note_told_by_both(connection, pair)


def _note_changed(connection: Connection, pair: Pair) -> None:
    """Note that families of both texts, and voices of what they tell, must be worked out anew."""
    add_pending(connection, "family", pair)
    for text_id in pair:
        mark_told(connection, text_id)
