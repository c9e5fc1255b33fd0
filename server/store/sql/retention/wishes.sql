UPDATE person_requests SET phone_enc = $2, note = NULL, phone_hmac = $3, erased_at = $4 WHERE id = $1 AND erased_at IS NULL
