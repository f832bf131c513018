-- A Tocsin store, version 1 (PRAGMA user_version).  Opens in sqlite3, Datasette, pandas and DuckDB.
--
-- What was found in a text hangs on `text_id`; where the text was published, on `article_id`.
-- Forty outlets that print one agency text are forty rows of `articles` and one of `texts`.
-- Columns named `record` hold the whole record as JSON (the JSON contract of `tocsin read`);
-- the columns beside it are those that queries use.  Spans are character offsets into `texts.text`.
-- No content depends on the order of arrival: rows differ between stores by their rowid only.

-- Every input that was read, so that nothing is read twice and nothing is lost without a word.
CREATE TABLE items (
  key        TEXT PRIMARY KEY,             -- of address (or file name and place in it) and bytes
  origin     TEXT NOT NULL,                -- as the user gave it, with the place in the file
  outcome    TEXT NOT NULL CHECK (outcome IN ('kept', 'set_aside', 'failed')),
  article_id TEXT,                         -- kept
  language   TEXT,                         -- set_aside: ISO 639-1
  error      TEXT,                         -- failed: name of the error
  message    TEXT                          -- failed: what, the value, what was expected
) WITHOUT ROWID;
CREATE INDEX items_by_outcome ON items (outcome);
CREATE INDEX items_by_article ON items (article_id);

CREATE TABLE texts (
  rowid      INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,         -- Article.text_id
  text       TEXT NOT NULL,
  characters INTEGER NOT NULL,
  language   TEXT NOT NULL,
  media_type TEXT NOT NULL,
  day        TEXT,                         -- day of publication that "Tuesday" was read by
  dateline   TEXT,                         -- JSON
  dating     TEXT,                         -- JSON
  account    TEXT NOT NULL,                -- JSON: versions of what read the text
  family     TEXT                          -- families.id
);
CREATE INDEX texts_by_family ON texts (family);

CREATE TABLE articles (
  rowid          INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,     -- Article.id
  text_id        TEXT NOT NULL REFERENCES texts (id),
  title          TEXT,
  url            TEXT,
  outlet         TEXT COLLATE NOCASE,
  published      TEXT,
  published_from TEXT,
  origin         TEXT
);
CREATE INDEX articles_by_text ON articles (text_id);
CREATE INDEX articles_by_url ON articles (url);
CREATE INDEX articles_by_day ON articles (published, id);
CREATE INDEX articles_by_outlet ON articles (outlet, published, id);

-- ------------------------------------------------------------------ what is found in a text

CREATE TABLE statements (
  rowid     INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  text_id   TEXT NOT NULL REFERENCES texts (id),
  position  INTEGER NOT NULL,              -- in the order of Report.statements
  speaker   TEXT,                          -- name
  speaker_key TEXT,                        -- speakers.key; NULL when nobody in particular speaks
  office    TEXT,
  country   TEXT,
  sector    TEXT,
  manner    TEXT NOT NULL,
  stance    TEXT NOT NULL,
  naming    TEXT NOT NULL,
  said      TEXT NOT NULL,                 -- the words of the content
  "start"   INTEGER NOT NULL,              -- of the first piece of content
  "end"     INTEGER NOT NULL,              -- of the last
  day       TEXT,                          -- texts.day
  quotation TEXT,                          -- quotations.id
  record    TEXT NOT NULL
);
CREATE INDEX statements_by_text ON statements (text_id, position);
CREATE INDEX statements_by_speaker ON statements (speaker_key, day, id);
CREATE INDEX statements_by_country ON statements (country, day, id);
CREATE INDEX statements_by_stance ON statements (stance, day, id);
CREATE INDEX statements_by_naming ON statements (naming, day, id);
CREATE INDEX statements_by_manner ON statements (manner, day, id);
CREATE INDEX statements_by_day ON statements (day, id);
CREATE INDEX statements_by_quotation ON statements (quotation);

