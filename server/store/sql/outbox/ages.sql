SELECT lane, state, COUNT(*) AS works, MIN(next_attempt_at) AS oldest FROM outbox WHERE state <> 'done' GROUP BY lane, state
