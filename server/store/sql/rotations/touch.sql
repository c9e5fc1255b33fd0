UPDATE key_rotations SET updated_at = $2 WHERE id = $1 AND state = 'running'
