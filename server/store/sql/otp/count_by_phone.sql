SELECT COUNT(*) AS codes, MIN(created_at) AS oldest FROM otp_challenges WHERE phone_hmac IN ($1, $2) AND created_at >= $3
