INSERT INTO banks (bank_code, kind, name_ko, name_en, position, enabled, hours_json, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (bank_code) DO NOTHING
