SELECT id, lane, kind, subject_id, unique_key, state, claim_epoch, attempts, next_attempt_at, last_error_code
FROM outbox WHERE id = $1
