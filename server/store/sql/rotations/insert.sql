INSERT INTO key_rotations (id, data_key, lookup_key, state, round, revision, actor, reason, began_at, updated_at) VALUES ($1, $2, $3, 'running', 1, 1, $4, $5, $6, $6)
