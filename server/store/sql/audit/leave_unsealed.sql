INSERT INTO audit_unsealed (audit_id, created_at) VALUES ($1, $2)
