"""Judgements: what people say of what was found, in a log beside the records.

A record is never changed by a judgement.  Each is one transaction, forced to disk before it is told
to be kept.  What stands of a judge on a record is the last that was not taken back.  When a later
reader reads the text anew, a judgement follows the words of its record; what it was of is kept with
it (`tocsin.store.judged`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tocsin.errors import ValueNotUnderstood
from tocsin.keys import event_key
from tocsin.lexicons.numbered import counted
from tocsin.lexicons.refusals import refusal
from tocsin.records import Event, Span, Statement
from tocsin.store.arrivals import Clock, as_text
from tocsin.store.asked import Judged, What, read_name
from tocsin.store.database import open_database, write_batch
from tocsin.store.fromjson import read_record
from tocsin.store.identity import JOINED, resolve_id
from tocsin.store.judged import (
    TABLES,
    Fields,
    Record,
    fields_of,
    find_like,
    read_act,
    read_correction,
)
from tocsin.store.rows import TABLES_OF_TEXT, as_json
from tocsin.store.tables import (
    Connection,
    Row,
    as_list,
    insert_rows,
    read_column,
    read_rows,
    read_value,
    run,
)

#: Seconds that a judge waits for another who is writing, unless told otherwise.
PATIENCE = 10.0

#: How many ids are named of what is still to be judged.
_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A judgement that was kept: who says what of which record."""

    id: int
    judge: str
    verdict: Judged
    what: What
    record: str


@contextmanager
def open_to_judge(folder: Path | str, wait: float = PATIENCE) -> Iterator[Connection]:
    """Open the store in `folder` for judgements, also while others write, and close it in the end.

    Raises:
        StoreError: there is no store, or it cannot be written to.
    """
    connection = open_database(folder, wait=wait)
    try:
        yield connection
    finally:
        connection.close()


def judge_record(
    connection: Connection,
    record: str,
    judge: str,
    verdict: Judged,
    *,
    given: Mapping[str, Any] | None = None,
    note: str | None = None,
    clock: Clock,
) -> list[Judgement]:
    """Keep what a judge says of a record, and return what was kept.

    Args:
        connection: a store open to be written.
        record: the id of an event, statement, office claim, finding or article; that of a reported
            event means all its tellings, that of a quotation its statements.
        judge: the name of who judges, in any case.
        verdict: of an article `complete`, `added` or `withdrawn`; of anything else `confirmed`,
            `corrected`, `rejected` or `withdrawn`, which takes back the judge's last on it.
        given: corrected or added: fields as `data/judged.tsv` lists them.
        note: why.
        clock: tells the time.

    Raises:
        ValueNotUnderstood: there is no such record, or it cannot be judged so.
        StoreError: the store cannot be written to, or another has been writing for too long.
    """
    record, judge = read_name("record", record), read_name("judge", judge)
    with write_batch(connection):
        known = read_column(connection, "SELECT DISTINCT judge FROM judgements")
        judge = next((one for one in known if one.casefold() == judge.casefold()), judge)
        written = {"judge": judge, "note": read_name("note", note) if note else None}
        saying = _Saying(connection=connection, judge=judge, verdict=verdict, given=given or {})
        rows = [row for each in find_to_judge(connection, record) for row in saying.rows_of(each)]
        if not rows:
            raise refusal(ValueNotUnderstood, "nothing_to_withdraw", record, judge=judge)
        if all(row["verdict"] != verdict for row in rows):  # of some tellings it may be so already
            raise refusal(ValueNotUnderstood, "nothing_corrected", ", ".join(given or ()))
        moment = as_text(clock())
        written |= {"at": moment, "day": moment.partition("T")[0]}
        return [_keep(connection, row | written) for row in rows]


def _keep(connection: Connection, row: Row) -> Judgement:
    insert_rows(connection, "judgements", [row])
    number = read_value(connection, "SELECT last_insert_rowid()")
    run(connection, _PAST, [row["record"]])
    kept = {name: row[name] for name in ("judge", "verdict", "what", "record")}
    return Judgement(id=number, **kept)


#: What stands no more: it is taken back, or takes back, or the judge judged the record anew.
_PAST = """
UPDATE judgements AS j SET past = j.verdict = 'withdrawn'
  OR EXISTS (SELECT 1 FROM judgements w WHERE w.withdraws = j.id)
  OR EXISTS (SELECT 1 FROM judgements n WHERE n.record = j.record AND n.id > j.id
    AND n.judge = j.judge AND n.verdict <> 'withdrawn'
    AND NOT EXISTS (SELECT 1 FROM judgements w WHERE w.withdraws = n.id))
WHERE j.record IN (?)
"""


