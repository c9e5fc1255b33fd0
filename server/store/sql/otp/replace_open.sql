UPDATE otp_challenges SET state = 'replaced' WHERE phone_hmac IN ($1, $2) AND purpose = $3 AND state = 'open'
