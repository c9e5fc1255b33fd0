SELECT a.id, a.actor, a.action, a.target_type, a.target_id, a.meta_json, a.created_at, a.kind, a.user_id, a.session, a.address, a.reason
FROM audit_unsealed AS u INNER JOIN audit_logs AS a ON a.id = u.audit_id
ORDER BY u.created_at, u.audit_id LIMIT $1
