-- Compares and counts in one statement: guesses that come at once queue up at the row and meet the count of those
-- before them. Once the row is not open any more, nothing is compared.
UPDATE otp_challenges
SET state = CASE WHEN code_hmac IN ($2, $5) THEN 'verified' WHEN tries + 1 >= $4 THEN 'failed' ELSE 'open' END,
    tries = CASE WHEN code_hmac IN ($2, $5) THEN tries ELSE tries + 1 END,
    verified_at = CASE WHEN code_hmac IN ($2, $5) THEN $3 ELSE verified_at END
WHERE id = $1 AND state = 'open' AND expires_at > $3
RETURNING state, tries
