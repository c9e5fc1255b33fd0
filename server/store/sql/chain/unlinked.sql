-- Lines nobody will ever seal: neither linked nor noted as to be linked.
SELECT a.id FROM audit_logs AS a
WHERE NOT EXISTS (SELECT 1 FROM audit_chain AS c WHERE c.audit_id = a.id)
AND NOT EXISTS (SELECT 1 FROM audit_unsealed AS u WHERE u.audit_id = a.id)
ORDER BY a.created_at LIMIT $1
