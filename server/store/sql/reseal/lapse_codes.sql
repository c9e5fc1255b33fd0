SELECT COUNT(*) FROM otp_challenges WHERE created_at <= $1 AND created_at > $2
