SELECT id, purpose, phone_enc, state, tries, created_at, expires_at FROM otp_challenges WHERE id = $1
