INSERT INTO settings (name, value_json, updated_at, revision, changed_by) VALUES ($1, $2, $3, 1, $4) ON CONFLICT (name) DO NOTHING
