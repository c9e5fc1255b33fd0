-- All with a voucher that waits for a person. The walk is along the index of those.
SELECT o.id, o.created_at, o.total_payable, o.risk_score
FROM (SELECT DISTINCT order_id FROM order_items WHERE status IN ('unknown_verify', 'unknown_lock', 'manual')) AS w CROSS JOIN orders AS o
WHERE $17 = 1 AND o.id = w.order_id AND +o.created_at >= $18 AND +o.created_at < $19
  AND (CAST($1 AS TEXT) IS NULL OR o.status IN ($1, $2, $3, $4, $5, $6, $7, $8, $9))
  AND (CAST($10 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM order_brands AS b WHERE b.order_id = o.id AND b.brand = $10))
  AND (CAST($11 AS TEXT) IS NULL OR o.bank_code = $11)
  AND (CAST($12 AS TEXT) IS NULL OR o.speed = $12)
  AND (CAST($13 AS TEXT) IS NULL OR o.hold_reason = $13)
  AND +o.total_payable BETWEEN $14 AND $15
  AND +o.risk_score >= $16
LIMIT $20
