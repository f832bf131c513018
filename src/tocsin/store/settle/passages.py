"""Who prints passages of a family: what hangs together by the passages in `copies`.

Worked out after the families of copies, for all passages that the changed texts hold, and then for
all families whose texts hold one of these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from tocsin.keys import family_key
from tocsin.lexicons.outlets import agency_of
from tocsin.records import Article, Family
from tocsin.spans import size
from tocsin.store.identity import give_id, hung_families
from tocsin.store.settle.families import read_prints, write_family
from tocsin.store.settle.parting import Pair, Stretch, places_of
from tocsin.store.tables import Connection, as_day, insert_rows, read_column, read_value, run
from tocsin.together.texts.credits import find_credits
from tocsin.together.texts.families import earliest_text, resolve_family
from tocsin.together.texts.passages import (
    Core,
    Holder,
    Outlet,
    add_holders,
    crosses_outlets,
    is_whole,
    make_family,
    make_passage_family,
    outlet_of,
    resolve_core,
    same_stretch,
)

#: The families in which passages of texts were known so far.
_STALE = """
SELECT family FROM (SELECT DISTINCT family FROM family_members WHERE text_id IN (?)) AS m
WHERE EXISTS (SELECT 1 FROM family_members AS p INDEXED BY family_members_passages
  WHERE p.family = m.family AND p.role = 'passage') ORDER BY 1
"""

#: Those of some texts that hold, or held, passages in other families than these.
_ELSEWHERE = """
SELECT DISTINCT m.text_id FROM family_members m WHERE m.text_id IN (?) AND m.family NOT IN (?)
  AND EXISTS (SELECT 1 FROM family_members AS p INDEXED BY family_members_passages
    WHERE p.family = m.family AND p.role = 'passage')
"""

_MEMBERS = "SELECT DISTINCT text_id FROM family_members WHERE family IN (?)"

#: The groups of what families print copies of, as they are now.
_GROUPS = """
SELECT DISTINCT coalesce(t.family, t.id) FROM family_members m JOIN texts t ON t.id = m.text_id
WHERE m.family IN (?) AND m.role = 'copy'
"""

#: What a text shares with others that are no copies of it.
_SHARED = """
SELECT one, other, similarity, record FROM copies WHERE one = ?1 AND kind = 'passage'
UNION ALL
SELECT one, other, similarity, record FROM copies WHERE other = ?1 AND kind = 'passage'
"""


def settle_passages(connection: Connection, texts: Sequence[str]) -> None:
    """Work out which families the passages belong to that `texts` hold or have held.

    A group of copies that neither had nor has a passage of its own stands as it was written:
    it may be of hundreds of texts, which are not looked at.
    """
    corpus = _Corpus(connection)
    former = read_column(connection, _STALE, {*texts, *corpus.partners_of(texts)})
    seeds = {*texts, *read_column(connection, _MEMBERS, former)}
    elsewhere = read_column(connection, _ELSEWHERE, seeds, former)
    holding = {t for passage in corpus.passages_of(seeds) for t in passage.texts} | seeds
    # A passage that came may tie together all texts of another one, which is then not told.
    stale = read_column(connection, _STALE, holding)
    passages = corpus.passages_of({*holding, *read_column(connection, _MEMBERS, stale)})
    touched = {core.group for passage in passages if (core := corpus.core(passage))}
    touched.update(read_column(connection, _GROUPS, stale))
    passages |= corpus.passages_of(t for group in touched for t in corpus.texts_of(group))
    cores: dict[str, dict[Core, list[Holder]]] = {}
    for family_id in sorted({*stale, *(corpus.family_of(group) for group in touched)}):
        if _clear(connection, family_id):
            cores[family_id] = {}
    for passage in sorted(passages, key=lambda p: p.pairs):
        holders = corpus.holders(passage)
        core = corpus.core(passage)
        first = corpus.first_pair(passage)
        if corpus.is_told_elsewhere(passage):
            _clear(connection, family_key(*first))
        elif core is None:
            _write(connection, make_passage_family(holders, first), (), holders, first)
        elif core.group in touched:
            cores.setdefault(core.group, {}).setdefault(core, []).extend(holders)
    for group, around in sorted(cores.items()):
        others = [h for holders in around.values() for h in holders if h.group != group]
        copies = corpus.texts_of(group)
        prints = read_prints(connection, copies)
        family = resolve_family(prints)
        family = make_family(prints[0], around) if len(prints) == 1 else add_holders(family, others)
        _write(connection, family, copies, others, (earliest_text(prints),))
    # Whoever holds nothing but what was worked out just now is done too.
    done = "DELETE FROM pending WHERE kind = 'passage' AND key IN (?)"
    run(connection, done, seeds.difference(elsewhere))


def _write(
    connection: Connection,
    family: Family,
    copies: Sequence[str],
    holders: Iterable[Holder],
    key: tuple[str, ...],
) -> None:
    write_family(connection, family, copies)
    texts = [holder.text_id for holder in holders]
    former = hung_families(connection, copies or key[:1], texts)
    give_id(connection, "family", family.id, key, former=former)
    rows = [{"family": family.id, "text_id": text_id, "role": "passage"} for text_id in texts]
    insert_rows(connection, "family_members", rows, ignore_known=True)


# --------------------------------------------------------------------------- what was there


def _clear(connection: Connection, family_id: str) -> bool:
    """Remove what a family says of passages; say whether copies are left that must be said anew."""
    held = connection.execute(
        "DELETE FROM family_members WHERE family = ? AND role = 'passage'", (family_id,)
    ).rowcount
    if read_value(connection, "SELECT 1 FROM texts WHERE family = ?", family_id):
        return held > 0
    connection.execute("DELETE FROM family_members WHERE family = ?", (family_id,))
    connection.execute("DELETE FROM families WHERE id = ?", (family_id,))
    return False


# --------------------------------------------------------------------------- what is there


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A text, as far as its passages ask for it."""

    group: str  #: its family of copies, or itself
    text: str
    day: date | None
    articles: tuple[Article, ...]
    outlets: frozenset[Outlet]
    credited: frozenset[str]  #: agencies credited for the whole of it
    parts: frozenset[str]  #: agencies credited at all


