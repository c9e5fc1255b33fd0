SELECT order_risk.lane, CAST(COUNT(*) AS BIGINT) AS orders, CAST(MIN(orders.created_at) AS BIGINT) AS oldest
FROM orders JOIN order_risk ON order_risk.order_id = orders.id
WHERE orders.status IN ('submitted', 'verifying', 'locking', 'settled', 'paying', 'held')
    AND order_risk.lane <> 'auto' AND order_risk.cleared_at IS NULL
GROUP BY order_risk.lane
