UPDATE messages SET phone_enc = $2, body_enc = $2, phone_hmac = $3, erased_at = $4
WHERE id = $1 AND erased_at IS NULL AND created_at < $5 AND state NOT IN ('ready', 'handing')
AND NOT EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = messages.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $4)
