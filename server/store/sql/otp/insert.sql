INSERT INTO otp_challenges (id, purpose, phone_enc, phone_hmac, address_hmac, code_hmac, state, tries, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, 'open', 0, $7, $8)
