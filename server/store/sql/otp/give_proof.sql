UPDATE otp_challenges SET proof_hash = $2, proof_expires_at = $3 WHERE id = $1 AND state = 'verified' AND proof_hash IS NULL
