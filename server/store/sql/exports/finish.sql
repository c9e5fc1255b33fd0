UPDATE exports SET state = $3, error = $4, finished_at = $5
WHERE id = $1 AND attempt = $2 AND state = 'running'
