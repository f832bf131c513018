-- From version 1 to 2: events say how probable they are (the rules that found these: 0.7) and where
-- they are told again; reported events whether they are background, by which their status changes,
-- so all are worked out anew.
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
INSERT OR IGNORE INTO pending SELECT 'event', id FROM reported_events;
