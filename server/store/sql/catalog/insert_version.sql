INSERT INTO catalog_versions (brand, version, info_json, form_json, author, reason, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
