-- Guarded: from the state it was seen in.
UPDATE risk_books SET state = $3, decided_by = COALESCE($4, decided_by), decided_id = COALESCE($5, decided_id), decided_at = COALESCE($6, decided_at)
WHERE version = $1 AND state = $2
