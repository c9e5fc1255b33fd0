-- Its end may have been moved since it was looked for: then it stops somebody again.
UPDATE risk_blocks SET value_enc = CASE WHEN value_enc IS NULL THEN value_enc ELSE $2 END, masked = '', value_hmac = $3, erased_at = $4, revision = revision + 1
WHERE id = $1 AND erased_at IS NULL AND COALESCE(lifted_at, until_at) < $5 AND (lifted_at IS NOT NULL OR until_at < $4)
