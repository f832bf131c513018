"""Who prints passages of a family: what hangs together by the passages in `copies`.

Worked out after the families of copies, for all passages that the changed texts hold, and then for
all families whose texts hold one of these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from tocsin.keys import family_key
from tocsin.lexicons.outlets import agency_of
from tocsin.records import Article, CopyMatch, Family, Span
from tocsin.spans import size
from tocsin.store.fromjson import read_record
from tocsin.store.identity import give_id, hung_families
from tocsin.store.settle.families import read_prints, write_family
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

#: Two texts that share a passage, the smaller id first.
Pair = tuple[str, str]


#: The families in which passages of texts were known so far.
_STALE = """
SELECT DISTINCT m.family FROM family_members m WHERE m.text_id IN (?) AND EXISTS
  (SELECT 1 FROM family_members p WHERE p.family = m.family AND p.role = 'passage') ORDER BY 1
"""

#: Those of some texts that hold, or held, passages in other families than these.
_ELSEWHERE = """
SELECT DISTINCT m.text_id FROM family_members m WHERE m.text_id IN (?) AND m.family NOT IN (?)
  AND EXISTS (SELECT 1 FROM family_members p WHERE p.family = m.family AND p.role = 'passage')
"""

#: What a text shares with others that are no copies of it.
_SHARED = """
SELECT one, other, record FROM copies WHERE one = ?1 AND kind = 'passage'
UNION ALL SELECT one, other, record FROM copies WHERE other = ?1 AND kind = 'passage'
"""


def settle_passages(connection: Connection, texts: Sequence[str]) -> None:
    """Work out which families the passages belong to that `texts` hold or have held."""
    corpus = _Corpus(connection)
    stale = read_column(connection, _STALE, {*texts, *corpus.partners_of(texts)})
    held = read_column(connection, "SELECT text_id FROM family_members WHERE family IN (?)", stale)
    seeds = {*texts, *held}
    elsewhere = read_column(connection, _ELSEWHERE, seeds, stale)
    passages = corpus.passages_of(seeds)
    groups = "SELECT DISTINCT coalesce(family, id) FROM texts WHERE id IN (?) ORDER BY 1"
    holding = seeds | {text_id for passage in passages for text_id in passage.texts}
    touched = read_column(connection, groups, holding)  # some texts may have been forgotten
    passages |= corpus.passages_of(t for group in touched for t in corpus.texts_of(group))
    cores: dict[str, dict[Core, list[Holder]]] = {}
    for family_id in sorted({*stale, *(corpus.family_of(group) for group in touched)}):
        if _clear(connection, family_id):
            cores[family_id] = {}
    for passage in sorted(passages, key=lambda p: p.pairs):
        holders = corpus.holders(passage)
        core = resolve_core(holders)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What two texts of different outlets share."""

    pair: Pair
    match: CopyMatch
    places: tuple[tuple[Span, ...], tuple[Span, ...]]  #: in the one, in the other

    def within(self, text_id: str) -> tuple[Span, ...]:
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
_STANDING = _Passage((), frozenset(), ())


class _Corpus:
    """The texts of a store and what they share, each read once."""

    def __init__(self, connection: Connection) -> None:
        """Read through `connection`."""
        self._connection = connection
        self.text = cache(self._read_text)
        self._sharing = cache(self._read_sharing)
        self._compare = cache(self._read_shared)
        self._family = cache(self._read_family)
        self._passage: dict[Pair, _Passage] = {}

    def family_of(self, group: str) -> str:
        """Return the id that the family of the group has: of copies, or of its one text."""
        is_text = read_value(self._connection, "SELECT 1 FROM texts WHERE id = ?", group)
        return family_key(group) if is_text else group

    def texts_of(self, group: str) -> list[str]:
        """Return the texts of a family of copies, or the text itself."""
        copies = "SELECT id FROM texts WHERE family = ? ORDER BY id"
        return read_column(self._connection, copies, group) or [group]

    def partners_of(self, texts: Iterable[str]) -> set[str]:
        """Return the texts that share a passage with one of these."""
        return {each for text_id in texts for s in self._sharing(text_id) for each in s.pair}

    def passages_of(self, texts: Iterable[str]) -> set[_Passage]:
        """Return all passages that one of the texts holds, but for standing texts."""
        found = (self._follow(each) for text_id in texts for each in self._sharing(text_id))
        return {passage for passage in found if passage is not _STANDING}

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

    def _follow(self, shared: _Shared) -> _Passage:
        """Return the passage that begins with this pair."""
        if shared.pair not in self._passage:
            found = self._find_linked(shared)
            texts = frozenset(text_id for pair in found for text_id in pair)
            pairs = tuple(sorted(found))
            passage = _Passage(pairs, texts, tuple(found[pair] for pair in pairs))
            # Pairs that are known before all of a passage is can only be of a standing text.
            if len(texts) > _MOST_HOLDERS or not self._passage.keys().isdisjoint(found):
                passage = _STANDING
            self._passage |= dict.fromkeys(found, passage)
        return self._passage[shared.pair]

    def _find_linked(self, shared: _Shared) -> dict[Pair, _Shared]:
        """Return the pairs to which this one leads on, by the same words.

        Of a standing text only so many as tell that it is one.
        """
        found, texts = {shared.pair: shared}, set(shared.pair)
        seen, left = set[tuple[str, tuple[Span, ...]]](), [shared]
        while left and len(texts) <= _MOST_HOLDERS:
            here = left.pop()
            if self._passage.get(here.pair) is _STANDING:
                break
            for text_id in here.pair:
                stretch = here.within(text_id)
                if (text_id, stretch) not in seen:
                    seen.add((text_id, stretch))
                    new = [s for s in self._along(text_id, stretch) if s.pair not in found]
                    found |= {each.pair: each for each in new}
                    texts.update(each for s in new for each in s.pair)
                    left += new
        return found

    def _along(self, text_id: str, stretch: tuple[Span, ...]) -> Iterator[_Shared]:
        """Yield what the text shares along a stretch; many share the very same one."""
        same: dict[tuple[Span, ...], bool] = {}
        for shared in self._sharing(text_id):
            place = shared.within(text_id)
            if place not in same:
                same[place] = same_stretch(stretch, place)
            if same[place]:
                yield shared

    def _read_sharing(self, text_id: str) -> list[_Shared]:
        """Return what the text shares with texts of other outlets that are no copies of it."""
        rows = self._connection.execute(_SHARED, (text_id,))
        return [shared for row in rows if (shared := self._compare(*row))]

    def _read_shared(self, one_id: str, other_id: str, record: str) -> _Shared | None:
        match = read_record(CopyMatch, record)
        one, other = self.text(one_id), self.text(other_id)
        credited = bool(one.credited or other.credited)
        if one.group == other.group or not crosses_outlets(
            one.outlets, other.outlets, match, credited=credited
        ):
            return None
        places = tuple(p.one for p in match.passages), tuple(p.other for p in match.passages)
        return _Shared(pair=(one_id, other_id), match=match, places=places)

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
        return is_whole(shared.match, shared.within(text_id), shared.within(other), sizes)

    def _read_family(self, family: str) -> tuple[int, date | None, str | None] | None:
        """Return how many texts a family has, its first day if all have one, and its agency."""
        agency, first, texts, dated = self._connection.execute(
            "SELECT f.agency, min(t.day), count(*), count(t.day) FROM families f"
            " JOIN texts t ON t.family = f.id WHERE f.id = ?",
            (family,),
        ).fetchone()
        return (texts, as_day(first) if texts == dated else None, agency) if texts else None
