SELECT q.id FROM inquiries AS q WHERE q.erased_at IS NULL AND q.created_at < $1
AND NOT EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = q.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $2)
ORDER BY q.created_at LIMIT $3
