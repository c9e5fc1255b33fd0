UPDATE catalog SET verification = $3, info_json = $4, form_json = $5, version = version + 1, revision = revision + 1, updated_at = $6
WHERE brand = $1 AND version = $2
