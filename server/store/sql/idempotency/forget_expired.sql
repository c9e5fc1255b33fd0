DELETE FROM idempotency_keys WHERE scope = $1 AND key_hash = $2 AND expires_at <= $3
