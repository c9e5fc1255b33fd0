-- Each arm walks a partial index: the done rows of thirty days are many times those that wait.
SELECT lane, state, COUNT(*) AS works, MIN(next_attempt_at) AS oldest FROM outbox WHERE state = 'ready' GROUP BY lane, state
UNION ALL SELECT lane, state, COUNT(*), MIN(next_attempt_at) FROM outbox WHERE state = 'claimed' AND lease_until IS NOT NULL GROUP BY lane, state
UNION ALL SELECT lane, state, COUNT(*), MIN(next_attempt_at) FROM outbox WHERE state = 'review' GROUP BY lane, state
