UPDATE catalog SET position = $2, updated_at = $3 WHERE brand = $1
