-- Work that is already known under its key is not written again; the answer names what is new.
INSERT INTO outbox (id, lane, kind, subject_id, unique_key, state, claim_epoch, attempts, next_attempt_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (kind, unique_key) DO NOTHING
RETURNING id
