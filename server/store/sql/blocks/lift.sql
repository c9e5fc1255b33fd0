UPDATE risk_blocks SET lifted_at = $3, lifted_by = $4, lifted_id = $5, lift_reason = $6, revision = revision + 1
WHERE id = $1 AND revision = $2 AND lifted_at IS NULL AND erased_at IS NULL
