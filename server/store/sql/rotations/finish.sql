UPDATE key_rotations SET state = 'done', revision = revision + 1, updated_at = $2, finished_at = $2 WHERE id = $1 AND state = 'running'
