UPDATE orders
SET status = $4, held_from = $5, hold_reason = $6, total_payable = $7, settled_at = $8, paid_at = $9, updated_at = $10, revision = revision + 1
WHERE id = $1 AND status = $2 AND revision = $3
