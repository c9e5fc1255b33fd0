-- All between two amounts.
SELECT o.id, o.created_at, o.total_payable, o.risk_score
FROM orders AS o
WHERE o.total_payable BETWEEN $14 AND $15 AND +o.created_at >= $18 AND +o.created_at < $19
  AND (CAST($1 AS TEXT) IS NULL OR o.status IN ($1, $2, $3, $4, $5, $6, $7, $8, $9))
  AND (CAST($10 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM order_brands AS b WHERE b.order_id = o.id AND b.brand = $10))
  AND (CAST($11 AS TEXT) IS NULL OR o.bank_code = $11)
  AND (CAST($12 AS TEXT) IS NULL OR o.speed = $12)
  AND (CAST($13 AS TEXT) IS NULL OR o.hold_reason = $13)
  AND +o.risk_score >= $16
  AND ($17 = 0 OR EXISTS (SELECT 1 FROM order_items AS i WHERE i.order_id = o.id AND i.status IN ('unknown_verify', 'unknown_lock', 'manual')))
LIMIT $20
