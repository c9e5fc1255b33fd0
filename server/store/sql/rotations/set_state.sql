UPDATE key_rotations SET state = $3, revision = revision + 1, updated_at = $4 WHERE id = $1 AND revision = $2 AND finished_at IS NULL
