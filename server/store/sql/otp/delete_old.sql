DELETE FROM otp_challenges WHERE id IN (SELECT id FROM otp_challenges WHERE created_at < $1 ORDER BY created_at LIMIT $2)
