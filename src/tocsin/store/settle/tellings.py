"""Tellings as the store has them, with what decides how many voices they are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tocsin.lexicons.outlets import Outlet, agency_of, find_outlet, owner_of
from tocsin.records import Actor, CopyMatch, Naming, Telling
from tocsin.store.fromjson import read_record, telling_of
from tocsin.store.own_outlets import read_outlets
from tocsin.store.tables import Connection, as_day, read_value, run, walk_rows
from tocsin.together.events.voices import Pair
from tocsin.together.texts.credits import credited_for_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """All tellings of a stretch of blocks, as far as grouping asks for them; the rest by event."""

    tellings: list[Telling] = field(default_factory=list)  #: without their prints and speakers
    former: dict[str, str | None] = field(default_factory=dict)  #: reported events
    first_printed: dict[str, date | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The tellings of one reported event in full, with what decides how many voices they are."""

    tellings: list[Telling] = field(default_factory=list)
    agencies: dict[str, frozenset[str]] = field(default_factory=dict)  #: that relay, by event
    doubtful: dict[str, str] = field(default_factory=dict)  #: by event
    owners: dict[str, frozenset[str]] = field(default_factory=dict)  #: by text
    reliability: dict[str, dict[str, str]] = field(default_factory=dict)  #: by text and outlet
    unnamed: set[str] = field(default_factory=set)  #: events told by somebody without a name


#: Of the articles that print a text: id, outlet and address.
_Prints = list[tuple[str, str | None, str | None]]

_HEARD = """
SELECT e.id, e.text_id, e.told, e.block, e.reported, e.record, 0 AS voice, t.day, t.family,
  NULL AS speaker
FROM events e JOIN texts t ON t.id = e.text_id WHERE e.block BETWEEN ? AND ? ORDER BY e.id
"""

_TOLD = """
SELECT e.id, json_extract(s.record, '$.speaker') AS speaker,
  json_extract(s.record, '$.relays') AS relays, s.naming
FROM events e LEFT JOIN statements s ON s.id = e.asserted_by WHERE e.id IN (?)
"""


def hear_tellings(connection: Connection, first: str, last: str) -> Heard:
    """Return the tellings of all blocks from `first` to `last`."""
    heard = Heard()
    for row in walk_rows(connection, _HEARD, first, last):
        heard.tellings.append(telling_of(row, ()))
        heard.former[row["id"]] = row["reported"]
        heard.first_printed[row["id"]] = as_day(row["block"].rpartition("|")[2])
    return heard


class Hearing:
    """Reads the tellings of reported events in full; what it knows of a text it asks once."""

    def __init__(self, connection: Connection) -> None:
        """Read through `connection`, with the user's table of outlets as it is now."""
        self._connection = connection
        self._table = read_outlets(connection)
        self._owners: dict[str, frozenset[str]] = {}

    def hear(self, tellings: Sequence[Telling]) -> Told:
        """Return the tellings of one reported event, in their order, and what goes with them."""
        told = Told()
        prints = _find_prints(self._connection, {each.text_id for each in tellings})
        for text_id, printed in prints.items():
            told.owners[text_id] = self._owners_of(text_id, printed)
            told.reliability[text_id] = dict(_reliabilities(printed, self._table))
        rows = run(self._connection, _TOLD, [telling.event.id for telling in tellings])
        said = {event_id: of_statement for event_id, *of_statement in rows}
        for telling in tellings:
            speaker, relays, naming = said[telling.event.id]
            full = _in_full(telling, speaker, prints[telling.text_id])
            told.tellings.append(full)
            if naming == Naming.ANONYMOUS:
                told.unnamed.add(full.event.id)
            if relays:  # what is told by a statement
                named = (relay["name"] for relay in json.loads(relays))
                owners = (owner_of(name, None, self._table, known=True) for name in named)
                told.agencies[full.event.id] = frozenset(filter(None, owners))
                if doubt := _doubt(self._connection, full.text_id, full.speaker):
                    told.doubtful[full.event.id] = doubt
        return told

    def _owners_of(self, text_id: str, prints: _Prints) -> frozenset[str]:
        if text_id not in self._owners:
            self._owners[text_id] = _owners(self._connection, text_id, prints, self._table)
        return self._owners[text_id]


