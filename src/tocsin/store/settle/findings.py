"""Findings that set articles against each other: rows of `findings` without a text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from tocsin.keys import finding_key
from tocsin.records import Finding
from tocsin.store.rows import as_json


def write_findings(
    connection: sqlite3.Connection, findings: Iterable[Finding], day: str | None
) -> None:
    """Write findings about one thing, in their order, filed under `day`."""
    connection.executemany(
        'INSERT INTO findings (id, text_id, position, "check", verdict, sentence, about, day,'
        " record) VALUES (?, NULL, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                finding_key(None, as_json(finding)),
                position,
                finding.check,
                str(finding.verdict),
                finding.sentence,
                finding.about,
                day,
                as_json(finding),
            )
            for position, finding in enumerate(findings)
        ],
    )


def drop_findings(connection: sqlite3.Connection, about: str) -> None:
    """Remove the findings about what is in the JSON list `about`."""
    connection.execute(
        "DELETE FROM findings WHERE text_id IS NULL AND about IN (SELECT value FROM json_each(?))",
        (about,),
    )
