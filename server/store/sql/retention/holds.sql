UPDATE legal_holds SET phone_enc = $2, reason = '', phone_hmac = $3, erased_at = $4
WHERE id = $1 AND erased_at IS NULL AND COALESCE(lifted_at, ends_at) < $5 AND (lifted_at IS NOT NULL OR ends_at < $4)
AND NOT EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = legal_holds.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $4)
