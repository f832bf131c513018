-- From version 4 to 5: of a key that many texts hold, each is compared with the four next instead
-- of the twelve; of a passage in more than 500 texts it is not said any more who prints it.
CREATE TABLE places_of_keys (text_id, key, place, holders, PRIMARY KEY (text_id, key)) WITHOUT ROWID;
INSERT INTO places_of_keys SELECT text_id, key, row_number() OVER (PARTITION BY key ORDER BY text_id),
  count(*) OVER (PARTITION BY key) FROM sketches;
CREATE TABLE parted AS SELECT one, other FROM copies WHERE NOT EXISTS (
  SELECT 1 FROM places_of_keys a JOIN places_of_keys b ON b.text_id = other AND b.key = a.key
  WHERE a.text_id = one AND (a.holders <= 48 OR abs(a.place - b.place) <= 4));
DELETE FROM copies WHERE (one, other) IN (SELECT one, other FROM parted);
INSERT OR IGNORE INTO pending SELECT 'family', one FROM parted UNION SELECT 'family', other FROM parted;
INSERT OR IGNORE INTO pending SELECT 'block', block FROM events
  WHERE text_id IN (SELECT one FROM parted UNION SELECT other FROM parted);
INSERT OR IGNORE INTO pending SELECT 'event', reported FROM events
  WHERE reported IS NOT NULL AND text_id IN (SELECT one FROM parted UNION SELECT other FROM parted);
INSERT OR IGNORE INTO pending SELECT 'passage', one FROM parted UNION SELECT 'passage', other FROM parted;
INSERT OR IGNORE INTO pending SELECT 'passage', min(text_id) FROM family_members
  WHERE family IN (SELECT id FROM families WHERE members > 500) GROUP BY family;
DROP TABLE parted;
DROP TABLE places_of_keys;
