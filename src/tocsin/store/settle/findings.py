"""Findings that set articles against each other: rows of `findings` without a text.

Those about offices are worked out here; those about events and quotations with these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tocsin.keys import finding_key
from tocsin.records import Finding, OfficeClaim, Side, Verdict
from tocsin.store.arrivals import note_arrivals
from tocsin.store.fromjson import read_record
from tocsin.store.pending import mark_found
from tocsin.store.rows import as_json
from tocsin.store.tables import Connection, Row, columns_of, insert_rows, read_rows, read_value, run
from tocsin.together.events.contradiction import Claimed, check_office, is_held_by_one


def write_findings(connection: Connection, findings: Iterable[Finding], day: str | None) -> None:
    """Write findings about one thing, in their order, filed under `day`.

    The key of one is that of its sides: it stays where what it is about is keyed anew.
    """
    rows: list[Row] = [
        {
            "id": finding_key(None, as_json(replace(finding, about=None))),
            "position": position,
            **columns_of(finding, "check verdict sentence about"),
            "day": day,
            "record": as_json(finding),
        }
        for position, finding in enumerate(findings)
    ]
    ids = [row["id"] for row in rows]
    # One may still stand under what it was about before, which is worked out later.
    run(connection, "DELETE FROM findings WHERE id IN (?) AND text_id IS NULL", ids)
    insert_rows(connection, "findings", rows)
    note_arrivals(connection, "finding", ids)


def drop_findings(connection: Connection, about: Sequence[str]) -> None:
    """Remove the findings about what has these ids; most are written again."""
    gone = "FROM findings WHERE text_id IS NULL AND about IN (?)"
    mark_found(connection, f"SELECT 'finding', id {gone}", about)
    run(connection, f"DELETE {gone}", about)


#: Of each name on each day and with each verdict two claims, in two texts where there are two;
#: a claim is told by its text first, whose id has 16 digits.
_CLAIMS = """
SELECT substr(min(text_id || id), 17), day FROM office_claims
WHERE office_id = :office AND name IS NOT NULL AND day IS NOT NULL GROUP BY day, name, verdict
UNION SELECT substr(max(text_id || id), 17), day FROM office_claims
WHERE office_id = :office AND name IS NOT NULL AND day IS NOT NULL GROUP BY day, name, verdict
ORDER BY 2, 1
"""

#: The outlet of the earliest article that prints the text of the row `o`.
OUTLET = """
(SELECT a.outlet FROM articles a WHERE a.text_id = o.text_id AND a.outlet IS NOT NULL
 ORDER BY a.id LIMIT 1) AS outlet
"""

_CLAIM = f"""
SELECT o.id, o.record, o.text_id, o.start, o.end, o.verdict, {OUTLET},
  substr(t.text, o.start + 1, o.end - o.start) AS quoted
FROM office_claims o JOIN texts t ON t.id = o.text_id WHERE o.id = ?
"""  # noqa: S608 - our own names


def settle_offices(connection: Connection, offices: Sequence[str]) -> None:
    """Write the findings about `offices` anew."""
    drop_findings(connection, offices)
    for office in filter(is_held_by_one, offices):
        names = "SELECT count(DISTINCT name) FROM office_claims WHERE office_id = ?"
        if read_value(connection, names, office) < 2:
            continue
        rows = connection.execute(_CLAIMS, {"office": office}).fetchall()
        claims = [_claimed(connection, claim_id, day) for claim_id, day in rows]
        for finding in check_office(office, claims):
            write_findings(connection, [finding], str(finding.compared["day"]))


def _claimed(connection: Connection, claim_id: str, day: str) -> Claimed:
    (row,) = read_rows(connection, _CLAIM, claim_id)
    return Claimed(
        claim=read_record(OfficeClaim, row["record"]),
        side=side_of(row),
        day=date.fromisoformat(day),
        verdict=Verdict(row["verdict"]) if row["verdict"] else None,
    )


def side_of(row: Row) -> Side:
    """Return whose words a statement or claim of one text has, with what is quoted of them."""
    words = row["start"], row["end"]
    return Side(
        record=row["id"],
        text_id=row["text_id"],
        words=words,
        quoted=row["quoted"],
        outlet=row["outlet"],
    )
