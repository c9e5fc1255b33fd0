SELECT o.code, o.status, o.item_count, o.total_payable,
    CAST(COALESCE((SELECT SUM(i.payable) FROM order_items i WHERE i.order_id = o.id AND i.status IN ('settled', 'paid')), 0) AS BIGINT) AS gross,
    o.fee
FROM orders o ORDER BY o.code
