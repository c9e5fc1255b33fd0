UPDATE inquiries SET name_enc = $1, phone_enc = $1, body_enc = $1, phone_hmac = $2, address_hmac = $2, erased_at = $3
WHERE id IN (
    SELECT q.id FROM inquiries AS q WHERE q.erased_at IS NULL AND q.created_at < $4
    AND NOT EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = q.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $3)
    ORDER BY q.created_at LIMIT $5
)
