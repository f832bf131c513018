-- From version 2 to 3: pairs say when they were first told, whether they stand, and on whose word alone.
ALTER TABLE reported_pairs ADD COLUMN told TEXT NOT NULL DEFAULT '';
ALTER TABLE reported_pairs ADD COLUMN stands INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reported_pairs ADD COLUMN speaker TEXT NOT NULL DEFAULT '';
WITH tellings AS (
  SELECT v.reported, t.day, v.asserted_by = 'article' AND v.status = 'asserted' AS own,
    CASE WHEN s.naming IN ('named', 'office', 'institution')
      AND v.status IN ('asserted', 'reported', 'alleged')
    THEN coalesce(s.speaker_key, s.id) END AS speaker
  FROM events v JOIN texts t ON t.id = v.text_id LEFT JOIN statements s ON s.id = v.asserted_by
  WHERE v.voice IS NOT NULL
), voices AS (
  SELECT e.id, coalesce(min(t.day), e.day, '') AS told,
    (max(t.own) OR count(t.speaker)) AND NOT e.background AND NOT e.contradicted
      AND e.credibility <> 5 AS stands,
    CASE WHEN NOT max(t.own) AND count(DISTINCT t.speaker) = 1 THEN max(t.speaker) END AS speaker
  FROM reported_events e JOIN tellings t ON t.reported = e.id GROUP BY e.id
)
UPDATE reported_pairs
SET told = v.told, stands = v.stands, speaker = coalesce(v.speaker, '')
FROM voices v WHERE v.id = reported_pairs.reported;
CREATE INDEX reported_pairs_by_told ON reported_pairs
  (background, told, actor, recipient, type, score, stands, speaker);
