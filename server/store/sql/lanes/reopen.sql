UPDATE outbox SET state = 'ready', next_attempt_at = $2, attempts = 0, done_at = NULL WHERE id = $1 AND state = 'review'
RETURNING lane
