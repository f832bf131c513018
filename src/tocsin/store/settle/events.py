"""Reported events of days that lie together, from all tellings of these days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from tocsin.keys import reported_key
from tocsin.records import ReportedEvent, Verdict, to_json
from tocsin.store.identity import give_id
from tocsin.store.rows import as_json
from tocsin.store.settle.findings import drop_findings, write_findings
from tocsin.store.settle.places import mark_places
from tocsin.store.settle.tellings import Copies, Heard, Hearing, hear_tellings
from tocsin.store.tables import Connection, columns_of, insert_rows, read_column, run
from tocsin.together.events.contradiction import check_contradictions, numbers_differ
from tocsin.together.events.corroboration import REACH, Gathered, group_tellings
from tocsin.together.events.grades import grade_event
from tocsin.together.events.reported import make_reported_event
from tocsin.together.events.voices import count_independent

#: First and last block of a stretch of days.
Stretch = tuple[str, str]

#: Days worked out at once: the tellings of a stretch are in memory together.
_LONGEST = timedelta(days=31)


def settle_blocks(connection: Connection, blocks: Sequence[str]) -> None:
    """Work out the reported events of `blocks` and of the days that may change with them.

    A telling looks for its event up to `REACH` days away, so the events so far around a block may
    change with it; and to work those out, the tellings so far around them are needed in turn.
    Written are those that have other tellings now, or were noted as ``event`` in `pending`.
    """
    hearing = Hearing(connection)
    stale = set(read_column(connection, "SELECT key FROM pending WHERE kind = 'event'"))
    for written, needed in _stretches(blocks):
        _settle_stretch(connection, written, needed, hearing, stale)


def _settle_stretch(
    connection: Connection, written: Stretch, needed: Stretch, hearing: Hearing, stale: set[str]
) -> None:
    """Write the reported events of one stretch; only its tellings are in memory meanwhile."""
    heard = hear_tellings(connection, *needed)
    groups = group_tellings(heard.tellings, first_printed=heard.first_printed)
    there = "SELECT id, block FROM reported_events WHERE block BETWEEN ? AND ?"
    known = dict(run(connection, there, *written).fetchall())
    members = Counter(heard.former.values())
    stand = {
        group.events: key
        for group in groups
        if (key := _standing(group, heard)) not in stale
        and known.get(key) == group.block
        and members[key] == len(group.events)
    }
    _remove(connection, sorted(known.keys() - set(stand.values())))
    new = [
        _write(connection, group, heard, hearing)
        for group in groups
        if written[0] <= group.block <= written[1] and group.events not in stand
    ]
    # When all are marked: what one of them told before, another may tell now.
    write_pairs(connection, new)


def _standing(group: Gathered, heard: Heard) -> str:
    """Return the reported event that all events of the group belong to, if it is keyed by them."""
    key = reported_key(group.events[0])
    return key if all(heard.former[each] == key for each in group.events) else ""


def _stretches(blocks: Sequence[str]) -> Iterator[tuple[Stretch, Stretch]]:
    """Yield the blocks to write anew, in stretches of days, each with the blocks it needs."""
    for key, group in groupby(sorted(blocks), key=lambda block: block.rpartition("|")[0]):
        days = [date.fromisoformat(d) for b in group if (d := b.rpartition("|")[2])]
        if f"{key}|" in blocks:
            yield (f"{key}|", f"{key}|"), (f"{key}|", f"{key}|")
        for first, last in _join_days(days):
            yield _stretch(key, first, last, REACH), _stretch(key, first, last, 2 * REACH)


def _join_days(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Yield first and last of days that follow each other within twice the reach."""
    if not days:
        return
    start = last = days[0]
    for day in days[1:]:
        if day - last > timedelta(days=2 * REACH) or day - start > _LONGEST:
            yield start, last
            start = day
        last = day
    yield start, last


def _stretch(key: str, first: date, last: date, days: int) -> Stretch:
    around = timedelta(days=days)
    return f"{key}|{(first - around).isoformat()}", f"{key}|{(last + around).isoformat()}"


# --------------------------------------------------------------------------- one reported event


def _write(connection: Connection, group: Gathered, heard: Heard, hearing: Hearing) -> str:
    """Write all of a reported event but its pairs, and return its id."""
    about = reported_key(group.events[0])
    told = hearing.hear(group.tellings)
    group = replace(group, tellings=tuple(told.tellings))
    findings = list(check_contradictions(group.tellings, about))
    copies = Copies(connection, group.tellings)
    voices = count_independent(
        group.tellings,
        copies=copies,
        owners=told.owners,
        agencies=told.agencies,
        unnamed=told.unnamed,
    )
    grade = grade_event(
        group.tellings,
        voices,
        reliability=told.reliability,
        numbers_differ=numbers_differ(findings),
        doubtful=told.doubtful,
    )
    contradicted = any(finding.verdict is Verdict.CONTRADICTED for finding in findings)
    event = make_reported_event(group, voices, grade, contradicted=contradicted)
    # It is listed under its own day, or that of the first report.
    printed = [telling.published for telling in event.tellings if telling.published]
    day = to_json(event.day or min(printed, default=None))
    former = (heard.former[each] for each in group.events)
    give_id(connection, "event", event.id, group.events[:1], former=former)
    _remove(connection, [event.id])  # it may still be filed under another day
    _write_event(connection, event, group.block, day)
    _write_facets(connection, event, day)
    mark_places(connection, [event.id])
    _mark_events(connection, event, group)
    write_findings(connection, findings, day)
    return event.id


