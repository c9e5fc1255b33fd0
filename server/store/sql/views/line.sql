SELECT id, actor, action, target_type, target_id, meta_json, created_at, kind, user_id, session, address, reason
FROM audit_logs WHERE id = $1
