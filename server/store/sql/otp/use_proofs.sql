UPDATE otp_challenges SET state = 'used', used_at = $2
WHERE purpose = $1 AND state = 'verified' AND proof_expires_at > $2
    AND (/*or*/(proof_hash = $3 AND phone_hmac IN ($4, $5))/*or*/)
