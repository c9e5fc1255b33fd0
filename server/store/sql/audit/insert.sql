INSERT INTO audit_logs (id, actor, action, target_type, target_id, meta_json, created_at, kind, user_id, session, address, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
