SELECT id, '' AS word, phone_enc, phone_hmac FROM otp_challenges WHERE id > $1 ORDER BY id LIMIT $2
