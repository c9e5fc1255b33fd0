SELECT COUNT(*) AS due, CAST(COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = w.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $2) THEN 1 ELSE 0 END), 0) AS BIGINT) AS held
FROM person_requests AS w WHERE w.erased_at IS NULL AND w.state <> 'open' AND w.done_at < $1
