SELECT body_hash, state, subject_id, response_status, response_json, expires_at FROM idempotency_keys WHERE scope = $1 AND key_hash = $2
