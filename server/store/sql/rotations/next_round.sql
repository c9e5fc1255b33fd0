UPDATE key_rotations SET round = round + 1, updated_at = $2 WHERE id = $1 AND state = 'running'
