SELECT part, place, position, total, seen, changed, skipped, stuck, state, updated_at FROM key_walks WHERE rotation_id = $1 ORDER BY place
