SELECT purpose, key_id, state, check_value FROM encryption_keys ORDER BY purpose, key_id
