UPDATE payouts
SET status = $4, hold_reason = $5, not_before = $6, next_check_at = $7, executed_at = $8, updated_at = $9, revision = revision + 1
WHERE id = $1 AND status = $2 AND revision = $3
