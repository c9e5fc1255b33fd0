UPDATE key_rotations SET state = 'replaced', revision = revision + 1, updated_at = $1, finished_at = $1 WHERE finished_at IS NULL
