INSERT INTO catalog (brand, family, position, status, verification, info_json, form_json, version, revision, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 1, $8)
ON CONFLICT (brand) DO NOTHING
