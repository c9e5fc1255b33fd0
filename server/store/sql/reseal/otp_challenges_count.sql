SELECT COUNT(*) FROM otp_challenges
