SELECT id FROM outbox WHERE state = 'ready' AND lane = $1 AND next_attempt_at <= $2
AND NOT EXISTS (SELECT 1 FROM lane_pauses AS p WHERE p.lane = outbox.lane)
ORDER BY next_attempt_at LIMIT $3
