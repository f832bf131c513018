-- From version 3 to 4: a log of what judges say of what was found.
CREATE TABLE judgements (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  at         TEXT NOT NULL,
  day        TEXT NOT NULL,
  judge      TEXT NOT NULL COLLATE NOCASE,
  what       TEXT NOT NULL CHECK (what IN ('event', 'statement', 'office', 'finding', 'article')),
  record     TEXT NOT NULL,
  text_id    TEXT REFERENCES texts (id),
  "start"    INTEGER,
  "end"      INTEGER,
  verdict    TEXT NOT NULL CHECK (verdict IN ('confirmed', 'corrected', 'rejected', 'added', 'complete', 'withdrawn')),
  correction TEXT,
  note       TEXT,
  withdraws  INTEGER REFERENCES judgements (id),
  judged     TEXT,
  past       INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX judgements_by_day ON judgements (day, id);
CREATE INDEX judgements_by_past ON judgements (past, day, id);
CREATE INDEX judgements_by_judge ON judgements (judge, day, id);
CREATE INDEX judgements_by_what ON judgements (what, day, id);
CREATE INDEX judgements_by_verdict ON judgements (verdict, day, id);
CREATE INDEX judgements_by_record ON judgements (record, id);
CREATE INDEX judgements_by_text ON judgements (text_id);
CREATE INDEX judgements_by_withdraws ON judgements (withdraws) WHERE withdraws IS NOT NULL;
CREATE INDEX judgements_standing ON judgements (what, verdict, record) WHERE NOT past;
