UPDATE messages SET phone_enc = $2, body_enc = $3, phone_hmac = $4
WHERE id = (SELECT id FROM messages WHERE id = $1 /*skip locked*/) AND phone_enc IS NOT DISTINCT FROM $5 AND body_enc IS NOT DISTINCT FROM $6 AND phone_hmac IS NOT DISTINCT FROM $7
