UPDATE manual_proofs SET name_enc = $2, body_enc = $3
WHERE id = (SELECT id FROM manual_proofs WHERE id = $1 /*skip locked*/) AND name_enc IS NOT DISTINCT FROM $4 AND body_enc IS NOT DISTINCT FROM $5
