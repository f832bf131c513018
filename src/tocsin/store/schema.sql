-- A Tocsin store, version 6 (PRAGMA user_version).  Opens in sqlite3, Datasette, pandas and DuckDB.
--
-- What was found in a text hangs on `text_id`; where the text was published, on `article_id`.
-- Forty outlets that print one agency text are forty rows of `articles` and one of `texts`.
-- Columns named `record` hold the whole record as JSON (the JSON contract of `tocsin read`);
-- the columns beside it are those that queries use.  Spans are character offsets into `texts.text`.
-- No content depends on the order of arrival: rows differ between stores by their rowid only, by
-- what `runs` and `arrivals` say of that order, and by the `judgements` of those who use them.

-- Every input that was read, so that nothing is read twice and nothing is lost without a word.
CREATE TABLE items (
  key        TEXT PRIMARY KEY,             -- of address (or file name and place in it) and bytes
  origin     TEXT NOT NULL,                -- as the user gave it, with the place in the file
  outcome    TEXT NOT NULL CHECK (outcome IN ('kept', 'set_aside', 'failed')), -- what became of it: kept, set_aside (another language) or failed
  article_id TEXT,                         -- kept
  language   TEXT,                         -- set_aside: ISO 639-1
  error      TEXT,                         -- failed: name of the error
  message    TEXT                          -- failed: what, the value, what was expected
) WITHOUT ROWID;
CREATE INDEX items_by_outcome ON items (outcome);
CREATE INDEX items_by_article ON items (article_id);

-- Each text once, whoever printed it; all that is found in a text hangs on its id.
CREATE TABLE texts (
  rowid      INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,         -- Article.text_id
  text       TEXT NOT NULL,                -- as it was read, never altered; all offsets count its characters
  characters INTEGER NOT NULL,             -- their number
  language   TEXT NOT NULL,                -- ISO 639-1
  media_type TEXT NOT NULL,                -- text/plain, text/markdown, text/html or application/pdf
  day        TEXT,                         -- day of publication that "Tuesday" was read by
  dateline   TEXT,                         -- JSON
  dating     TEXT,                         -- JSON
  account    TEXT NOT NULL,                -- JSON: versions of what read the text
  family     TEXT,                         -- families.id, where it is one of several copies
  reader     TEXT                          -- version of the reader that found what is found in it; NULL: none was noted
);
CREATE INDEX texts_by_family ON texts (family);
CREATE INDEX texts_by_reader ON texts (reader, id);

-- Each article that printed a text.
CREATE TABLE articles (
  rowid          INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,     -- Article.id
  text_id        TEXT NOT NULL REFERENCES texts (id), -- texts.id
  title          TEXT,                     -- as the article, feed or table gives it
  url            TEXT,                     -- its address, where it has one
  outlet         TEXT COLLATE NOCASE,      -- who published it
  published      TEXT,                     -- day, YYYY-MM-DD
  published_from TEXT,                     -- how it was found: given, metadata, feed, table, dateline, address, guess
  origin         TEXT                      -- what was read, as the user gave it
);
CREATE INDEX articles_by_text ON articles (text_id);
CREATE INDEX articles_by_url ON articles (url);
CREATE INDEX articles_by_day ON articles (published, id);
CREATE INDEX articles_by_outlet ON articles (outlet, published, id);

-- ------------------------------------------------------------------ when it came

-- Commands that wrote to the store.  This table and the next depend on the order in which things
-- came; all others do not.
CREATE TABLE runs (
  number  INTEGER PRIMARY KEY,             -- 1, 2, 3 ...
  started TEXT NOT NULL,                   -- UTC, like 2026-11-29T18:30:00Z
  last    TEXT NOT NULL,                   -- UTC, when it last wrote
  command TEXT NOT NULL,                   -- what it was, in short
  tocsin  TEXT NOT NULL                    -- its version
);
CREATE INDEX runs_by_last ON runs (last, number);

