"""Pairs of texts that share words: `copies`, from the keys in `sketches`.

Which pairs are compared depends on how many texts hold a key
(`together.texts.families.pair_holders`), so a text that comes can end the comparison of two others,
and one that goes can start it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import combinations, islice

from tocsin.store.pending import add_pending, mark_found, mark_told
from tocsin.store.rows import as_json
from tocsin.store.settle.parting import Pair, Parting, as_pairs, note_sharing
from tocsin.store.tables import Connection, Row, columns_of, insert_rows, read_column, read_value
from tocsin.together.texts.copies import WORDS_KEPT, match_texts
from tocsin.together.texts.families import (
    MOST_HOLDERS,
    NEIGHBOURS,
    joins_family,
    pair_holders,
)

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
    Parting(connection).part(_driven_apart(connection, pairs))


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


#: Pairs in `copies` that no key makes a pair to compare; see `pair_holders`.
_APART = """
WITH pairs (one, other) AS MATERIALIZED (
  SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:pairs)
), common AS MATERIALIZED (
  SELECT key FROM (SELECT DISTINCT key FROM sketches WHERE text_id IN (SELECT one FROM pairs)) AS k
  WHERE :most < (SELECT count(*) FROM
    (SELECT 1 FROM sketches s WHERE s.key = k.key LIMIT :most + 1))
)
SELECT p.one, p.other FROM pairs p JOIN copies c ON c.one = p.one AND c.other = p.other
WHERE NOT EXISTS (
  SELECT 1 FROM sketches a JOIN sketches b ON b.key = a.key AND b.text_id = p.other
  WHERE a.text_id = p.one AND (a.key NOT IN common OR :near >= (SELECT count(*) FROM
    (SELECT 1 FROM sketches s WHERE s.key = a.key AND s.text_id > p.one AND s.text_id <= p.other
     LIMIT :near + 1)))
) ORDER BY p.one, p.other
"""


def _driven_apart(connection: Connection, pairs: Iterable[Pair]) -> list[Pair]:
    """Return those of the pairs that have been compared, and would not be now."""
    given = {"pairs": as_pairs(pairs), "most": MOST_HOLDERS, "near": NEIGHBOURS}
    return connection.execute(_APART, given).fetchall()


# --------------------------------------------------------------------------- comparing


_TEXT = "SELECT text FROM texts WHERE id = ?"
_OWN = "SELECT one, other FROM copies WHERE one = ?1 OR other = ?1"

_KNOWN = """
SELECT c.one, c.other FROM json_each(?) p JOIN copies c
  ON c.one = json_extract(p.value, '$[0]') AND c.other = json_extract(p.value, '$[1]')
"""


def _compare(connection: Connection, pairs: Collection[Pair], new: Collection[str] = ()) -> None:
    """Match the pairs that are not in `copies` yet and keep what they share.

    Args:
        connection: the store.
        pairs: of texts.
        new: those of the texts that were compared with none before.
    """

    @lru_cache(maxsize=WORDS_KEPT)
    def text_of(text_id: str) -> str:
        text: str = read_value(connection, _TEXT, text_id)
        return text

    known = connection.execute(_KNOWN, (as_pairs(pairs),)).fetchall()
    rows: list[Row] = []
    # What each text of before is compared with comes together, so that its words are read once.
    new_last = partial(sorted, key=set(new).__contains__)
    for one, other in sorted(set(pairs).difference(known), key=new_last):
        match = match_texts(text_of(one), text_of(other))
        if match is not None:
            row = {"one": one, "other": other, "record": as_json(match)}
            rows.append(row | columns_of(match, "kind similarity"))
    insert_rows(connection, "copies", rows)
    _note_new(connection, {(row["one"], row["other"]): row["kind"] for row in rows}, new)


def _note_new(connection: Connection, kinds: Mapping[Pair, str], new: Collection[str]) -> None:
    """Note what changes with new pairs: with a passage, little but who else prints it.

    To look at the new one of two copies is enough: the other is found from there, and what it
    tells has another voice only where it comes to be of another family.
    """
    parting = Parting(connection)
    families, passages = set[str](), set[str]()
    for pair, kind in kinds.items():
        first = [each for each in pair if each in new] or list(pair)
        if kind == "passage":
            passages.add(first[0])
        if joins_family(kind, same_address=parting.share_address(pair)):
            families.update(first)
    add_pending(connection, "family", families)
    add_pending(connection, "passage", passages)
    note_sharing(connection, [pair for pair, kind in kinds.items() if kind == "passage"])


def _note_changed(connection: Connection, pair: Pair) -> None:
    """Note that families of both texts, and voices of what they tell, must be worked out anew."""
    add_pending(connection, "family", pair)
    for text_id in pair:
        mark_told(connection, text_id)
