UPDATE payouts SET account_no_enc = $2, holder_enc = $3, account_no_hmac = $4
WHERE id = (SELECT id FROM payouts WHERE id = $1 /*skip locked*/) AND account_no_enc IS NOT DISTINCT FROM $5 AND holder_enc IS NOT DISTINCT FROM $6 AND account_no_hmac IS NOT DISTINCT FROM $7
