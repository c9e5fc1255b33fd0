UPDATE settings SET value_json = $2, updated_at = $3, changed_by = $4, revision = revision + 1 WHERE name = $1 AND revision = $5
