-- Under the order's row lock.
UPDATE order_risk SET cleared_at = $2, cleared_by = $3, cleared_id = $4, cleared_reason = $5 WHERE order_id = $1
