SELECT version, info_json, form_json, author, reason, created_at FROM catalog_versions WHERE brand = $1 ORDER BY version DESC LIMIT $2
