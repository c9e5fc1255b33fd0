SELECT w.id FROM person_requests AS w WHERE w.erased_at IS NULL AND w.state <> 'open' AND w.done_at < $1
AND NOT EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = w.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $2)
ORDER BY w.done_at LIMIT $3
