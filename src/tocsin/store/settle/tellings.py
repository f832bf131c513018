"""Tellings as the store has them, with what decides how many voices they are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tocsin.lexicons.outlets import Outlet, agency_of, find_outlet, owner_of
from tocsin.records import Actor, CopyMatch, Telling
from tocsin.store.fromjson import read_record, telling_of
from tocsin.store.own_outlets import read_outlets
from tocsin.store.tables import Connection, as_day, read_rows, read_value, run
from tocsin.together.events.voices import Pair
from tocsin.together.texts.credits import credited_for_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """All tellings of a stretch of blocks; the mappings go by event, text or outlet."""

    tellings: list[Telling] = field(default_factory=list)
    former: dict[str, str | None] = field(default_factory=dict)  #: reported events, by event
    first_printed: dict[str, date | None] = field(default_factory=dict)  #: by event
    agencies: dict[str, frozenset[str]] = field(default_factory=dict)  #: that relay, by event
    doubtful: dict[str, str] = field(default_factory=dict)  #: by event
    owners: dict[str, frozenset[str]] = field(default_factory=dict)  #: by text
    reliability: dict[str, dict[str, str]] = field(default_factory=dict)  #: by text and outlet


#: Of the articles that print a text: id, outlet and address.
_Prints = list[tuple[str, str | None, str | None]]

_EVENTS = """
SELECT e.id, e.text_id, e.told, e.block, e.reported, e.record, 0 AS voice, t.day, t.family,
  json_extract(s.record, '$.speaker') AS speaker, json_extract(s.record, '$.relays') AS relays
FROM events e JOIN texts t ON t.id = e.text_id LEFT JOIN statements s ON s.id = e.asserted_by
WHERE e.block BETWEEN ? AND ? ORDER BY e.id
"""


def hear_tellings(connection: Connection, first: str, last: str) -> Heard:
    """Return the tellings of all blocks from `first` to `last`."""
    heard = Heard()
    rows = read_rows(connection, _EVENTS, first, last)
    table = read_outlets(connection)
    prints = _find_prints(connection, {row["text_id"] for row in rows})
    for text_id, printed in prints.items():
        heard.owners[text_id] = _owners(connection, text_id, printed, table)
        heard.reliability[text_id] = dict(_reliabilities(printed, table))
    for row in rows:
        key, text_id = row["id"], row["text_id"]
        telling = telling_of(row, [(article, outlet) for article, outlet, _ in prints[text_id]])
        heard.tellings.append(telling)
        heard.former[key] = row["reported"]
        heard.first_printed[key] = as_day(row["block"].rpartition("|")[2])
        if row["relays"]:  # what is told by a statement
            relays = (relay["name"] for relay in json.loads(row["relays"]))
            owners = (owner_of(name, None, table, known=True) for name in relays)
            heard.agencies[key] = frozenset(filter(None, owners))
            if doubt := _doubt(connection, text_id, telling.speaker):
                heard.doubtful[key] = doubt
    return heard


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


def find_copies(connection: Connection, tellings: Sequence[Telling]) -> dict[Pair, CopyMatch]:
    """Return what pairs of the tellings' texts share."""
    texts = {telling.text_id for telling in tellings}
    copies = (
        "SELECT one, other, record FROM copies WHERE one IN (?) AND other IN (?)"
        " ORDER BY one, other"
    )
    rows = run(connection, copies, texts, texts) if len(texts) > 1 else ()
    return {(one, other): read_record(CopyMatch, record) for one, other, record in rows}
