UPDATE order_items
SET status = $4, reason = $5, face_value = $6, payable = $7, next_check_at = $8, issuer_ref = $9, verified_at = $10, locked_at = $11, paid_at = $12, updated_at = $13, revision = revision + 1
WHERE id = $1 AND status = $2 AND revision = $3