# --------------------------------------------------------------------------- what is judged


@dataclass(frozen=True, slots=True, kw_only=True)
class ToJudge:
    """One record as a judge looks at it."""

    what: What
    record: str  #: its id
    text_id: str | None  #: none of a finding that sets articles against each other
    words: Span | None
    fields: Fields  #: as `data/judged.tsv` lists them; none of an article

    @property
    def row(self) -> Row:
        """What every judgement on it has in its row."""
        start, end = self.words or (None, None)
        place = {"text_id": self.text_id, "start": start, "end": end}
        judged = as_json(self.fields) if self.fields else None
        return {"what": self.what, "record": self.record, **place, "judged": judged}


_FOUND = 'SELECT id, text_id, "start", "end", record FROM {} WHERE {} = ? ORDER BY id'

_KNOWN = """
SELECT what, record AS id, text_id, "start", "end", judged FROM judgements
WHERE record = ? ORDER BY id DESC LIMIT 1
"""


def find_to_judge(connection: Connection, given: str) -> list[ToJudge]:
    """Return what the id `given` names: a record, or those that are joined under it.

    Raises:
        ValueNotUnderstood: there is no such record.
    """
    for what in TABLES:
        if found := _read_found(connection, what, "id", given):
            return found
    if text_id := read_value(connection, "SELECT text_id FROM articles WHERE id = ?", given):
        of_article = {"what": What.ARTICLE, "record": given, "text_id": text_id}
        return [ToJudge(**of_article, words=None, fields={})]
    for kind, what in (("event", What.EVENT), ("quotation", What.STATEMENT)):
        column, now = JOINED[kind][2], resolve_id(connection, kind, given)
        if found := _read_found(connection, what, column, now):
            return found
    if known := read_rows(connection, _KNOWN, given):  # added, or found by an earlier reader
        return [_to_judge(What(row["what"]), row, json.loads(row["judged"])) for row in known]
    raise refusal(ValueNotUnderstood, "judged_unknown", given)


def _read_found(connection: Connection, what: What, column: str, key: str) -> list[ToJudge]:
    table = TABLES[what]
    found = []
    for row in read_rows(connection, _FOUND.format(table, column), key):
        record: Any = read_record(TABLES_OF_TEXT[table], row["record"])
        found.append(_to_judge(what, row, fields_of(record, _told_by(connection, record))))
    return found


def _to_judge(what: What, row: Row, fields: Fields) -> ToJudge:
    words = None if row["start"] is None else (row["start"], row["end"])
    return ToJudge(what=what, record=row["id"], text_id=row["text_id"], words=words, fields=fields)


def _told_by(connection: Connection, record: Record) -> Span | None:
    """Return the words for the speaker of the statement in which an event is told."""
    if not isinstance(record, Event):
        return None
    said = "SELECT record FROM statements WHERE id = ?"
    statement = read_value(connection, said, record.asserted_by)
    return read_record(Statement, statement).speaker_words if statement else None


# --------------------------------------------------------------------------- what is said of it


