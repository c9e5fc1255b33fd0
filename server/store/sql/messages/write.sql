UPDATE messages SET state = $3, done_code = $4, handed_at = $5, done_at = $6 WHERE id = $1 AND state = $2
