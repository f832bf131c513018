"""A situation: deeds, statements and findings on some countries in some days, as ids and numbers.

A brief counts and chooses among all of them, and reads the records of the few that it shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, cast

from tocsin.store.kinds.kind import Kind
from tocsin.store.queries import Listed
from tocsin.store.tables import Connection, read_column, read_rows, read_value, run

Days = tuple[date, date]  #: the first and the last


class Deed(NamedTuple):
    """A reported event that is news, once for each pair of countries of an actor and a recipient.

    A country that is not known is empty.
    """

    id: str
    actor: str
    recipient: str
    type: str
    day: str
    told: str  #: the day on which it was first told
    score: float
    independent: int
    contradicted: int
    status: str
    stands: int  #: 0 or 1
    confidence: float


class Utterance(NamedTuple):
    """What somebody of a country says, a person or body known by name or office."""

    id: str
    speaker: str  #: speakers.key
    words: int  #: said, about
    country: str
    stance: str
    text_id: str
    day: str
    articles: int  #: that print it, or its text
    beside: int  #: whether its text tells a deed of these countries


class Doubt(NamedTuple):
    """A finding that contradicts what an article says, or sets articles against each other."""

    id: str
    check: str
    sentence: str
    about: str  #: id of the record, or of the reported event
    country: str  #: of the office, or of who is quoted; empty where it is about neither
    beside: int  #: whether its text tells a deed of these countries


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place with how many events happened there, by PLOVER's quad classes."""

    place: str
    latitude: float
    longitude: float
    cooperation: int
    conflict: int


_DEED = """
SELECT reported, actor, recipient, type, day, told, score, independent, contradicted, status,
  stands, confidence FROM
"""
_DEEDS = f"{_DEED} reported_pairs WHERE NOT background AND day BETWEEN ? AND ?"
_SIDES = (f"{_DEEDS} AND actor IN (?)", f"{_DEEDS} AND recipient IN (?)")


def read_deeds(connection: Connection, countries: Collection[str] | None, days: Days) -> list[Deed]:
    """Return what was done by or to one of the `countries`, or by anybody, earliest first."""
    dated, asked = [*map(str, days)], [] if countries is None else [countries]
    asks = _SIDES if asked else (_DEEDS,)
    rows = {row for sql in asks for row in run(connection, sql, *dated, *asked)}
    return sorted(map(Deed._make, rows), key=lambda deed: (deed.day, deed))


_BETWEEN = """
SELECT DISTINCT day, reported FROM reported_pairs
WHERE {} IN (?) AND {} IN (?) AND type IN (?) AND NOT background
ORDER BY day DESC, reported LIMIT ?
"""


def read_between(
    connection: Connection, countries: Collection[str], types: Collection[str], most: int
) -> list[str]:
    """Return ids of the latest events of some types in which no other country is known."""
    sides = ("actor", "recipient"), ("recipient", "actor")
    asked = [(*countries, ""), types, most]
    rows = (run(connection, _BETWEEN.format(*each), countries, *asked) for each in sides)
    latest = sorted({row for found in rows for row in found}, reverse=True)
    return [key for _, key in latest[:most]]


_NEW_DEEDS = f"""{_DEED}
(SELECT id FROM arrivals WHERE kind = 'event' AND run > ? ORDER BY run DESC LIMIT ?)
JOIN reported_pairs ON reported = id WHERE NOT background
"""  # noqa: S608 - our own names


def read_new_deeds(connection: Connection, after: int, most: int) -> list[Deed]:
    """Return the deeds that came after a run; of the latest `most` events where there are more."""
    return [*map(Deed._make, run(connection, _NEW_DEEDS, after, most))]


def read_standing(connection: Connection, events: Collection[str]) -> frozenset[str]:
    """Return those of these events that stand."""
    sql = "SELECT reported FROM reported_pairs WHERE reported IN (?) AND stands"
    return frozenset(read_column(connection, sql, events))


