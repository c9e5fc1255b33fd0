INSERT INTO idempotency_keys (scope, key_hash, body_hash, state, created_at, expires_at)
VALUES ($1, $2, $3, 'started', $4, $5)
ON CONFLICT (scope, key_hash) DO NOTHING
