-- A new try: what an earlier one wrote counts for nothing any more.
UPDATE exports SET state = 'running', attempt = $2, done_rows = 0, bytes = 0, chunks = 0, total_rows = NULL, started_at = $3
WHERE id = $1 AND state IN ('queued', 'running') AND attempt < $2
