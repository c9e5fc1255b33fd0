UPDATE risk_blocks SET until_at = $3, reason = $4, revision = revision + 1
WHERE id = $1 AND revision = $2 AND lifted_at IS NULL AND erased_at IS NULL
