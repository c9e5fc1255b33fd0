UPDATE person_requests SET state = $2, note = $3, actor = $4, done_at = $5 WHERE id = $1 AND state = 'open'
