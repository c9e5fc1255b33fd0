SELECT id, lane FROM outbox WHERE state = 'ready' AND next_attempt_at <= $1 ORDER BY next_attempt_at, id LIMIT $2
