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
  outlet         TEXT,
  published      TEXT,
  published_from TEXT,
  origin         TEXT
);
CREATE INDEX articles_by_text ON articles (text_id);
CREATE INDEX articles_by_url ON articles (url);
CREATE INDEX articles_by_day ON articles (published);
CREATE INDEX articles_by_outlet ON articles (outlet, published);

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
CREATE INDEX statements_by_speaker ON statements (speaker_key, day);
CREATE INDEX statements_by_country ON statements (country, day);
CREATE INDEX statements_by_stance ON statements (stance, day);
CREATE INDEX statements_by_naming ON statements (naming, day);
CREATE INDEX statements_by_day ON statements (day);
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
CREATE INDEX office_claims_by_office ON office_claims (office_id, day);
CREATE INDEX office_claims_by_name ON office_claims (name);
CREATE INDEX office_claims_by_country ON office_claims (country, day);
CREATE INDEX office_claims_by_verdict ON office_claims (verdict, day);

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
CREATE INDEX findings_by_verdict ON findings (verdict, day);
CREATE INDEX findings_by_check ON findings ("check", day);
CREATE INDEX findings_by_about ON findings (about);
CREATE INDEX findings_by_day ON findings (day);

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
  agency   TEXT,
  articles INTEGER NOT NULL,
  because  TEXT NOT NULL,
  record   TEXT NOT NULL                   -- Family
);

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
  place        TEXT,
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
CREATE INDEX reported_events_by_day ON reported_events (day);
CREATE INDEX reported_events_by_type ON reported_events (type, day);
CREATE INDEX reported_events_by_mode ON reported_events (mode, day);
CREATE INDEX reported_events_by_quad ON reported_events (quad, day);
CREATE INDEX reported_events_by_country ON reported_events (country, day);
CREATE INDEX reported_events_contradicted ON reported_events (contradicted, day);
CREATE INDEX reported_events_by_independent ON reported_events (independent, day);
CREATE INDEX reported_events_by_credibility ON reported_events (credibility, day);

-- One row for each status that any telling gives a reported event.
CREATE TABLE reported_statuses (
  reported TEXT NOT NULL,
  status   TEXT NOT NULL,
  day      TEXT,
  PRIMARY KEY (reported, status)
) WITHOUT ROWID;
CREATE INDEX reported_statuses_by_status ON reported_statuses (status, day);

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
CREATE INDEX reported_parties_by_country ON reported_parties (role, country, day);
CREATE INDEX reported_parties_by_name ON reported_parties (role, name, day);

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
CREATE INDEX speakers_by_country ON speakers (country, statements);
CREATE INDEX speakers_by_statements ON speakers (statements);

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
  kind TEXT NOT NULL,                      -- text, family, block, speaker, quotation, office
  key  TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;

-- ------------------------------------------------------------------ text search

CREATE VIRTUAL TABLE texts_fts USING fts5 (text, content='texts', content_rowid='rowid',
  tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE statements_fts USING fts5 (said, speaker, content='statements',
  content_rowid='rowid', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE events_fts USING fts5 (told, content='events', content_rowid='rowid',
  tokenize='unicode61 remove_diacritics 2');
