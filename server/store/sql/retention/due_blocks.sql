-- A block ends by itself or is lifted; a hold is about a customer, a block about who kept us from one.
SELECT b.id FROM risk_blocks AS b WHERE b.erased_at IS NULL AND COALESCE(b.lifted_at, b.until_at) < $1 AND (b.lifted_at IS NOT NULL OR b.until_at < $2)
ORDER BY b.until_at LIMIT $3
