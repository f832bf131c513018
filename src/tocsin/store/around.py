"""Around a report: what its records belong to in the store, and what is found beyond its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tocsin.records import Finding, Report
from tocsin.store.fromjson import read_record
from tocsin.store.kinds.printed import Print, read_prints
from tocsin.store.tables import Connection, read_column, read_value, run

_FINDINGS = """
SELECT record FROM findings WHERE about IN (?) AND text_id IS NULL AND instr(record, ?)
ORDER BY day, id
"""

#: By the record of a text that belongs to something, what that is.
_BELONGS: Mapping[str, str] = {
    "events": "SELECT id, reported FROM events WHERE text_id = ? AND reported IS NOT NULL",
    "quotations": "SELECT id, quotation FROM statements"
    " WHERE text_id = ? AND quotation IS NOT NULL",
    "speakers": "SELECT x.id, s.key FROM statements x JOIN speakers s ON s.key = x.speaker_key"
    " WHERE x.text_id = ?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a store adds to a report; of a report that is in no store, nothing."""

    family: str | None = None  #: that its text belongs to
    events: Mapping[str, str] = field(default_factory=dict)  #: reported events, by event
    quotations: Mapping[str, str] = field(default_factory=dict)  #: by statement
    speakers: Mapping[str, str] = field(default_factory=dict)  #: `speakers.key`, by statement
    beyond: tuple[Finding, ...] = ()  #: that set what it tells against other articles
    prints: Mapping[str | None, tuple[Print, ...]] = field(default_factory=dict)  #: by text


def read_around(connection: Connection, report: Report) -> Around:
    """Return what stands around a report that the store holds."""
    text_id = report.article.text_id
    belongs = {name: dict(run(connection, sql, text_id)) for name, sql in _BELONGS.items()}
    offices = {each for claim in report.office_claims for each in claim.offices}
    together = {*belongs["events"].values(), *belongs["quotations"].values()}
    beyond = (
        *read_findings(connection, together),
        *read_findings(connection, offices, text_id),  # of an office there may be very many
    )
    return Around(
        **belongs,
        family=read_value(connection, "SELECT family FROM texts WHERE id = ?", text_id),
        beyond=beyond,
        prints=read_prints(
            connection, {text_id, *(side.text_id for each in beyond for side in each.sides)}
        ),
    )


def read_findings(connection: Connection, about: Iterable[str], text_id: str = "") -> list[Finding]:
    """Return the findings that set articles against each other about what has these ids.

    With a `text_id`, only those in which that text is a side.
    """
    rows = read_column(connection, _FINDINGS, about, text_id)
    return [read_record(Finding, each) for each in rows]
