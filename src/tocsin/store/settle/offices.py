"""Offices that articles give to two people on one day."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date

from tocsin.records import OfficeClaim, Verdict
from tocsin.store.fromjson import from_json
from tocsin.store.settle.findings import drop_findings, write_findings
from tocsin.store.settle.rows import as_list
from tocsin.together.events.contradiction import Claimed, check_office, is_held_by_one

#: Of each name on each day and with each verdict two claims, in two texts where there are two.
_CLAIMS = """
SELECT min(id), day FROM office_claims
WHERE office_id = :office AND name IS NOT NULL AND day IS NOT NULL GROUP BY day, name, verdict
UNION SELECT max(id), day FROM office_claims
WHERE office_id = :office AND name IS NOT NULL AND day IS NOT NULL GROUP BY day, name, verdict
ORDER BY 2, 1
"""

_CLAIM = """
SELECT o.record, o.text_id, substr(t.text, o.start + 1, o.end - o.start), o.verdict,
  (SELECT a.outlet FROM articles a WHERE a.text_id = t.id AND a.outlet IS NOT NULL
   ORDER BY a.id LIMIT 1)
FROM office_claims o JOIN texts t ON t.id = o.text_id WHERE o.id = ?
"""


def settle_offices(connection: sqlite3.Connection, offices: Sequence[str]) -> None:
    """Write the findings about `offices` anew."""
    drop_findings(connection, as_list(offices))
    for office in filter(is_held_by_one, offices):
        names = "SELECT count(DISTINCT name) FROM office_claims WHERE office_id = ?"
        if connection.execute(names, (office,)).fetchone()[0] < 2:
            continue
        rows = connection.execute(_CLAIMS, {"office": office}).fetchall()
        claims = [_claimed(connection, claim_id, day) for claim_id, day in rows]
        for finding in check_office(office, claims):
            write_findings(connection, [finding], str(finding.compared["day"]))


def _claimed(connection: sqlite3.Connection, claim_id: str, day: str) -> Claimed:
    record, text_id, quoted, verdict, outlet = connection.execute(_CLAIM, (claim_id,)).fetchone()
    return Claimed(
        claim=from_json(OfficeClaim, json.loads(record)),
        text_id=text_id,
        quoted=quoted,
        outlet=outlet,
        day=date.fromisoformat(day),
        verdict=Verdict(verdict) if verdict else None,
    )