-- Every id that the store has given, with the run in which it was first there.  Ids of reported
-- events, quotations and families that are no more lead, by `record`, to what they are now.
CREATE TABLE arrivals (
  kind   TEXT NOT NULL,                    -- article, event (a reported one), quotation, family or finding
  id     TEXT NOT NULL,                    -- of the article, reported event ...
  run    INTEGER NOT NULL,                 -- runs.number; of what was known by another id the first; 0: none was begun
  record TEXT,                             -- what the id is the key of: events.id, statements.id or texts.id; NULL: a later reader finds nothing there
  beside TEXT,                             -- the second texts.id, where two that share a passage are the key
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE INDEX arrivals_by_run ON arrivals (kind, run, id);
CREATE INDEX arrivals_by_record ON arrivals (record) WHERE record IS NOT NULL;
CREATE INDEX arrivals_by_beside ON arrivals (beside) WHERE beside IS NOT NULL;

-- ------------------------------------------------------------------ what is found in a text

-- Who is reported to have said what.
CREATE TABLE statements (
  rowid     INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,          -- Statement.id
  text_id   TEXT NOT NULL REFERENCES texts (id), -- texts.id
  position  INTEGER NOT NULL,              -- in the order of Report.statements
  speaker   TEXT,                          -- name
  speaker_key TEXT,                        -- speakers.key; NULL when nobody in particular speaks
  office    TEXT,                          -- the capacity as the article gives it
  country   TEXT,                          -- of the speaker, ISO 3166-1 alpha-3
  sector    TEXT,                          -- of the speaker, in PLOVER's terms
  manner    TEXT NOT NULL,                 -- direct, indirect or mixed
  stance    TEXT NOT NULL,                 -- asserts, denies, warns ...
  naming    TEXT NOT NULL,                 -- named, office, institution, collective or anonymous
  said      TEXT NOT NULL,                 -- the words of the content
  "start"   INTEGER NOT NULL,              -- of the first piece of content
  "end"     INTEGER NOT NULL,              -- of the last
  day       TEXT,                          -- texts.day
  quotation TEXT,                          -- quotations.id
  record    TEXT NOT NULL                  -- Statement
);
CREATE INDEX statements_by_text ON statements (text_id, position);
CREATE INDEX statements_by_speaker ON statements (speaker_key, day, id);
CREATE INDEX statements_by_country ON statements (country, day, id);
CREATE INDEX statements_by_stance ON statements (stance, day, id);
CREATE INDEX statements_by_naming ON statements (naming, day, id);
CREATE INDEX statements_by_manner ON statements (manner, day, id);
CREATE INDEX statements_by_day ON statements (day, id);
CREATE INDEX statements_by_quotation ON statements (quotation);

-- What each text tells of events; `reported` says which event it is.
CREATE TABLE events (
  rowid    INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,           -- Event.id
  text_id  TEXT NOT NULL REFERENCES texts (id), -- texts.id
  position INTEGER NOT NULL,               -- in the order of Report.events
  type     TEXT NOT NULL,                  -- PLOVER
  mode     TEXT,                           -- PLOVER
  quad     INTEGER NOT NULL,               -- 1 or 2 cooperation, 3 or 4 conflict: in words, in deeds
  score    REAL NOT NULL,                  -- conflict to cooperation, -10 to 10
  status   TEXT NOT NULL,                  -- asserted, reported, alleged, denied ...
  day      TEXT,                           -- first day it can have been on
  until    TEXT,                           -- last day it can have been on
  place    TEXT,                           -- its name as written
  country  TEXT,                           -- of the place
  told     TEXT NOT NULL,                  -- the words of the clause
  "start"  INTEGER NOT NULL,               -- of the clause
  "end"    INTEGER NOT NULL,               -- of the clause
  asserted_by TEXT NOT NULL,               -- statements.id or 'article'
  block    TEXT NOT NULL,                  -- events of one block may be one reported event
  reported TEXT,                           -- reported_events.id
  voice    INTEGER,                        -- Telling.voice; none where the text tells it better elsewhere
  record   TEXT NOT NULL,                  -- Event
  confidence REAL NOT NULL DEFAULT 0       -- 0 to 1: how probably careful reading marks this act with this type
);
CREATE INDEX events_by_text ON events (text_id, position);
CREATE INDEX events_by_block ON events (block);
CREATE INDEX events_by_reported ON events (reported);

-- Who is said, or implied by title, to hold which office.
CREATE TABLE office_claims (
  rowid     INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,          -- OfficeClaim.id
  text_id   TEXT NOT NULL REFERENCES texts (id), -- texts.id
  position  INTEGER NOT NULL,              -- in the order of Report.office_claims
  name      TEXT,                          -- who is said to hold it; NULL where only the office is named
  office    TEXT NOT NULL,                 -- as written
  office_id TEXT,                          -- the one office of the reference that it means, if one
  country   TEXT,                          -- of the office
  verdict   TEXT,                          -- of the tenure check
  day       TEXT,                          -- the day it speaks of: its own, else texts.day
  "start"   INTEGER NOT NULL,              -- of title and name
  "end"     INTEGER NOT NULL,              -- of title and name
  record    TEXT NOT NULL                  -- OfficeClaim
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
  id       TEXT NOT NULL UNIQUE,           -- key of text and record
  text_id  TEXT REFERENCES texts (id),     -- texts.id
  position INTEGER NOT NULL,               -- in the order of Report.findings
  "check"  TEXT NOT NULL,                  -- tenure, dating, sourcing, contradiction ...
  verdict  TEXT NOT NULL,                  -- contradicted, unsure, holds or no_record
  sentence TEXT NOT NULL,                  -- what the check says
  about    TEXT,                           -- id of the record, or of the reported event
  day      TEXT,                           -- texts.day, or the day of what it is about
  "start"  INTEGER,                        -- of the words it is about
  "end"    INTEGER,                        -- of the words it is about
  record   TEXT NOT NULL                   -- Finding
);
CREATE INDEX findings_by_text ON findings (text_id, position);
CREATE INDEX findings_by_verdict ON findings (verdict, day, id);
CREATE INDEX findings_by_check ON findings ("check", day, id);
CREATE INDEX findings_by_about ON findings (about, day, id);
CREATE INDEX findings_by_day ON findings (day, id);

-- ------------------------------------------------------------------ what articles say together

-- Keys by which two texts that share words find each other; see together/texts/shingles.py.
CREATE TABLE sketches (
  key     INTEGER NOT NULL,                -- of words in a row, or of the whole text
  text_id TEXT NOT NULL,                   -- texts.id
  PRIMARY KEY (key, text_id)
) WITHOUT ROWID;
CREATE INDEX sketches_by_text ON sketches (text_id);

-- Pairs of texts that have more in common than chance would have it.
CREATE TABLE copies (
  one        TEXT NOT NULL,                -- texts.id, the smaller of the two
  other      TEXT NOT NULL,                -- texts.id
  kind       TEXT NOT NULL,                -- near, passage (verbatim prints are one text)
  similarity REAL NOT NULL,                -- 0 to 1: share of the shorter text that stands in the other
  record     TEXT NOT NULL,                -- CopyMatch
  PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX copies_by_other ON copies (other);
CREATE INDEX copies_passages_by_one ON copies (one) WHERE kind = 'passage';
CREATE INDEX copies_passages_by_other ON copies (other) WHERE kind = 'passage';

-- Texts that go back to one: prints of an agency text, an article and its updates, and what
-- prints passages of them.
CREATE TABLE families (
  rowid    INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,           -- Family.id
  origin   TEXT,                           -- articles.id
  agency   TEXT COLLATE NOCASE,            -- that the texts credit
  articles INTEGER NOT NULL,               -- how many are copies of each other
  passages INTEGER NOT NULL,               -- how many others print a passage
  members  INTEGER NOT NULL,               -- both together
  because  TEXT NOT NULL,                  -- why it is a family, and why that is its origin
  record   TEXT NOT NULL                   -- Family
);
CREATE INDEX families_by_members ON families (members, id);
CREATE INDEX families_by_agency ON families (agency, members, id);

-- The texts of each family.  A text is a copy in one family at most (texts.family, where another
-- article is a copy too), and may hold passages of several.
CREATE TABLE family_members (
  family  TEXT NOT NULL,                   -- families.id
  text_id TEXT NOT NULL,                   -- texts.id
  role    TEXT NOT NULL CHECK (role IN ('copy', 'passage')), -- copy: one voice with all copies; passage: prints one
  PRIMARY KEY (family, text_id)
) WITHOUT ROWID;
CREATE INDEX family_members_by_text ON family_members (text_id);
CREATE INDEX family_members_passages ON family_members (family) WHERE role = 'passage';

-- The same words by the same speaker, in however many articles.
CREATE TABLE quotations (
  rowid       INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,        -- Quotation.id
  speaker     TEXT,                        -- name
  speaker_key TEXT,                        -- speakers.key
  country     TEXT,                        -- of the speaker, ISO 3166-1 alpha-3
  said        TEXT NOT NULL,               -- as the earliest article prints it
  day         TEXT,                        -- first published
  articles    INTEGER NOT NULL,            -- how many printed it
  record      TEXT NOT NULL                -- Quotation
);
CREATE INDEX quotations_by_speaker ON quotations (speaker_key, day, id);
CREATE INDEX quotations_by_country ON quotations (country, day, id);
CREATE INDEX quotations_by_articles ON quotations (articles, day, id);
CREATE INDEX quotations_by_day ON quotations (day, id, articles);

-- Keys by which the same long words under two names find each other; see together/texts/same_words.py.
CREATE TABLE quotation_keys (
  key       INTEGER NOT NULL,              -- of words in a row
  quotation TEXT NOT NULL,                 -- quotations.id
  PRIMARY KEY (key, quotation)
) WITHOUT ROWID;
CREATE INDEX quotation_keys_by_quotation ON quotation_keys (quotation);

-- One event as all articles together report it.
CREATE TABLE reported_events (
  rowid        INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,       -- ReportedEvent.id
  block        TEXT NOT NULL,              -- where it is filed: type, countries of the actors, day
  type         TEXT NOT NULL,              -- PLOVER
  mode         TEXT,                       -- PLOVER
  quad         INTEGER NOT NULL,           -- 1 or 2 cooperation, 3 or 4 conflict: in words, in deeds
  score        REAL NOT NULL,              -- conflict to cooperation, -10 to 10
  status       TEXT NOT NULL,              -- the firmest
  day          TEXT,                       -- first day it can have been on, else that of the first report
  until        TEXT,                       -- last day it can have been on
  actors       TEXT NOT NULL DEFAULT '',   -- their names, one a line: what a search for names reads
  recipients   TEXT NOT NULL DEFAULT '',   -- their names, one a line
  told         TEXT NOT NULL DEFAULT '',   -- the words of the tellings, each once, earliest first
  place        TEXT COLLATE NOCASE,        -- the nearest that is named
  country      TEXT,                       -- of the place
  latitude     REAL,                       -- of the place
  longitude    REAL,                       -- of the place
  articles     INTEGER NOT NULL,           -- how many tell it
  reports      INTEGER NOT NULL,           -- tellings: one for each text and side
  independent  INTEGER NOT NULL,           -- voices: copies, one owner, one speaker count once
  contradicted INTEGER NOT NULL,           -- 0 or 1
  reliability  TEXT NOT NULL,              -- Admiralty code, A to F
  credibility  INTEGER NOT NULL,           -- Admiralty code, 1 to 6
  record       TEXT NOT NULL,              -- ReportedEvent without its tellings
  confidence   REAL NOT NULL DEFAULT 0,    -- the highest of its tellings
  background   INTEGER NOT NULL DEFAULT 0  -- 0 or 1: whether all recall it, or tell it as merely possible
);
CREATE INDEX reported_events_by_block ON reported_events (block);
CREATE INDEX reported_events_by_day ON reported_events (day, id, independent, reliability, confidence);
CREATE INDEX reported_events_by_background ON reported_events (background, day, id);
CREATE INDEX reported_events_by_confidence ON reported_events (confidence, id);
CREATE INDEX reported_events_by_type ON reported_events (type, day, id);
CREATE INDEX reported_events_by_mode ON reported_events (mode, day, id);
CREATE INDEX reported_events_by_quad ON reported_events (quad, day, id);
CREATE INDEX reported_events_by_place ON reported_events (place, day, id, country, quad, latitude, longitude, background);
CREATE INDEX reported_events_by_country ON reported_events (country, day, id);
CREATE INDEX reported_events_contradicted ON reported_events (contradicted, day, id);
CREATE INDEX reported_events_by_independent ON reported_events (independent, day, id);
CREATE INDEX reported_events_by_credibility ON reported_events (credibility, day, id);
CREATE INDEX reported_events_by_grade ON reported_events (reliability, credibility, day, id);

-- One row for each status that any telling gives a reported event.
CREATE TABLE reported_statuses (
  reported TEXT NOT NULL,                  -- reported_events.id
  status   TEXT NOT NULL,                  -- events.status
  day      TEXT,                           -- reported_events.day
  PRIMARY KEY (reported, status)
) WITHOUT ROWID;
CREATE INDEX reported_statuses_by_status ON reported_statuses (status, day, reported);

-- One row for each context of a reported event, and for each outlet that printed a telling of it.
CREATE TABLE reported_facets (
  reported TEXT NOT NULL,                  -- reported_events.id
  facet    TEXT NOT NULL CHECK (facet IN ('context', 'outlet')), -- which of the two
  value    TEXT NOT NULL COLLATE NOCASE,   -- a PLOVER context, or the name of an outlet
  day      TEXT,                           -- reported_events.day
  PRIMARY KEY (reported, facet, value)
) WITHOUT ROWID;
CREATE INDEX reported_facets_by_value ON reported_facets (facet, value, day, reported);

-- Actors and recipients of a reported event.
CREATE TABLE reported_parties (
  reported TEXT NOT NULL,                  -- reported_events.id
  role     TEXT NOT NULL CHECK (role IN ('actor', 'recipient')), -- who did it, or to whom
  position INTEGER NOT NULL,               -- in the order of the record
  name     TEXT NOT NULL,                  -- as the fullest telling names it
  country  TEXT,                           -- ISO 3166-1 alpha-3, or PLOVER's IGO, NGO ...
  sector   TEXT,                           -- PLOVER
  day      TEXT,                           -- reported_events.day
  PRIMARY KEY (reported, role, position)
) WITHOUT ROWID;
CREATE INDEX reported_parties_by_country ON reported_parties (role, country, day, reported, sector);

-- Countries of which one acts on the other in a reported event that has a day: what series sum up.
CREATE TABLE reported_pairs (
  reported     TEXT NOT NULL,              -- reported_events.id
  actor        TEXT NOT NULL,              -- country of an actor, '' where it is not known
  recipient    TEXT NOT NULL,              -- country of a recipient, '' where it is not known
  type         TEXT NOT NULL,              -- reported_events.type
  day          TEXT NOT NULL,              -- reported_events.day
  score        REAL NOT NULL,              -- reported_events.score
  status       TEXT NOT NULL,              -- reported_events.status
  independent  INTEGER NOT NULL,           -- reported_events.independent
  contradicted INTEGER NOT NULL,           -- reported_events.contradicted
  confidence   REAL NOT NULL DEFAULT 0,    -- reported_events.confidence
  background   INTEGER NOT NULL DEFAULT 0, -- reported_events.background
  told         TEXT NOT NULL DEFAULT '',   -- first day on which a text told it; the day of the event where none has a day
  stands       INTEGER NOT NULL DEFAULT 0, -- 0 or 1: news that nothing contradicts, told by an outlet itself or by who can be asked
  speaker      TEXT NOT NULL DEFAULT '',   -- speakers.key, where only one voice tells what stands: that of this speaker
  PRIMARY KEY (reported, actor, recipient)
) WITHOUT ROWID;
CREATE INDEX reported_pairs_by_day ON reported_pairs (day, actor, recipient, type, score, independent, contradicted, status, background, confidence);
CREATE INDEX reported_pairs_by_told ON reported_pairs (background, told, actor, recipient, type, score, stands, speaker);
CREATE INDEX reported_pairs_by_actor ON reported_pairs (actor, day, recipient, type, score, independent, contradicted, status, background, confidence);
CREATE INDEX reported_pairs_by_recipient ON reported_pairs (recipient, day, actor, type, score, independent, contradicted, status, background, confidence);

-- Each speaker over all articles.
CREATE TABLE speakers (
  rowid      INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE,         -- of the reference, or of name and, where needed, country
  name       TEXT NOT NULL,                -- the fullest form
  kind       TEXT NOT NULL,                -- person, body, country, group or office
  office     TEXT,                         -- the latest
  country    TEXT,                         -- the commonest
  reference  TEXT,                         -- id in the office reference
  statements INTEGER NOT NULL,             -- how many
  quotations INTEGER NOT NULL,             -- how many
  articles   INTEGER NOT NULL,             -- how many
  first      TEXT,                         -- first day
  last       TEXT,                         -- last day
  verdict    TEXT                          -- the worst of the tenure findings about the speaker
);
CREATE INDEX speakers_by_name ON speakers (name);
CREATE INDEX speakers_by_country ON speakers (country, statements, key);
CREATE INDEX speakers_by_verdict ON speakers (verdict, statements, key);
CREATE INDEX speakers_by_statements ON speakers (statements, key);

-- Each place where reported events happened.
CREATE TABLE places (
  rowid     INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE,          -- country and name in small letters
  name      TEXT NOT NULL,                 -- as most events have it
  country   TEXT,                          -- ISO 3166-1 alpha-3
  latitude  REAL,                          -- as most events have it
  longitude REAL,                          -- as most events have it
  events    INTEGER NOT NULL,              -- how many
  verbal_cooperation   INTEGER NOT NULL,   -- how many of quad class 1
  material_cooperation INTEGER NOT NULL,   -- how many of quad class 2
  verbal_conflict      INTEGER NOT NULL,   -- how many of quad class 3
  material_conflict    INTEGER NOT NULL,   -- how many of quad class 4
  first     TEXT,                          -- first day
  last      TEXT                           -- last day
);
CREATE INDEX places_by_events ON places (events, key, first, last);
CREATE INDEX places_by_country ON places (country, events, key);

-- What the user says of outlets; reliability is the user's own judgement, never ours.
CREATE TABLE outlets (
  domain      TEXT PRIMARY KEY,            -- of the address, without www
  name        TEXT,                        -- as articles name it
  owner       TEXT,                        -- who owns it; outlets of one owner are one voice
  reliability TEXT CHECK (reliability IN ('A', 'B', 'C', 'D', 'E', 'F')), -- Admiralty code
  note        TEXT                         -- why
) WITHOUT ROWID;

-- What judges say of what was found: a log, to which rows are added.  A record that is judged is
-- never changed by it.  A judgement follows the words of its record when a later reader reads the
-- text anew, and leaves the store with them.
CREATE TABLE judgements (
  id         INTEGER PRIMARY KEY AUTOINCREMENT, -- 1, 2, 3 ...
  at         TEXT NOT NULL,                -- UTC, like 2026-11-29T18:30:00Z
  day        TEXT NOT NULL,                -- the day of that
  judge      TEXT NOT NULL COLLATE NOCASE, -- the name of who judges
  what       TEXT NOT NULL CHECK (what IN ('event', 'statement', 'office', 'finding', 'article')), -- what is judged: an event (one telling of it), statement, office (a claim to one), finding or article
  record     TEXT NOT NULL,                -- its id; of an event that the judge adds the one it would have
  text_id    TEXT REFERENCES texts (id),   -- texts.id; NULL: a finding that sets articles against each other
  "start"    INTEGER,                      -- of its words
  "end"      INTEGER,                      -- of its words
  verdict    TEXT NOT NULL CHECK (verdict IN ('confirmed', 'corrected', 'rejected', 'added', 'complete', 'withdrawn')), -- complete: the article is read through, and what was missed is added
  correction TEXT,                         -- corrected: JSON, the fields that are otherwise, and how they are
  note       TEXT,                         -- why
  withdraws  INTEGER REFERENCES judgements (id), -- withdrawn: judgements.id of what is taken back
  judged     TEXT,                         -- JSON: the fields of the record as they were when it was judged; added: as the judge gives them
  past       INTEGER NOT NULL DEFAULT 0    -- 0 or 1: whether it is taken back, or takes back, or the judge has judged the record anew
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

-- What has changed and has still to be worked out; empty in a store that is settled.
CREATE TABLE pending (
  kind TEXT NOT NULL,                      -- see store/settle/__init__.py
  key  TEXT NOT NULL,                      -- of what is to be worked out anew
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;

-- ------------------------------------------------------------------ text search
--
-- Triggers keep these tables; nothing else writes to them (and no INSERT OR REPLACE on the tables
-- they read: SQLite would not run the trigger for the row that goes).  Their rowid is the day in
-- its higher bits and the rowid of the row they are about in the lower 36, so that a search reads
-- the newest matches first and stops at the fiftieth, however common the words are.  In SQL:
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

CREATE VIRTUAL TABLE quotations_fts USING fts5 (said, speaker, content='', prefix='2 3',
  tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER quotations_fts_insert AFTER INSERT ON quotations BEGIN
  INSERT INTO quotations_fts (rowid, said, speaker) VALUES (coalesce(CAST(julianday(NEW.day) AS INTEGER), 0) << 36 | NEW.rowid, NEW.said, NEW.speaker);
END;
CREATE TRIGGER quotations_fts_delete AFTER DELETE ON quotations BEGIN
  INSERT INTO quotations_fts (quotations_fts, rowid, said, speaker)
    VALUES ('delete', coalesce(CAST(julianday(OLD.day) AS INTEGER), 0) << 36 | OLD.rowid, OLD.said, OLD.speaker);
END;
CREATE TRIGGER quotations_fts_update AFTER UPDATE OF said, speaker, day ON quotations BEGIN
  INSERT INTO quotations_fts (quotations_fts, rowid, said, speaker)
    VALUES ('delete', coalesce(CAST(julianday(OLD.day) AS INTEGER), 0) << 36 | OLD.rowid, OLD.said, OLD.speaker);
  INSERT INTO quotations_fts (rowid, said, speaker) VALUES (coalesce(CAST(julianday(NEW.day) AS INTEGER), 0) << 36 | NEW.rowid, NEW.said, NEW.speaker);
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

CREATE VIRTUAL TABLE places_fts USING fts5 (name, content='', prefix='2 3',
  tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER places_fts_insert AFTER INSERT ON places BEGIN
  INSERT INTO places_fts (rowid, name) VALUES (NEW.events << 36 | NEW.rowid, NEW.name);
END;
CREATE TRIGGER places_fts_delete AFTER DELETE ON places BEGIN
  INSERT INTO places_fts (places_fts, rowid, name)
    VALUES ('delete', OLD.events << 36 | OLD.rowid, OLD.name);
END;
CREATE TRIGGER places_fts_update AFTER UPDATE OF name, events ON places BEGIN
  INSERT INTO places_fts (places_fts, rowid, name)
    VALUES ('delete', OLD.events << 36 | OLD.rowid, OLD.name);
  INSERT INTO places_fts (rowid, name) VALUES (NEW.events << 36 | NEW.rowid, NEW.name);
END;
