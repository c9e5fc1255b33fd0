-- Only the newest try says how far it is.
UPDATE exports SET total_rows = $3, done_rows = $4, bytes = $5, chunks = $6
WHERE id = $1 AND attempt = $2 AND state = 'running'
