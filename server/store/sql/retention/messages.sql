UPDATE messages SET phone_enc = $2, body_enc = $2, phone_hmac = $3, erased_at = $4 WHERE id = $1 AND erased_at IS NULL
