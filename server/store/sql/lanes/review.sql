SELECT id, lane, kind, last_error_code, created_at, done_at FROM outbox WHERE state = 'review' ORDER BY created_at LIMIT $1
