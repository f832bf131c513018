"""Conditions, searches and ends: what filters ask of the lists of a table, for every kind alike.

The functions without an underscore are given to the filters in `tocsin.store.kinds`; each returns
what asks for a value.  The SQL names tables, columns and indexes of `schema.sql`; whatever a user
gave is a parameter, and words to search for have been quoted by `tocsin.store.asked`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tocsin.store.arrivals import Since, first_run_since
from tocsin.store.asked import Held, What, Words
from tocsin.store.identity import resolve_id
from tocsin.store.lists import SEARCH_BITS, Condition, Few, Listing, Posted, Question, Searched
from tocsin.store.tables import Connection, as_list, read_column, read_value

#: More keys than this take longer to sort than it takes to ask row by row.
_FEW = 2_000

_MASK = (1 << SEARCH_BITS) - 1

#: A name that more speakers bear is searched for in the records themselves.
_SPEAKERS = 50

#: How `tocsin.store.asked` writes the beginning of a word; FTS5 gathers all such words each time.
_BEGINNING = '"*'

#: The office claims about a speaker: those with the name, in texts in which this one speaks.  The
#: join is told its order: a common name stands in more claims than one speaker has statements.
CLAIMS = """
SELECT DISTINCT {} FROM statements s CROSS JOIN office_claims o INDEXED BY office_claims_by_text
  ON o.text_id = s.text_id AND o.name = s.speaker
WHERE s.speaker_key = ?
"""

_DAY = "coalesce(CAST(julianday({0}) AS INTEGER), 0)"
_WITHIN_DAYS = (
    f"f.rowid >= max({_DAY.format('?')}, 1) << {SEARCH_BITS}"  # what has no day lies below
    f" AND f.rowid < ({_DAY.format('?')} + 1) << {SEARCH_BITS}"
)


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that the search of a listing must find in a column, or in several."""

    columns: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """From or up to which rank."""

    lowest: str | None = None
    highest: str | None = None


#: What filters ask; `make_question` makes one search of all that is sought.
Ask = Condition | Sought | Ends
Asks = Callable[[Connection, Any], Any]  #: the value of a filter to what the source of a kind takes


def make_question(listing: Listing, parts: Sequence[Ask]) -> Question:
    """Return the question for what of `listing` fulfils all `parts`."""
    ends = [each for each in parts if isinstance(each, Ends)]
    words = [each for each in parts if isinstance(each, Sought)]
    conditions = [each for each in parts if not isinstance(each, Ends | Sought)]
    return Question(
        listing=listing,
        conditions=(*conditions, *_search(listing, words)),
        lowest=next((each.lowest for each in ends if each.lowest), None),
        highest=next((each.highest for each in ends if each.highest), None),
    )


# --------------------------------------------------------------------------- columns


def posted(listing: Listing, column: str, index: str = "") -> Asks:
    """Ask for one value of a column, which the index of that name lists."""

    return lambda _, value: list_of(
        listing, column, int(value) if isinstance(value, int) else str(value), index=index
    )


def list_of(listing: Listing, column: str, *values: str | int, index: str = "") -> Posted:
    """Return the lists of some values of a column."""
    return Posted(
        listing=listing,
        index=f"{listing.table}_{index or 'by_' + column.strip(chr(34))}",
        where=f"{{t}}.{column} = ?",
        choices=tuple((value,) for value in values),
    )


def at_least(listing: Listing, column: str) -> Asks:
    """Ask for a number or a greater one: the lists of each number that there is."""

    def asks(connection: Connection, least: int) -> Posted:
        numbers = list(_numbers(connection, listing, column, least))
        found = list_of(listing, column, *numbers)
        slim = f"{listing.table}_by_day", f"{{t}}.{column} >= ?", (*numbers[:1],)
        return replace(found, look_up=slim) if numbers else found

    return asks


def _numbers(connection: Connection, listing: Listing, column: str, least: int) -> Iterator[int]:
    query = f"SELECT min({column}) FROM {listing.table} WHERE {column} >= ?"  # noqa: S608
    while (number := read_value(connection, query, least)) is not None:
        yield number
        least = number + 1


def unless_included(listing: Listing, column: str) -> Asks:
    """Ask for the rows with 0 in a column; for nothing where the others are asked for as well."""
    return lambda _, included: None if included else list_of(listing, column, 0)


def surest(listing: Listing, column: str) -> Asks:
    """Ask for a fraction or a greater one; the index by day has the column too."""
    keys = f"SELECT id FROM {listing.table} WHERE {column} >= ?"  # noqa: S608
    return lambda connection, least: _few_or_walked(
        connection, listing, keys, f"{{t}}.{column} >= ?", (least,)
    )


def _few_or_walked(
    connection: Connection, listing: Listing, keys: str, where: str, values: tuple[Any, ...]
) -> Condition:
    """Look up what a query for keys yields; where that is much, walk all and ask each row."""
    count = f"SELECT count(*) FROM ({keys} LIMIT {_FEW + 1})"  # noqa: S608
    if read_value(connection, count, *values) <= _FEW:
        return Few(keys=keys, values=values)
    return replace(listing.all, where=where, choices=(values,))


def few(keys: str, kind: str = "") -> Asks:
    """Ask for the rows whose keys a query yields for an id.

    Where the ids of its `kind` may change, one that was given before leads to what it is now.
    """
    return lambda connection, given: Few(keys=keys, values=(resolve_id(connection, kind, given),))


