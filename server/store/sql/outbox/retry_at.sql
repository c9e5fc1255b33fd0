UPDATE outbox
SET state = 'ready', next_attempt_at = $3, lease_until = NULL, last_error_code = $4, attempts = CASE WHEN $5 THEN 0 ELSE attempts END
WHERE id = $1 AND state = 'claimed' AND claim_epoch = $2