_ARRIVED = "SELECT 1 FROM arrivals a {beside} WHERE a.kind = ? AND a.run > ? LIMIT ?"
#: What is counted as new, by the ledger's name; of events those that are news.
_COUNTED = {
    "article": "",
    "event": "JOIN reported_events r ON r.id = a.id AND NOT r.background",
    "finding": "",
}


def count_new(connection: Connection, after: int, most: int) -> dict[str, int]:
    """Return how many articles, events and findings came after a run, counted up to `most`."""
    sql = {kind: _ARRIVED.format(beside=beside) for kind, beside in _COUNTED.items()}
    return {
        kind: read_value(connection, f"SELECT count(*) FROM ({each})", kind, after, most)  # noqa: S608
        for kind, each in sql.items()
    }


#: Whether a text tells a deed by or to one of some countries.
_BESIDE = """EXISTS (SELECT 1 FROM events e JOIN reported_pairs p ON p.reported = e.reported
  WHERE e.text_id = {}.text_id AND (p.actor IN (?) OR p.recipient IN (?)))"""

_UTTERANCES = f"""
SELECT s.id, s.speaker_key, 1 + length(s.said) - length(replace(s.said, ' ', '')), s.country,
  s.stance, s.text_id, s.day,
  max(coalesce(q.articles, 0), (SELECT count(*) FROM articles a WHERE a.text_id = s.text_id)),
  {_BESIDE.format("s")}
FROM statements s LEFT JOIN quotations q ON q.id = s.quotation
WHERE s.country IN (?) AND s.day BETWEEN ? AND ? AND s.speaker_key IS NOT NULL
  AND s.naming IN ('named', 'office', 'institution')
"""  # noqa: S608 - our own names

_DOUBTS = f"""
SELECT f.id, f."check", f.sentence, coalesce(f.about, ''),
  coalesce(c.country, q.country, substr(f.about, 1, instr(f.about, ':') - 1), ''),
  {_BESIDE.format("f")}
FROM findings f LEFT JOIN office_claims c ON c.id = f.about
LEFT JOIN quotations q ON q.id = f.about
WHERE f.verdict = 'contradicted' AND f.day BETWEEN ? AND ?
"""  # noqa: S608 - our own names


def read_utterances(
    connection: Connection, speakers: Collection[str], countries: Collection[str], days: Days
) -> list[Utterance]:
    """Return the statements of speakers of countries, and whether beside deeds of `countries`."""
    rows = run(connection, _UTTERANCES, countries, countries, speakers, *map(str, days))
    return [*map(Utterance._make, rows)]


def read_doubts(connection: Connection, countries: Collection[str], days: Days) -> list[Doubt]:
    """Return the findings that contradict articles, of any country."""
    return [*map(Doubt._make, run(connection, _DOUBTS, countries, countries, *map(str, days)))]


_SPOTS = """
SELECT min(place) AS place, latitude, longitude, sum(quad < 3) AS cooperation,
  sum(quad > 2) AS conflict FROM reported_events
WHERE id IN (?) AND latitude IS NOT NULL GROUP BY latitude, longitude
ORDER BY count(*) DESC, 1 LIMIT ?
"""


def read_spots(connection: Connection, events: Collection[str], most: int) -> list[Spot]:
    """Return the places of events, those with the most of them first."""
    return [Spot(**row) for row in read_rows(connection, _SPOTS, events, most)]


_NEW = """
SELECT id FROM arrivals WHERE kind IN ('event', 'finding') AND run >= ?1 UNION ALL
SELECT a.text_id FROM articles a JOIN arrivals r ON r.kind = 'article' AND r.id = a.id
GROUP BY a.text_id HAVING min(r.run) >= ?1
"""


def read_new(connection: Connection, number: int) -> frozenset[str]:
    """Return ids of the events, findings and texts that came with a run or a later one."""
    return frozenset(read_column(connection, _NEW, number))


def read_found(connection: Connection, kind: Kind[Any], keys: Iterable[str]) -> dict[str, Any]:
    """Return what a listed kind finds under those of these keys that are its own."""
    return cast(Listed, kind.source).read(connection, list(keys))
