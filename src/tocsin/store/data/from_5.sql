-- From version 5 to 6: a text that waits to be worked out is looked at alone, and its family taken as it
-- stands, unless that is noted itself; what waits since before may have lost a copy.
INSERT OR IGNORE INTO pending SELECT 'family', family FROM texts
  WHERE family IS NOT NULL AND id IN (SELECT key FROM pending WHERE kind = 'family');
