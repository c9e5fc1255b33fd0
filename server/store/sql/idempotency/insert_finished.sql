INSERT INTO idempotency_keys (scope, key_hash, body_hash, state, subject_id, response_status, response_json, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (scope, key_hash) DO NOTHING
