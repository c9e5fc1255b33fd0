INSERT INTO key_walks (rotation_id, part, place, seen, changed, skipped, stuck, state, updated_at) VALUES ($1, $2, $3, 0, 0, 0, 0, 'waiting', $4)