@dataclass(frozen=True, slots=True)
class _Shared:
    """What two texts share."""

    pair: Pair
    similarity: float
    places: tuple[Stretch, Stretch]  #: in the one, in the other

    def within(self, text_id: str) -> Stretch:
        return self.places[self.pair.index(text_id)]


@dataclass(frozen=True, slots=True, eq=False)
class _Passage:
    """All pairs that share one passage; made once for all of them."""

    pairs: tuple[Pair, ...]
    texts: frozenset[str]
    shared: tuple[_Shared, ...]  #: what each pair shares


#: A passage in more texts is a standing text, of which it is not said who prints it: on a crisis
#: day each text that comes would have to be set against all of them.
_MOST_HOLDERS = 500


class _Corpus:
    """The texts of a store and what they share, each read once."""

    def __init__(self, connection: Connection) -> None:
        """Read through `connection`."""
        self._connection = connection
        self.text = cache(self._read_text)
        self.core = cache(self._find_core)
        self._sharing = cache(self._read_sharing)
        self._crosses = cache(self._find_crossing)
        self._family = cache(self._read_family)
        self._passage: dict[Pair, _Passage] = {}
        self._standing: dict[str, set[Stretch]] = defaultdict(set)  #: in texts, as far as known

    def family_of(self, group: str) -> str:
        """Return the id that the family of the group has: of copies, or of its one text."""
        is_text = read_value(self._connection, "SELECT 1 FROM texts WHERE id = ?", group)
        return family_key(group) if is_text else group

    def texts_of(self, group: str) -> list[str]:
        """Return the texts of a family of copies, or the text itself."""
        copies = "SELECT id FROM texts WHERE family = ? ORDER BY id"
        return read_column(self._connection, copies, group) or [group]

    def partners_of(self, texts: Iterable[str]) -> set[str]:
        """Return the texts of families with passages that share a passage with one of these."""
        sharing = [shared for text_id in texts for shared in self._sharing(text_id)]
        known = read_column(
            self._connection, _ELSEWHERE, {each for s in sharing for each in s.pair}, ()
        )
        some = set(known)
        return {
            each
            for s in sharing
            if not some.isdisjoint(s.pair) and self._crosses(s)
            for each in s.pair
        }

    def passages_of(self, texts: Iterable[str]) -> set[_Passage]:
        """Return all passages that one of the texts holds, but for standing texts."""
        found = (self._follow(each) for text_id in texts for each in self._sharing(text_id))
        return set(filter(None, found))

    def first_pair(self, passage: _Passage) -> Pair:
        """Return the two texts that shared the passage first: the later of them is the earliest."""
        ordered = (sorted(pair, key=self._order) for pair in passage.pairs)
        one, other = min(ordered, key=lambda pair: [self._order(each) for each in reversed(pair)])
        return one, other

    def _order(self, text_id: str) -> tuple[date, str]:
        return self.text(text_id).day or date.max, text_id

    def is_told_elsewhere(self, passage: _Passage) -> bool:
        """Tell whether another passage ties all texts together that this one does."""
        others = self.passages_of([min(passage.texts)]) - {passage}
        return any(
            passage.texts < other.texts
            or (passage.texts == other.texts and other.pairs < passage.pairs)
            for other in others
        )

    def _follow(self, shared: _Shared) -> _Passage | None:
        """Return the passage that begins with this pair; None where it is a standing text."""
        if shared.pair not in self._passage:
            if self._is_standing(shared) or not self._crosses(shared):
                return None
            found = self._find_linked(shared)
            if found is None:
                return None
            texts = frozenset(text_id for pair in found for text_id in pair)
            pairs = tuple(sorted(found))
            passage = _Passage(pairs, texts, tuple(found[pair] for pair in pairs))
            self._passage |= dict.fromkeys(found, passage)
        return self._passage[shared.pair]

    def _find_linked(self, shared: _Shared) -> dict[Pair, _Shared] | None:
        """Return the pairs to which this one leads on, by the same words; None of a standing text.

        Of a standing text only so many are followed as tell that it is one.
        """
        found, texts = {shared.pair: shared}, set(shared.pair)
        seen, left = set[tuple[str, Stretch]](), [shared]
        while left:
            here = left.pop()
            for text_id in here.pair:
                stretch = here.within(text_id)
                if (text_id, stretch) not in seen:
                    seen.add((text_id, stretch))
                    for each in self._along(text_id, stretch):
                        if each.pair not in found and self._crosses(each):
                            found[each.pair] = each
                            texts.update(each.pair)
                            left.append(each)
                            if len(texts) > _MOST_HOLDERS or self._is_standing(each):
                                self._note_standing(found.values())
                                return None
        return found

    def _note_standing(self, found: Iterable[_Shared]) -> None:
        for shared in found:
            for text_id, stretch in zip(shared.pair, shared.places, strict=True):
                self._standing[text_id].add(stretch)

    def _is_standing(self, shared: _Shared) -> bool:
        """Say whether the pair shares nothing but a standing text, as far as that is known.

        What else shares these words with one of the two is of the same passage, so that neither
        the other text nor who printed it need be looked at.
        """
        return any(
            known and (stretch in known or any(same_stretch(stretch, each) for each in known))
            for text_id, stretch in zip(shared.pair, shared.places, strict=True)
            if (known := self._standing.get(text_id))
        )

    def _along(self, text_id: str, stretch: Stretch) -> list[_Shared]:
        """Return what the text shares along a stretch, that with standing texts first."""
        same: dict[Stretch, bool] = {}
        for shared in self._sharing(text_id):
            place = shared.within(text_id)
            if place not in same:
                same[place] = same_stretch(stretch, place)
        along = (shared for shared in self._sharing(text_id) if same[shared.within(text_id)])
        return sorted(along, key=lambda shared: not self._is_standing(shared))

    def _read_sharing(self, text_id: str) -> list[_Shared]:
        """Return what the text shares with texts that are no copies of it."""
        rows = self._connection.execute(_SHARED, (text_id,))
        return [
            _Shared((one, other), similarity, places_of(record))
            for one, other, similarity, record in rows
        ]

    def _find_crossing(self, shared: _Shared) -> bool:
        """Say whether two texts that share a passage are of different groups and outlets."""
        one, other = map(self.text, shared.pair)
        credited = bool(one.credited or other.credited)
        return one.group != other.group and crosses_outlets(
            one.outlets, other.outlets, shared.similarity, credited=credited
        )

    def _read_text(self, text_id: str) -> _Text:
        """Return what is asked about a text."""
        family = read_value(self._connection, "SELECT family FROM texts WHERE id = ?", text_id)
        articles = tuple(read_prints(self._connection, [text_id]))
        named = find_credits(articles[0].text)
        own = {who for a in articles if (who := agency_of(a.outlet, a.url))}
        outlets = {outlet_of(a.outlet, a.url) for a in articles}
        return _Text(
            group=family or text_id,
            text=articles[0].text,
            day=articles[0].published,
            articles=articles,
            outlets=frozenset(outlets - {(None, None)}),
            credited=frozenset(own or {c.agency for c in named if not c.in_part}),
            parts=frozenset(own | {c.agency for c in named}),
        )

    # ----------------------------------------------------------------------- who holds a passage

    def _find_core(self, passage: _Passage) -> Core | None:
        return resolve_core(self.holders(passage))

    def holders(self, passage: _Passage) -> list[Holder]:
        """Return the texts that hold a passage, in the order of ids."""
        held: dict[str, list[_Shared]] = defaultdict(list)
        for shared in passage.shared:
            for text_id in shared.pair:
                held[text_id].append(shared)
        return [self._holder(text_id, shared) for text_id, shared in sorted(held.items())]

    def _holder(self, text_id: str, held: Sequence[_Shared]) -> Holder:
        text = self.text(text_id)
        own = next(iter(text.credited)) if len(text.credited) == 1 else None
        copies, first, agency = self._family(text.group) or (1, text.day, own)
        longest = max((shared.within(text_id) for shared in held), key=size)
        return Holder(
            text_id=text_id,
            group=text.group,
            size=copies,
            first=first,
            agency=agency,
            parts=text.parts,
            whole=any(self._is_whole(text_id, shared) for shared in held),
            words=sum(len(text.text[start:end].split()) for start, end in longest),
            articles=text.articles,
        )

    def _is_whole(self, text_id: str, shared: _Shared) -> bool:
        (other,) = set(shared.pair) - {text_id}
        sizes = len(self.text(text_id).text), len(self.text(other).text)
        return is_whole(shared.similarity, shared.within(text_id), shared.within(other), sizes)

    def _read_family(self, family: str) -> tuple[int, date | None, str | None] | None:
        """Return how many texts a family has, its first day if all have one, and its agency."""
        agency, first, texts, dated = self._connection.execute(
            "SELECT f.agency, min(t.day), count(*), count(t.day) FROM families f"
            " JOIN texts t ON t.family = f.id WHERE f.id = ?",
            (family,),
        ).fetchone()
        return (texts, as_day(first) if texts == dated else None, agency) if texts else None