def _write_event(connection: Connection, event: ReportedEvent, block: str, day: str | None) -> None:
    row = {
        **columns_of(event, "id type mode quad score confidence status until"),
        **columns_of(event, "articles reports independent"),
        **columns_of(event.place, "latitude longitude country", place="name"),
        **columns_of(event.grade, "reliability credibility"),
        "block": block,
        "day": day,
        "actors": _lines(actor.name for actor in event.actors),
        "recipients": _lines(recipient.name for recipient in event.recipients),
        "told": _lines(telling.told for telling in event.tellings),
        "contradicted": int(event.contradicted),
        "background": int(event.status.is_background),
        "record": as_json(replace(event, tellings=())),
    }
    insert_rows(connection, "reported_events", [row])


def _lines(words: Iterable[str]) -> str:
    """Return the words one a line, each once."""
    return "\n".join(dict.fromkeys(" ".join(each.split()) for each in words))


def _write_facets(connection: Connection, event: ReportedEvent, day: str | None) -> None:
    filed = {"reported": event.id, "day": day}
    statuses = [filed | {"status": str(status)} for status in event.statuses]
    insert_rows(connection, "reported_statuses", statuses)
    outlets = {outlet for telling in event.tellings for outlet in telling.outlets}
    facets = {("context", each) for each in event.contexts} | {("outlet", o) for o in outlets}
    rows = [filed | {"facet": facet, "value": value} for facet, value in sorted(facets)]
    insert_rows(connection, "reported_facets", rows, ignore_known=True)
    parties = [
        filed | {"role": role, "position": position} | columns_of(party, "name country sector")
        for role, parties in (("actor", event.actors), ("recipient", event.recipients))
        for position, party in enumerate(parties)
    ]
    insert_rows(connection, "reported_parties", parties)


#: Pairs of countries of which one acts on the other, which series are sums of.  An event stands
#: where a speaker who can be asked tells it as having happened, or an outlet in its own words.
#: Where this is one voice, its speaker is noted: a copy that leaves the speaker out is the same.
_PAIRS = """
WITH tellings AS (
  SELECT v.reported, v.voice, t.day, coalesce(s.speaker_key, s.id) AS speaker,
    v.asserted_by = 'article' AND v.status = 'asserted'
      OR coalesce(s.naming IN ('named', 'office', 'institution'), 0)
      AND v.status IN ('asserted', 'reported', 'alleged') AS sound
  FROM events v JOIN texts t ON t.id = v.text_id LEFT JOIN statements s ON s.id = v.asserted_by
  WHERE v.voice IS NOT NULL AND v.reported IN (?)
), voices AS (
  SELECT reported, min(day) AS told, max(sound) AS sound,
    CASE WHEN count(DISTINCT voice) FILTER (WHERE sound) = 1
      THEN max(speaker) FILTER (WHERE sound) END AS speaker
  FROM tellings GROUP BY reported
)
INSERT INTO reported_pairs
  (reported, actor, recipient, type, day, score, status, independent, contradicted, confidence,
   background, told, stands, speaker)
SELECT DISTINCT e.id, coalesce(a.country, ''), coalesce(r.country, ''), e.type, e.day, e.score,
  e.status, e.independent, e.contradicted, e.confidence, e.background, coalesce(v.told, e.day),
  v.sound AND NOT e.background AND NOT e.contradicted AND e.credibility <> 5,
  coalesce(v.speaker, '')
FROM voices v JOIN reported_events e ON e.id = v.reported
LEFT JOIN reported_parties a ON a.reported = e.id AND a.role = 'actor'
LEFT JOIN reported_parties r ON r.reported = e.id AND r.role = 'recipient'
WHERE e.day IS NOT NULL
"""


def write_pairs(connection: Connection, events: Iterable[str]) -> None:
    """Write the pairs of reported events, by their ids; those without a day have none.

    The events, their parties and which tellings are theirs must have been written.
    """
    run(connection, _PAIRS, events)


def _mark_events(connection: Connection, event: ReportedEvent, group: Gathered) -> None:
    """Say of each event which reported event it tells, and of each telling with which voice.

    An event without a voice is told once more in a text that has a telling on that side.
    """
    voice = {telling.event.id: telling.voice for telling in event.tellings}
    connection.executemany(
        "UPDATE events SET reported = ?1, voice = ?2 WHERE id = ?3"
        " AND (reported IS NOT ?1 OR voice IS NOT ?2)",
        ((event.id, voice.get(each), each) for each in group.events),
    )


def _remove(connection: Connection, reported: Sequence[str]) -> None:
    """Remove reported events, and all that hangs on them."""
    drop_findings(connection, reported)
    mark_places(connection, reported)
    for table in ("reported_statuses", "reported_facets", "reported_parties", "reported_pairs"):
        run(connection, f"DELETE FROM {table} WHERE reported IN (?)", reported)  # noqa: S608
    run(connection, "DELETE FROM reported_events WHERE id IN (?)", reported)
