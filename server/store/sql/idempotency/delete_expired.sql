DELETE FROM idempotency_keys
WHERE (scope, key_hash) IN (SELECT scope, key_hash FROM idempotency_keys WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)
