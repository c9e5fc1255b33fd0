SELECT lane, state, last_error_code, COUNT(*) AS works, MIN(created_at) AS oldest
FROM outbox WHERE last_error_code IS NOT NULL AND state <> 'done'
GROUP BY lane, state, last_error_code ORDER BY COUNT(*) DESC, last_error_code LIMIT 200
