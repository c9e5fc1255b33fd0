SELECT id, actor, action, target_type, target_id, meta_json, created_at, kind, user_id, session, address, reason
FROM audit_logs WHERE target_type = $1 AND target_id = $2 ORDER BY created_at DESC, id DESC LIMIT $3
