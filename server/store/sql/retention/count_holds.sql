SELECT COUNT(*) AS due, CAST(COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = l.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $2) THEN 1 ELSE 0 END), 0) AS BIGINT) AS held
FROM legal_holds AS l WHERE l.erased_at IS NULL AND COALESCE(l.lifted_at, l.ends_at) < $1 AND (l.lifted_at IS NOT NULL OR l.ends_at < $2)
