SELECT id, lane, kind, subject_id, unique_key, state, claim_epoch, attempts, next_attempt_at, last_error_code
FROM outbox WHERE subject_id = $1 ORDER BY created_at, id
