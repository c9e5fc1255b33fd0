SELECT c.seq, c.audit_id, c.previous, c.hash, a.id, a.actor, a.action, a.target_type, a.target_id, a.meta_json, a.created_at, a.kind,
    a.user_id, a.session, a.address, a.reason
FROM audit_chain AS c LEFT JOIN audit_logs AS a ON a.id = c.audit_id
WHERE c.seq > $1 ORDER BY c.seq LIMIT $2