#: What can be said of what.
_OF_ARTICLES = (Judged.COMPLETE, Judged.ADDED, Judged.WITHDRAWN)
_OF_RECORDS = (Judged.CONFIRMED, Judged.CORRECTED, Judged.REJECTED, Judged.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saying:
    """What a judge says, but for of what: who, and with which fields."""

    connection: Connection
    judge: str
    verdict: Judged
    given: Mapping[str, Any]

    def rows_of(self, target: ToJudge) -> list[Row]:
        """Return the rows that it makes of a target; none where there is nothing to take back."""
        verdict = self.verdict
        can_be = _OF_ARTICLES if target.what is What.ARTICLE else _OF_RECORDS
        if verdict not in can_be:
            said = {"what": target.what, "verdict": verdict, "known": ", ".join(can_be)}
            raise refusal(ValueNotUnderstood, "verdict_unfit", target.record, **said)
        made = _MAKES[verdict](self, target) if verdict in _MAKES else [{}]
        usual: Row = {"verdict": verdict, "correction": None, "withdraws": None}
        return [target.row | usual | each for each in made]

    def text_of(self, target: ToJudge) -> str:
        """Return the text in which a target stands; empty where it stands in several."""
        text = "SELECT text FROM texts WHERE id = ?"
        return str(read_value(self.connection, text, target.text_id) or "")


def _withdraw(saying: _Saying, target: ToJudge) -> list[Row]:
    standing = "SELECT max(id) FROM judgements WHERE record = ? AND judge = ? AND NOT past"
    number = read_value(saying.connection, standing, target.record, saying.judge)
    return [] if number is None else [{"withdraws": number}]


def _correct(saying: _Saying, target: ToJudge) -> list[Row]:
    text = saying.text_of(target)
    changed = read_correction(target.what, target.fields, saying.given, text)
    return [{"correction": as_json(changed)} if changed else {"verdict": Judged.CONFIRMED}]


def _add(saying: _Saying, article: ToJudge) -> list[Row]:
    act = read_act(saying.given, saying.text_of(article))
    ((start, end),) = act["words"]
    key = event_key(str(article.text_id), (start, end), act["type"])
    if read_value(saying.connection, "SELECT 1 FROM events WHERE id = ?", key):
        raise refusal(ValueNotUnderstood, "act_found", article.record, id=key)
    place = {"start": start, "end": end, "judged": as_json(act)}
    return [{"what": What.EVENT, "record": key} | place]


_UNJUDGED = """
SELECT id FROM events WHERE text_id = ? AND id NOT IN (
  SELECT record FROM judgements WHERE judge = ? AND NOT past AND text_id = ?)
ORDER BY position
"""


def _complete(saying: _Saying, article: ToJudge) -> list[Row]:
    """Refuse to call an article complete in which an event is not judged: it would be no act."""
    text_id, judge = article.text_id, saying.judge
    ids = read_column(saying.connection, _UNJUDGED, text_id, judge, text_id)
    if ids:
        some = ", ".join(ids[:_NAMED]) + " ..." * (len(ids) > _NAMED)
        said = {"judge": judge, "events": counted(len(ids), "event"), "ids": some}
        raise refusal(ValueNotUnderstood, "unjudged", article.record, **said)
    return [{}]


#: What more than the verdict is in the row.
_MAKES: Mapping[Judged, Callable[[_Saying, ToJudge], list[Row]]] = {
    Judged.WITHDRAWN: _withdraw,
    Judged.CORRECTED: _correct,
    Judged.ADDED: _add,
    Judged.COMPLETE: _complete,
}


_SAID = """
SELECT key, verdict FROM (
  SELECT r.value AS key, j.verdict FROM json_each(?1) r JOIN judgements j ON j.record = r.value
  WHERE NOT j.past
  UNION SELECT e.reported, j.verdict FROM json_each(?1) r JOIN events e ON e.reported = r.value
  JOIN judgements j ON j.record = e.id WHERE NOT j.past)
ORDER BY key, verdict
"""


def read_said(connection: Connection, records: Iterable[str]) -> dict[str, list[Judged]]:
    """Return which verdicts stand on each of these records, reported events by their tellings."""
    said: dict[str, list[Judged]] = {}
    for key, verdict in connection.execute(_SAID, (as_list(records),)):
        said.setdefault(key, []).append(Judged(verdict))
    return said


# --------------------------------------------------------------------------- with the text


def follow_judgements(connection: Connection, text_id: str) -> None:
    """Hang the judgements on a text on what is found in their words now; call it afterwards.

    Where nothing is, they keep the id that was judged.
    """
    judged = "SELECT id, what, record, judged, correction FROM judgements WHERE text_id = ?"
    rows = read_rows(connection, f"{judged} AND judged IS NOT NULL", text_id)
    found: dict[str, dict[str, Fields]] = {}
    for what in {What(row["what"]) for row in rows}:
        there = _read_found(connection, what, "text_id", text_id)
        found[what] = {each.record: each.fields for each in there}
    own = {row["record"] for row in rows}
    for row in rows:
        correction, of_sort = json.loads(row["correction"] or "{}"), found[row["what"]]
        free = {key: fields for key, fields in of_sort.items() if key not in own}
        like = find_like(json.loads(row["judged"]), correction, free)
        if row["record"] not in of_sort and like:
            run(connection, "UPDATE judgements SET record = ? WHERE id = ?", like, row["id"])
            run(connection, _PAST, [like, row["record"]])


#: Also those on findings that set the text against others.
_OF_TEXT = """
DELETE FROM judgements WHERE text_id = ?1 OR what = 'finding' AND text_id IS NULL
  AND ?1 IN (SELECT value FROM json_each(judged, '$.texts'))
"""


def forget_judgements(connection: Connection, text_id: str) -> None:
    """Drop the judgements on a text that is forgotten."""
    connection.execute(_OF_TEXT, (text_id,))
