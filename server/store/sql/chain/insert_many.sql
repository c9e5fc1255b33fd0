INSERT INTO audit_chain (audit_id, seq, previous, hash, sealed_at) VALUES ($1, $2, $3, $4, $5)
