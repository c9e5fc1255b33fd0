UPDATE catalog SET status = $3, revision = revision + 1, updated_at = $4 WHERE brand = $1 AND revision = $2