def _in_full(telling: Telling, speaker: str | None, prints: _Prints) -> Telling:
    """Return a telling with its speaker and the articles that print it."""
    return replace(
        telling,
        speaker=read_record(Actor, speaker) if speaker else None,
        articles=tuple(article for article, _, _ in prints),
        outlets=tuple(dict.fromkeys(outlet for _, outlet, _ in prints if outlet)),
    )


def _find_prints(connection: Connection, texts: Iterable[str]) -> Mapping[str, _Prints]:
    sql = "SELECT text_id, id, outlet, url FROM articles WHERE text_id IN (?) ORDER BY text_id, id"
    printed: dict[str, _Prints] = defaultdict(list)
    for text_id, *article in run(connection, sql, texts):
        printed[text_id].append(tuple(article))
    return printed


def _reliabilities(prints: _Prints, table: Mapping[str, Outlet]) -> Iterator[tuple[str, str]]:
    """Yield what the user holds of the outlets, by what they are called."""
    for _, outlet, url in prints:
        known = find_outlet(table, outlet, url)
        if known and known.reliability:
            yield outlet or known.name or known.domains[0], known.reliability


def _owners(
    connection: Connection, text_id: str, prints: _Prints, table: Mapping[str, Outlet]
) -> frozenset[str]:
    """Return who owns what the text goes back to: an agency it credits, else its outlets."""
    agency = _agency(connection, text_id, prints)
    if agency:
        return frozenset({owner_of(agency, None, table) or agency})
    return frozenset(filter(None, (owner_of(outlet, url, table) for _, outlet, url in prints)))


def _agency(connection: Connection, text_id: str, prints: _Prints) -> str | None:
    """Return the one agency whose text this is, by its family or else by its own credit."""
    text, family, agency = connection.execute(
        "SELECT t.text, f.id, f.agency FROM texts t LEFT JOIN families f ON f.id = t.family"
        " WHERE t.id = ?",
        (text_id,),
    ).fetchone()
    if family is not None:
        return str(agency) if agency else None
    own = {named for _, outlet, url in prints if (named := agency_of(outlet, url))}
    credited = own or credited_for_all(text)
    return next(iter(credited)) if len(credited) == 1 else None


_DOUBT = """
SELECT f.sentence FROM office_claims o JOIN findings f ON f.about = o.id
WHERE o.text_id = ? AND o.name = ? AND f.text_id = o.text_id
  AND f."check" = 'tenure' AND f.verdict = 'contradicted' ORDER BY f.id LIMIT 1
"""


def _doubt(connection: Connection, text_id: str, speaker: Actor | None) -> str | None:
    """Return what the reference has against the office that the text gives the speaker."""
    if speaker is None or speaker.kind != "person":
        return None
    found: str | None = read_value(connection, _DOUBT, text_id, speaker.name)
    return found


class Copies(Mapping[Pair, CopyMatch]):
    """What pairs of texts share that are no copies of one family, read when it is asked for."""

    def __init__(self, connection: Connection, tellings: Sequence[Telling]) -> None:
        """Look for pairs of texts of the tellings."""
        self._connection = connection
        self._family = {each.text_id: each.family or each.text_id for each in tellings}

    def __getitem__(self, pair: Pair) -> CopyMatch:
        """Return what the two texts of the pair share."""
        record = "SELECT record FROM copies WHERE one = ? AND other = ?"
        return read_record(CopyMatch, read_value(self._connection, record, *pair))

    def __iter__(self) -> Iterator[Pair]:
        """Yield the pairs in their order, as they are read: thousands of texts have many."""
        family = self._family
        if len(family) > 1:
            for one, other in run(self._connection, _PASSAGES, family, family):
                if family[one] != family[other]:
                    yield one, other

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(1 for _ in self)


#: Near copies are of one family, and one voice by that.  The plus has SQLite look among what the
#: ones share: they are thousands at most, and each shares words with dozens.
_PASSAGES = """
SELECT one, other FROM copies WHERE kind = 'passage' AND one IN (?) AND +other IN (?)
ORDER BY one, other
"""
