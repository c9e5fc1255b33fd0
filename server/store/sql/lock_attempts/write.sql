UPDATE lock_attempts
SET state = $5, code = $6, face = $7, issuer_ref = $8, inquiries = $9, not_found = $10, attempted_at = $11, finished_at = $12
WHERE id = $1 AND state = $2 AND inquiries = $3 AND attempted_at = $4
