SELECT id, tries, created_at, expires_at FROM otp_challenges
WHERE phone_hmac IN ($1, $2) AND purpose = $3 AND state = 'open' AND expires_at > $4
ORDER BY created_at DESC LIMIT 1
