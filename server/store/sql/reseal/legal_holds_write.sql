UPDATE legal_holds SET phone_enc = $2, phone_hmac = $3
WHERE id = (SELECT id FROM legal_holds WHERE id = $1 /*skip locked*/) AND phone_enc IS NOT DISTINCT FROM $4 AND phone_hmac IS NOT DISTINCT FROM $5
