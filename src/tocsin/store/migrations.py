"""The version of the store's schema, and the steps from each older version to the next.

`schema.sql` always describes the newest version; a step must turn the one before into exactly
what it says, which a test checks.  All steps run in one transaction: a store is of the old version
or of the new one, whatever kills the process in between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from tocsin.errors import StoreError
from tocsin.store.tables import read_value

#: Events say how probable they are (the rules that found these: 0.7) and where they are told again,
#: reported ones which are background, which changes their status: all are worked out anew.
_TO_2 = """
ALTER TABLE texts ADD COLUMN reader TEXT;
UPDATE texts SET account = substr(account, 1, length(account) - 1) || ',"reader":null}';
CREATE INDEX texts_by_reader ON texts (reader, id);
ALTER TABLE events ADD COLUMN confidence REAL NOT NULL DEFAULT 0;
UPDATE events SET confidence = 0.7,
  record = replace(substr(record, 1, length(record) - 1), ',"actors":[',
    ',"confidence":0.7,"actors":[') || ',"mentions":[]}';
ALTER TABLE reported_events ADD COLUMN confidence REAL NOT NULL DEFAULT 0;
ALTER TABLE reported_events ADD COLUMN background INTEGER NOT NULL DEFAULT 0;
UPDATE reported_events SET confidence = 0.7,
  background = status IN ('historical', 'hypothetical', 'negated'),
  record = replace(record, ',"contexts":[', ',"confidence":0.7,"contexts":[');
ALTER TABLE reported_pairs ADD COLUMN confidence REAL NOT NULL DEFAULT 0;
ALTER TABLE reported_pairs ADD COLUMN background INTEGER NOT NULL DEFAULT 0;
UPDATE reported_pairs SET confidence = 0.7,
  background = status IN ('historical', 'hypothetical', 'negated');
DROP INDEX reported_events_by_day;
DROP INDEX reported_events_by_place;
DROP INDEX reported_pairs_by_day;
DROP INDEX reported_pairs_by_actor;
DROP INDEX reported_pairs_by_recipient;
CREATE INDEX reported_events_by_day ON reported_events
  (day, id, independent, reliability, confidence);
CREATE INDEX reported_events_by_background ON reported_events (background, day, id);
CREATE INDEX reported_events_by_confidence ON reported_events (confidence, id);
CREATE INDEX reported_events_by_place ON reported_events
  (place, day, id, country, quad, latitude, longitude, background);
CREATE INDEX reported_pairs_by_day ON reported_pairs
  (day, actor, recipient, type, score, independent, contradicted, status, background, confidence);
CREATE INDEX reported_pairs_by_actor ON reported_pairs
  (actor, day, recipient, type, score, independent, contradicted, status, background, confidence);
CREATE INDEX reported_pairs_by_recipient ON reported_pairs
  (recipient, day, actor, type, score, independent, contradicted, status, background, confidence);
INSERT OR IGNORE INTO pending SELECT DISTINCT 'block', block FROM events;
"""

#: The version that `schema.sql` describes, kept in the file as PRAGMA user_version.
SCHEMA_VERSION = 2

#: From each version to the next: the SQL that does it.  Version 1 is the first that was released.
STEPS: Mapping[int, str] = {1: _TO_2}


def migrate(
    connection: sqlite3.Connection,
    *,
    steps: Mapping[int, str] = STEPS,
    to: int = SCHEMA_VERSION,
) -> None:
    """Bring the store up to version `to`, inside the transaction that the caller has begun.

    Raises:
        StoreError: there is no way from the version that the store has.
    """
    version = int(read_value(connection, "PRAGMA user_version"))
    for old in range(version, to):
        if old not in steps:
            raise StoreError(
                "this store is of a version that is no longer read",
                value=f"version {version}",
                expected=f"version {min(steps, default=to)} to {to}",
                advice="Add the articles to a new store.",
            )
        run_script(connection, steps[old])
    connection.execute(f"PRAGMA user_version={to}")


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run the statements of `script`, each of which ends a line, inside the open transaction.

    `sqlite3.Connection.executescript` would end the transaction first.
    """
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            connection.execute(pending)
            pending = ""
    if pending.strip():
        connection.execute(pending)