CREATE TABLE events (
  rowid    INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  text_id  TEXT NOT NULL REFERENCES texts (id),
  position INTEGER NOT NULL,
  type     TEXT NOT NULL,
  mode     TEXT,
  quad     INTEGER NOT NULL,
  score    REAL NOT NULL,
  status   TEXT NOT NULL,
  day      TEXT,                           -- first day it can have been on
  until    TEXT,                           -- last day it can have been on
  place    TEXT,
  country  TEXT,                           -- of the place
  told     TEXT NOT NULL,                  -- the words of the clause
  "start"  INTEGER NOT NULL,
  "end"    INTEGER NOT NULL,
  asserted_by TEXT NOT NULL,               -- statements.id or 'article'
  block    TEXT NOT NULL,                  -- events of one block may be one reported event
  reported TEXT,                           -- reported_events.id
  voice    INTEGER,                        -- Telling.voice among the tellings of `reported`
  record   TEXT NOT NULL
);
CREATE INDEX events_by_text ON events (text_id, position);
CREATE INDEX events_by_block ON events (block);
CREATE INDEX events_by_reported ON events (reported);

CREATE TABLE office_claims (
  rowid     INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  text_id   TEXT NOT NULL REFERENCES texts (id),
  position  INTEGER NOT NULL,
  name      TEXT,
  office    TEXT NOT NULL,                 -- as written
  office_id TEXT,                          -- the one office of the reference that it means, if one
  country   TEXT,
  verdict   TEXT,                          -- of the tenure check
  day       TEXT,                          -- the day it speaks of: its own, else texts.day
  "start"   INTEGER NOT NULL,
  "end"     INTEGER NOT NULL,
  record    TEXT NOT NULL
);
CREATE INDEX office_claims_by_text ON office_claims (text_id, position);
CREATE INDEX office_claims_by_office ON office_claims (office_id, day, id);
CREATE INDEX office_claims_by_name ON office_claims (name);
CREATE INDEX office_claims_by_country ON office_claims (country, day, id);
CREATE INDEX office_claims_by_verdict ON office_claims (verdict, day, id);
CREATE INDEX office_claims_by_day ON office_claims (day, id);

-- Findings about one text have a text_id; findings that set articles against each other have none.
CREATE TABLE findings (
  rowid    INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  text_id  TEXT REFERENCES texts (id),
  position INTEGER NOT NULL,
  "check"  TEXT NOT NULL,
  verdict  TEXT NOT NULL,
  sentence TEXT NOT NULL,
  about    TEXT,                           -- id of the record, or of the reported event
  day      TEXT,
  "start"  INTEGER,
  "end"    INTEGER,
  record   TEXT NOT NULL
);
CREATE INDEX findings_by_text ON findings (text_id, position);
CREATE INDEX findings_by_verdict ON findings (verdict, day, id);
CREATE INDEX findings_by_check ON findings ("check", day, id);
CREATE INDEX findings_by_about ON findings (about, day, id);
CREATE INDEX findings_by_day ON findings (day, id);

-- ------------------------------------------------------------------ what articles say together

-- Keys by which two texts that share words find each other; see checks/copies.py.
CREATE TABLE sketches (
  key     INTEGER NOT NULL,
  text_id TEXT NOT NULL,
  PRIMARY KEY (key, text_id)
) WITHOUT ROWID;
CREATE INDEX sketches_by_text ON sketches (text_id);

