UPDATE key_walks SET position = $3, seen = seen + $4, changed = changed + $5, skipped = skipped + $6, stuck = stuck + $7, state = $8, updated_at = $9
WHERE rotation_id = $1 AND part = $2 AND state = 'walking' AND position IS NOT DISTINCT FROM $10
