-- What other orders of these phones were, by whom they were shared. Withdrawn and wholly refused ones count for the
-- vouchers that failed only.
SELECT orders.phone_hmac AS subject, orders.account_no_hmac AS other,
    CAST(SUM(CASE WHEN orders.status NOT IN ('rejected', 'cancelled') AND orders.created_at >= $2 THEN 1 ELSE 0 END) AS BIGINT) AS orders_month,
    CAST(SUM(CASE WHEN orders.status NOT IN ('rejected', 'cancelled') AND orders.created_at >= $2 THEN orders.total_payable ELSE 0 END) AS BIGINT) AS amount_month,
    CAST(SUM(CASE WHEN orders.status NOT IN ('rejected', 'cancelled') AND orders.created_at >= $3 THEN 1 ELSE 0 END) AS BIGINT) AS orders_day,
    CAST(SUM(CASE WHEN orders.status NOT IN ('rejected', 'cancelled') AND orders.created_at >= $3 THEN orders.total_payable ELSE 0 END) AS BIGINT) AS amount_day,
    CAST(SUM(CASE WHEN orders.created_at >= $4 THEN (SELECT COUNT(*) FROM order_items WHERE order_items.order_id = orders.id AND order_items.status = 'rejected' AND order_items.reason <> 'declined') ELSE 0 END) AS BIGINT) AS failed_day,
    CAST(SUM(CASE WHEN orders.created_at >= $5 THEN orders.item_count ELSE 0 END) AS BIGINT) AS pins_hour,
    CAST(SUM(CASE WHEN orders.status = 'paid' THEN 1 ELSE 0 END) AS BIGINT) AS paid
FROM (
    /*all*/SELECT id, phone_hmac, account_no_hmac, status, created_at, total_payable, item_count FROM orders WHERE created_at >= $1 AND phone_hmac = $6/*all*/
) AS orders
GROUP BY orders.phone_hmac, orders.account_no_hmac