CREATE TABLE copies (
  one        TEXT NOT NULL,                -- texts.id, the smaller of the two
  other      TEXT NOT NULL,
  kind       TEXT NOT NULL,                -- near, passage (verbatim prints are one text)
  similarity REAL NOT NULL,
  record     TEXT NOT NULL,                -- CopyMatch
  PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX copies_by_other ON copies (other);

CREATE TABLE families (
  rowid    INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  origin   TEXT,                           -- articles.id
  agency   TEXT COLLATE NOCASE,
  articles INTEGER NOT NULL,
  because  TEXT NOT NULL,
  record   TEXT NOT NULL                   -- Family
);
CREATE INDEX families_by_articles ON families (articles, id);
CREATE INDEX families_by_agency ON families (agency, articles, id);

CREATE TABLE quotations (
  rowid       INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  speaker     TEXT,
  speaker_key TEXT,
  said        TEXT NOT NULL,
  day         TEXT,                        -- first published
  articles    INTEGER NOT NULL,
  record      TEXT NOT NULL                -- Quotation
);
CREATE INDEX quotations_by_speaker ON quotations (speaker_key, day);

-- Keys by which the same long words under two names find each other; see checks/quotations.py.
CREATE TABLE quotation_keys (
  key       INTEGER NOT NULL,
  quotation TEXT NOT NULL,
  PRIMARY KEY (key, quotation)
) WITHOUT ROWID;
CREATE INDEX quotation_keys_by_quotation ON quotation_keys (quotation);

CREATE TABLE reported_events (
  rowid        INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  block        TEXT NOT NULL,
  type         TEXT NOT NULL,
  mode         TEXT,
  quad         INTEGER NOT NULL,
  score        REAL NOT NULL,
  status       TEXT NOT NULL,              -- the firmest
  day          TEXT,
  until        TEXT,
  actors       TEXT NOT NULL DEFAULT '',   -- their names, one a line: what a search for names reads
  recipients   TEXT NOT NULL DEFAULT '',
  told         TEXT NOT NULL DEFAULT '',   -- the words of the tellings, each once, earliest first
  place        TEXT COLLATE NOCASE,
  country      TEXT,
  latitude     REAL,
  longitude    REAL,
  articles     INTEGER NOT NULL,
  reports      INTEGER NOT NULL,
  independent  INTEGER NOT NULL,
  contradicted INTEGER NOT NULL,           -- 0 or 1
  reliability  TEXT NOT NULL,              -- Admiralty code, A to F
  credibility  INTEGER NOT NULL,           -- Admiralty code, 1 to 6
  record       TEXT NOT NULL               -- ReportedEvent without its tellings
);
CREATE INDEX reported_events_by_block ON reported_events (block);
CREATE INDEX reported_events_by_day ON reported_events (day, id);
CREATE INDEX reported_events_by_type ON reported_events (type, day, id);
CREATE INDEX reported_events_by_mode ON reported_events (mode, day, id);
CREATE INDEX reported_events_by_quad ON reported_events (quad, day, id);
CREATE INDEX reported_events_by_place ON reported_events (place, day, id);
CREATE INDEX reported_events_by_country ON reported_events (country, day, id);
CREATE INDEX reported_events_contradicted ON reported_events (contradicted, day, id);
CREATE INDEX reported_events_by_independent ON reported_events (independent, day, id);
CREATE INDEX reported_events_by_credibility ON reported_events (credibility, day, id);
CREATE INDEX reported_events_by_grade ON reported_events (reliability, credibility, day, id);

-- One row for each status that any telling gives a reported event.
CREATE TABLE reported_statuses (
  reported TEXT NOT NULL,
  status   TEXT NOT NULL,
  day      TEXT,
  PRIMARY KEY (reported, status)
) WITHOUT ROWID;
CREATE INDEX reported_statuses_by_status ON reported_statuses (status, day, reported);

-- One row for each context of a reported event, and for each outlet that printed a telling of it.
CREATE TABLE reported_facets (
  reported TEXT NOT NULL,
  facet    TEXT NOT NULL CHECK (facet IN ('context', 'outlet')),
  value    TEXT NOT NULL COLLATE NOCASE,
  day      TEXT,                           -- reported_events.day
  PRIMARY KEY (reported, facet, value)
) WITHOUT ROWID;
CREATE INDEX reported_facets_by_value ON reported_facets (facet, value, day, reported);

CREATE TABLE reported_parties (
  reported TEXT NOT NULL,                  -- reported_events.id
  role     TEXT NOT NULL CHECK (role IN ('actor', 'recipient')),
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  country  TEXT,
  sector   TEXT,
  day      TEXT,                           -- reported_events.day
  PRIMARY KEY (reported, role, position)
) WITHOUT ROWID;
CREATE INDEX reported_parties_by_country ON reported_parties (role, country, day, reported, sector);

CREATE TABLE speakers (
  rowid      INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,                -- the fullest form
  kind       TEXT NOT NULL,
  office     TEXT,                         -- the latest
  country    TEXT,
  reference  TEXT,
  statements INTEGER NOT NULL,
  quotations INTEGER NOT NULL,
  articles   INTEGER NOT NULL,
  first      TEXT,
  last       TEXT,
  verdict    TEXT                          -- the worst of the tenure findings about the speaker
);
CREATE INDEX speakers_by_name ON speakers (name);
CREATE INDEX speakers_by_country ON speakers (country, statements, key);
CREATE INDEX speakers_by_verdict ON speakers (verdict, statements, key);
CREATE INDEX speakers_by_statements ON speakers (statements, key);

-- What the user says of outlets; reliability is the user's own judgement, never ours.
CREATE TABLE outlets (
  domain      TEXT PRIMARY KEY,            -- of the address, without www
  name        TEXT,
  owner       TEXT,
  reliability TEXT CHECK (reliability IN ('A', 'B', 'C', 'D', 'E', 'F')),
  note        TEXT
) WITHOUT ROWID;

-- What has changed and has still to be worked out; empty in a store that is settled.
CREATE TABLE pending (
  kind TEXT NOT NULL,                      -- see store/settle/__init__.py
  key  TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;

-- ------------------------------------------------------------------ text search
--
-- Triggers keep these tables; nothing else writes to them (and no INSERT OR REPLACE on the tables
-- they read: SQLite would not run the trigger for the row that goes).  Their rowid is the day in its higher
-- bits and the rowid of the row they are about in the lower 36, so that a search reads the newest
-- matches first and stops at the fiftieth, however common the words are.  In SQL:
--   SELECT s.* FROM statements_fts f JOIN statements s ON s.rowid = f.rowid & 0xFFFFFFFFF
--   WHERE statements_fts MATCH 'sanctions' ORDER BY f.rowid DESC LIMIT 50;

CREATE VIRTUAL TABLE texts_fts USING fts5 (text, content='', prefix='2 3',
  tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER texts_fts_insert AFTER INSERT ON texts BEGIN
  INSERT INTO texts_fts (rowid, text) VALUES (coalesce(CAST(julianday(NEW.day) AS INTEGER), 0) << 36 | NEW.rowid, NEW.text);
END;
CREATE TRIGGER texts_fts_delete AFTER DELETE ON texts BEGIN
  INSERT INTO texts_fts (texts_fts, rowid, text)
    VALUES ('delete', coalesce(CAST(julianday(OLD.day) AS INTEGER), 0) << 36 | OLD.rowid, OLD.text);
END;
CREATE TRIGGER texts_fts_update AFTER UPDATE OF text, day ON texts BEGIN
  INSERT INTO texts_fts (texts_fts, rowid, text)
    VALUES ('delete', coalesce(CAST(julianday(OLD.day) AS INTEGER), 0) << 36 | OLD.rowid, OLD.text);
  INSERT INTO texts_fts (rowid, text) VALUES (coalesce(CAST(julianday(NEW.day) AS INTEGER), 0) << 36 | NEW.rowid, NEW.text);
END;

CREATE VIRTUAL TABLE statements_fts USING fts5 (said, speaker, content='', prefix='2 3',
  tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER statements_fts_insert AFTER INSERT ON statements BEGIN
  INSERT INTO statements_fts (rowid, said, speaker) VALUES (coalesce(CAST(julianday(NEW.day) AS INTEGER), 0) << 36 | NEW.rowid, NEW.said, NEW.speaker);
END;
CREATE TRIGGER statements_fts_delete AFTER DELETE ON statements BEGIN
  INSERT INTO statements_fts (statements_fts, rowid, said, speaker)
    VALUES ('delete', coalesce(CAST(julianday(OLD.day) AS INTEGER), 0) << 36 | OLD.rowid, OLD.said, OLD.speaker);
END;
CREATE TRIGGER statements_fts_update AFTER UPDATE OF said, speaker, day ON statements BEGIN
  INSERT INTO statements_fts (statements_fts, rowid, said, speaker)
    VALUES ('delete', coalesce(CAST(julianday(OLD.day) AS INTEGER), 0) << 36 | OLD.rowid, OLD.said, OLD.speaker);
  INSERT INTO statements_fts (rowid, said, speaker) VALUES (coalesce(CAST(julianday(NEW.day) AS INTEGER), 0) << 36 | NEW.rowid, NEW.said, NEW.speaker);
END;

CREATE VIRTUAL TABLE reported_fts USING fts5 (told, actors, recipients, content='', prefix='2 3',
  tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER reported_fts_insert AFTER INSERT ON reported_events BEGIN
  INSERT INTO reported_fts (rowid, told, actors, recipients) VALUES (coalesce(CAST(julianday(NEW.day) AS INTEGER), 0) << 36 | NEW.rowid, NEW.told, NEW.actors, NEW.recipients);
END;
CREATE TRIGGER reported_fts_delete AFTER DELETE ON reported_events BEGIN
  INSERT INTO reported_fts (reported_fts, rowid, told, actors, recipients)
    VALUES ('delete', coalesce(CAST(julianday(OLD.day) AS INTEGER), 0) << 36 | OLD.rowid, OLD.told, OLD.actors, OLD.recipients);
END;
CREATE TRIGGER reported_fts_update AFTER UPDATE OF told, actors, recipients, day ON reported_events BEGIN
  INSERT INTO reported_fts (reported_fts, rowid, told, actors, recipients)
    VALUES ('delete', coalesce(CAST(julianday(OLD.day) AS INTEGER), 0) << 36 | OLD.rowid, OLD.told, OLD.actors, OLD.recipients);
  INSERT INTO reported_fts (rowid, told, actors, recipients) VALUES (coalesce(CAST(julianday(NEW.day) AS INTEGER), 0) << 36 | NEW.rowid, NEW.told, NEW.actors, NEW.recipients);
END;

CREATE VIRTUAL TABLE findings_fts USING fts5 (sentence, content='', prefix='2 3',
  tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER findings_fts_insert AFTER INSERT ON findings BEGIN
  INSERT INTO findings_fts (rowid, sentence) VALUES (coalesce(CAST(julianday(NEW.day) AS INTEGER), 0) << 36 | NEW.rowid, NEW.sentence);
END;
CREATE TRIGGER findings_fts_delete AFTER DELETE ON findings BEGIN
  INSERT INTO findings_fts (findings_fts, rowid, sentence)
    VALUES ('delete', coalesce(CAST(julianday(OLD.day) AS INTEGER), 0) << 36 | OLD.rowid, OLD.sentence);
END;
CREATE TRIGGER findings_fts_update AFTER UPDATE OF sentence, day ON findings BEGIN
  INSERT INTO findings_fts (findings_fts, rowid, sentence)
    VALUES ('delete', coalesce(CAST(julianday(OLD.day) AS INTEGER), 0) << 36 | OLD.rowid, OLD.sentence);
  INSERT INTO findings_fts (rowid, sentence) VALUES (coalesce(CAST(julianday(NEW.day) AS INTEGER), 0) << 36 | NEW.rowid, NEW.sentence);
END;

CREATE VIRTUAL TABLE office_claims_fts USING fts5 (office, name, content='', prefix='2 3',
  tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER office_claims_fts_insert AFTER INSERT ON office_claims BEGIN
  INSERT INTO office_claims_fts (rowid, office, name) VALUES (coalesce(CAST(julianday(NEW.day) AS INTEGER), 0) << 36 | NEW.rowid, NEW.office, NEW.name);
END;
CREATE TRIGGER office_claims_fts_delete AFTER DELETE ON office_claims BEGIN
  INSERT INTO office_claims_fts (office_claims_fts, rowid, office, name)
    VALUES ('delete', coalesce(CAST(julianday(OLD.day) AS INTEGER), 0) << 36 | OLD.rowid, OLD.office, OLD.name);
END;
CREATE TRIGGER office_claims_fts_update AFTER UPDATE OF office, name, day ON office_claims BEGIN
  INSERT INTO office_claims_fts (office_claims_fts, rowid, office, name)
    VALUES ('delete', coalesce(CAST(julianday(OLD.day) AS INTEGER), 0) << 36 | OLD.rowid, OLD.office, OLD.name);
  INSERT INTO office_claims_fts (rowid, office, name) VALUES (coalesce(CAST(julianday(NEW.day) AS INTEGER), 0) << 36 | NEW.rowid, NEW.office, NEW.name);
END;

CREATE VIRTUAL TABLE speakers_fts USING fts5 (name, office, content='', prefix='2 3',
  tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER speakers_fts_insert AFTER INSERT ON speakers BEGIN
  INSERT INTO speakers_fts (rowid, name, office) VALUES (NEW.statements << 36 | NEW.rowid, NEW.name, NEW.office);
END;
CREATE TRIGGER speakers_fts_delete AFTER DELETE ON speakers BEGIN
  INSERT INTO speakers_fts (speakers_fts, rowid, name, office)
    VALUES ('delete', OLD.statements << 36 | OLD.rowid, OLD.name, OLD.office);
END;
CREATE TRIGGER speakers_fts_update AFTER UPDATE OF name, office, statements ON speakers BEGIN
  INSERT INTO speakers_fts (speakers_fts, rowid, name, office)
    VALUES ('delete', OLD.statements << 36 | OLD.rowid, OLD.name, OLD.office);
  INSERT INTO speakers_fts (rowid, name, office) VALUES (NEW.statements << 36 | NEW.rowid, NEW.name, NEW.office);
END;
