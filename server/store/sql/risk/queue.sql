-- What waits for a person of the risk desk: orders under way that were flagged for it and not let go on, oldest first.
SELECT orders.id, orders.code, orders.status, orders.hold_reason, orders.revision, orders.total_payable, orders.item_count,
    orders.created_at, order_risk.lane, order_risk.asked, order_risk.score, order_risk.cleared_at
FROM orders JOIN order_risk ON order_risk.order_id = orders.id
WHERE orders.status IN ('submitted', 'verifying', 'locking', 'settled', 'paying', 'held')
    AND order_risk.lane <> 'auto' AND order_risk.cleared_at IS NULL
    AND (orders.created_at, orders.id) > ($1, $2)
ORDER BY orders.created_at, orders.id LIMIT $3
