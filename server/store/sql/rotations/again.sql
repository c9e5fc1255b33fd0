UPDATE key_walks SET position = NULL, total = NULL, seen = 0, changed = 0, skipped = 0, stuck = 0, state = 'waiting', updated_at = $2 WHERE rotation_id = $1
