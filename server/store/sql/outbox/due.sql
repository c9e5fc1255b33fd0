SELECT id FROM outbox WHERE state = 'ready' AND lane = $1 AND next_attempt_at <= $2 ORDER BY next_attempt_at LIMIT $3
