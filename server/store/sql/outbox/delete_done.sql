DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state = 'done' AND done_at < $1 ORDER BY done_at LIMIT $2)
