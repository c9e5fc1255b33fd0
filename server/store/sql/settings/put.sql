INSERT INTO settings (name, value_json, updated_at) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json, updated_at = excluded.updated_at
