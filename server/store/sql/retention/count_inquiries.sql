SELECT COUNT(*) AS due, CAST(COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = q.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $2) THEN 1 ELSE 0 END), 0) AS BIGINT) AS held
FROM inquiries AS q WHERE q.erased_at IS NULL AND q.created_at < $1
