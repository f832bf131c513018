-- From version 2 to 3: pairs say when they were first told, and whether they stand.
ALTER TABLE reported_pairs ADD COLUMN told TEXT NOT NULL DEFAULT '';
ALTER TABLE reported_pairs ADD COLUMN stands INTEGER NOT NULL DEFAULT 0;
UPDATE reported_pairs SET
  told = coalesce((SELECT min(t.day) FROM events v JOIN texts t ON t.id = v.text_id
    WHERE v.reported = reported_pairs.reported AND v.voice IS NOT NULL), day),
  stands = NOT background AND NOT contradicted AND EXISTS (
    SELECT 1 FROM reported_events e JOIN events v ON v.reported = e.id
    LEFT JOIN statements s ON s.id = v.asserted_by
    WHERE e.id = reported_pairs.reported AND e.credibility <> 5 AND v.voice IS NOT NULL AND (
      v.asserted_by = 'article' AND v.status = 'asserted'
      OR s.naming IN ('named', 'office', 'institution')
      AND v.status IN ('asserted', 'reported', 'alleged')));
CREATE INDEX reported_pairs_by_told ON reported_pairs
  (background, told, actor, recipient, type, score, stands);
