SELECT purpose, key_id, state, check_value, created_at, retired_at FROM encryption_keys ORDER BY purpose, key_id
