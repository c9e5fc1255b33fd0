SELECT COUNT(*) AS due, CAST(0 AS BIGINT) AS held
FROM risk_blocks AS b WHERE b.erased_at IS NULL AND COALESCE(b.lifted_at, b.until_at) < $1 AND (b.lifted_at IS NOT NULL OR b.until_at < $2)
