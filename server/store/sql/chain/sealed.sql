DELETE FROM audit_unsealed WHERE audit_id IN (SELECT audit_id FROM audit_chain WHERE seq > $1)
