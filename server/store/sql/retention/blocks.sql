UPDATE risk_blocks SET value_enc = CASE WHEN value_enc IS NULL THEN value_enc ELSE $2 END, masked = '', value_hmac = $3, erased_at = $4, revision = revision + 1
WHERE id = $1 AND erased_at IS NULL
