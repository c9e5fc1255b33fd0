INSERT INTO audit_logs (id, actor, action, target_type, target_id, meta_json, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
