-- From version 2 to 3: pairs say when they were first told, whether they stand, and on whose word alone.
ALTER TABLE reported_pairs ADD COLUMN told TEXT NOT NULL DEFAULT '';
ALTER TABLE reported_pairs ADD COLUMN stands INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reported_pairs ADD COLUMN speaker TEXT NOT NULL DEFAULT '';
WITH tellings AS (
  SELECT v.reported, v.voice, t.day, coalesce(s.speaker_key, s.id) AS speaker,
    v.asserted_by = 'article' AND v.status = 'asserted'
      OR coalesce(s.naming IN ('named', 'office', 'institution'), 0)
      AND v.status IN ('asserted', 'reported', 'alleged') AS sound
  FROM events v JOIN texts t ON t.id = v.text_id LEFT JOIN statements s ON s.id = v.asserted_by
  WHERE v.voice IS NOT NULL
), voices AS (
  SELECT reported, min(day) AS told, max(sound) AS sound,
    CASE WHEN count(DISTINCT voice) FILTER (WHERE sound) = 1
      THEN max(speaker) FILTER (WHERE sound) END AS speaker
  FROM tellings GROUP BY reported
), found AS (
  SELECT e.id, coalesce(v.told, e.day) AS told, coalesce(v.speaker, '') AS speaker,
    v.sound AND NOT e.background AND NOT e.contradicted AND e.credibility <> 5 AS stands
  FROM voices v JOIN reported_events e ON e.id = v.reported WHERE e.day IS NOT NULL
)
UPDATE reported_pairs SET told = f.told, stands = f.stands, speaker = f.speaker
FROM found f WHERE f.id = reported_pairs.reported;
CREATE INDEX reported_pairs_by_told ON reported_pairs
  (background, told, actor, recipient, type, score, stands, speaker);
