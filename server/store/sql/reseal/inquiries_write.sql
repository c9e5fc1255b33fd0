UPDATE inquiries SET name_enc = $2, phone_enc = $3, body_enc = $4, note_enc = $5, phone_hmac = $6
WHERE id = (SELECT id FROM inquiries WHERE id = $1 /*skip locked*/) AND name_enc IS NOT DISTINCT FROM $7 AND phone_enc IS NOT DISTINCT FROM $8 AND body_enc IS NOT DISTINCT FROM $9 AND note_enc IS NOT DISTINCT FROM $10 AND phone_hmac IS NOT DISTINCT FROM $11
