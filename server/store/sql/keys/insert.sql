INSERT INTO encryption_keys (purpose, key_id, state, check_value, created_at) VALUES ($1, $2, $3, $4, $5)
