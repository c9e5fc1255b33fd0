UPDATE risk_blocks SET value_enc = $2, value_hmac = $3
WHERE id = (SELECT id FROM risk_blocks WHERE id = $1 /*skip locked*/) AND value_enc IS NOT DISTINCT FROM $4 AND value_hmac IS NOT DISTINCT FROM $5
