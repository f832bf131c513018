-- From version 5 to 6: a text that waits to be worked out is looked at alone, and its family taken as it
-- stands, unless that is noted itself; what waits since before may have lost a copy.
INSERT OR IGNORE INTO pending SELECT 'family', family FROM texts
  WHERE family IS NOT NULL AND id IN (SELECT key FROM pending WHERE kind = 'family');
-- Of those without a name who are called alike, and may be one, there is one voice now.
INSERT OR IGNORE INTO pending SELECT 'block', e.block FROM events e JOIN statements s ON s.id = e.asserted_by
  WHERE s.naming = 'anonymous' AND e.reported IS NOT NULL;
INSERT OR IGNORE INTO pending SELECT 'event', e.reported FROM events e JOIN statements s ON s.id = e.asserted_by
  WHERE s.naming = 'anonymous' AND e.reported IS NOT NULL;
