SELECT COUNT(*) AS works, MIN(created_at) AS oldest FROM audit_unsealed
