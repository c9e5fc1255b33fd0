SELECT id FROM outbox WHERE state = 'review' AND lane = $1 AND last_error_code = $2 ORDER BY created_at LIMIT $3
