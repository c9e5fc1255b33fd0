SELECT lane, state, last_error_code, COUNT(*) AS works, MIN(created_at) AS oldest
FROM outbox WHERE state IN ('ready', 'claimed', 'review') AND last_error_code IS NOT NULL
GROUP BY lane, state, last_error_code ORDER BY COUNT(*) DESC, last_error_code LIMIT 200
