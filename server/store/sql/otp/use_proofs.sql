UPDATE otp_challenges SET state = 'used', used_at = $5
WHERE proof_hash = $1 AND purpose = $2 AND phone_hmac IN ($3, $4) AND state = 'verified' AND proof_expires_at > $5
