UPDATE inquiries SET name_enc = $2, phone_enc = $2, body_enc = $2, note_enc = CASE WHEN note_enc IS NULL THEN note_enc ELSE $2 END, phone_hmac = $3, address_hmac = $3, erased_at = $4
WHERE id = $1 AND erased_at IS NULL AND created_at < $5
AND NOT EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = inquiries.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $4)
