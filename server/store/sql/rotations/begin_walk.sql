UPDATE key_walks SET total = $3, state = 'walking', updated_at = $4 WHERE rotation_id = $1 AND part = $2 AND state = 'waiting'