def arrived(listing: Listing, kind: str) -> Asks:
    """Ask for what is new in the store; `kind` as the ledger of arrivals has it."""

    def asks(connection: Connection, since: Since) -> Condition:
        values = kind, first_run_since(connection, since)
        keys = "SELECT id FROM arrivals WHERE kind = ? AND run >= ?"
        known = f"EXISTS (SELECT 1 FROM ({keys}) WHERE id = {{t}}.{listing.key})"  # noqa: S608
        return _few_or_walked(connection, listing, keys, known, values)

    return asks


# --------------------------------------------------------------------------- judgements

#: What stands; to find an event that the reader missed is to confirm it, once a reader finds it.
_STANDING = "SELECT record FROM judgements WHERE what = ? AND NOT past"
_SAID = "replace(verdict, 'added', 'confirmed')"
_DISPUTED = f" GROUP BY record HAVING count(DISTINCT {_SAID} || coalesce(correction, '')) > 1"

#: The reported events of which every telling is rejected by a judge, and by none held otherwise.
_REJECTED = """
SELECT e.reported FROM events e WHERE e.reported IN (SELECT r.reported FROM judgements j
  JOIN events r ON r.id = j.record WHERE j.what = 'event' AND j.verdict = 'rejected' AND NOT j.past)
GROUP BY e.reported HAVING min((SELECT min(j.verdict = 'rejected') FROM judgements j
  WHERE j.what = 'event' AND j.record = e.id AND NOT j.past) IS 1)
"""


def held(listing: Listing, what: What, keys: str = "{}") -> Asks:
    """Ask for what judges hold to be so; `keys` makes keys of the listing of a query for records.

    As one judge has it at least; disputed where two differ.
    """

    def asks(_: Connection, how: Held) -> Condition:
        standing = keys.format(_STANDING)
        if how is Held.NONE:
            where = f"{{t}}.{listing.key} NOT IN ({standing})"
            return replace(listing.all, where=where, choices=((what,),))
        if how is Held.DISPUTED:
            return Few(keys=keys.format(_STANDING + _DISPUTED), values=(what,))
        return Few(keys=keys.format(f"{_STANDING} AND {_SAID} = ?"), values=(what, how))

    return asks


def rejected(listing: Listing) -> Asks:
    """Ask for the reported events that judges reject, or for all others."""

    def asks(connection: Connection, wanted: bool) -> Condition | None:
        if wanted:
            return Few(keys=_REJECTED, values=())
        if not (keys := read_rejected(connection)):
            return None
        where = f"{{t}}.{listing.key} NOT IN (SELECT value FROM json_each(?))"  # noqa: S608
        return replace(listing.all, where=where, choices=((as_list(keys),),))

    return asks


def read_rejected(connection: Connection) -> list[str]:
    """Return the ids of the reported events that judges reject."""
    return read_column(connection, _REJECTED)


# --------------------------------------------------------------------------- words


def sought(columns: str) -> Asks:
    """Ask for words that stand in a column of the listing's search, or in several together."""
    return lambda _, words: Sought(columns, words)


_BEARERS = f"""
SELECT s.key FROM speakers_fts AS f CROSS JOIN speakers AS s ON s.rowid = f.rowid & {_MASK}
WHERE speakers_fts MATCH ? LIMIT ?
"""  # noqa: S608 - our own names


def said_by(listing: Listing) -> Asks:
    """Ask for the speakers with this name, or for the words where too many bear it."""

    def asks(connection: Connection, name: Words) -> Ask:
        bearers = read_column(connection, _BEARERS, f"{{name}} : ({name.match})", _SPEAKERS + 1)
        if not 0 < len(bearers) <= _SPEAKERS:
            return Sought("speaker", name)
        return list_of(listing, "speaker_key", *bearers, index="by_speaker")

    return asks


def _search(listing: Listing, sought: Iterable[Sought]) -> Iterator[Searched]:
    """Yield one search for all that is sought."""
    match = " AND ".join(f"({{{each.columns}}} : ({each.words.match}))" for each in sought)
    if match:
        rank = _DAY.format("{rank}") if listing.ranks is str else "{rank}"
        joined = f"CROSS JOIN {listing.table} AS t ON t.rowid = f.rowid & {_MASK}"
        place = f"({rank} << {SEARCH_BITS} | {{rowid}})"
        found = _searched(listing.search, match, joined, place, by_day=listing.ranks is str)
        yield replace(found, one_each=True)


def in_text(_: Connection, words: Words) -> Searched:
    """Ask for the articles whose text has the words; a text's day is that of its articles."""
    joined = (
        f"CROSS JOIN texts AS x ON x.rowid = f.rowid & {_MASK}"
        " CROSS JOIN articles AS t ON t.text_id = x.id"
    )
    place = (
        f"(SELECT {_DAY.format('r.day')} << {SEARCH_BITS} | r.rowid FROM articles AS a"  # noqa: S608
        " JOIN texts AS r ON r.id = a.text_id WHERE a.id = {key})"
    )
    return _searched("texts_fts", words.match, joined, place, by_day=True)


def _searched(index: str, match: str, joined: str, place: str, *, by_day: bool) -> Searched:
    """Return a search in an index of words, whose rowids stand in the order of ranks."""
    return Searched(
        index=f"{index} AS f",
        joined=joined,
        where=f"{index} MATCH ?",
        values=(match,),
        order="f.rowid",
        within=_WITHIN_DAYS if by_day else _WITHIN_DAYS.replace(_DAY.format("?"), "?"),
        unranked=f"f.rowid < 1 << {SEARCH_BITS}",
        found="f.rowid",
        sought=place,
        probes=_BEGINNING not in match,
    )
