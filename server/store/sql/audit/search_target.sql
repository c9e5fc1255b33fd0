SELECT a.id, a.actor, a.action, a.target_type, a.target_id, a.meta_json, a.created_at, a.kind, a.user_id, a.session, a.address, a.reason, c.seq, c.hash
FROM audit_logs AS a LEFT JOIN audit_chain AS c ON c.audit_id = a.id
WHERE a.created_at >= $3 AND (a.created_at < $1 OR (a.created_at = $1 AND a.id < $2))
AND (CAST($4 AS TEXT) IS NULL OR a.kind = $4)
AND (CAST($5 AS TEXT) IS NULL OR substr(a.action, 1, length($5)) = $5)
AND (CAST($6 AS TEXT) IS NULL OR a.actor = $6)
AND a.target_type = $7 AND a.target_id = $8
ORDER BY a.created_at DESC, a.id DESC LIMIT $9
