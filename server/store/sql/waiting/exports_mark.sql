-- Grows while a file is written, and changes when one ends.
SELECT CAST(COALESCE(SUM(done_rows), 0) + 1000000007 * COUNT(*) AS BIGINT) AS mark FROM exports WHERE state IN ('queued', 'running')
