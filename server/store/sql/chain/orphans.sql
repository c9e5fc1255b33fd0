-- Noted as to be linked, and the line is gone.
SELECT u.audit_id FROM audit_unsealed AS u
WHERE NOT EXISTS (SELECT 1 FROM audit_logs AS a WHERE a.id = u.audit_id)
ORDER BY u.created_at LIMIT $1
