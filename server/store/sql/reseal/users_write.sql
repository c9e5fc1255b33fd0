UPDATE users SET totp_enc = $2, revision = revision + 1
WHERE id = (SELECT id FROM users WHERE id = $1 /*skip locked*/) AND totp_enc IS NOT DISTINCT FROM $3
