UPDATE person_requests SET phone_enc = $2, note = NULL, phone_hmac = $3, erased_at = $4
WHERE id = $1 AND erased_at IS NULL AND state <> 'open' AND done_at < $5
AND NOT EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = person_requests.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $4)
