UPDATE order_items SET pin_enc = $2, companion_enc = $3, pin_digest_enc = $4, pin_hmac = $5
WHERE id = (SELECT id FROM order_items WHERE id = $1 /*skip locked*/) AND pin_enc IS NOT DISTINCT FROM $6 AND companion_enc IS NOT DISTINCT FROM $7 AND pin_digest_enc IS NOT DISTINCT FROM $8 AND pin_hmac IS NOT DISTINCT FROM $9
