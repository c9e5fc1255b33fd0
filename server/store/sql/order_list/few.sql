-- All orders of a filter that leaves few, found by the way $20 and held against the others. One of the arms is walked.
WITH found AS (
  SELECT id AS order_id FROM orders WHERE $20 = 'dated' AND created_at >= $18 AND created_at < $19
  UNION ALL SELECT id FROM orders WHERE $20 = 'states' AND status IN ($1, $2, $3, $4, $5, $6, $7, $8, $9) AND created_at >= $18 AND created_at < $19
  UNION ALL SELECT order_id FROM order_brands WHERE $20 = 'brands' AND brand = $10 AND created_at >= $18 AND created_at < $19
  UNION ALL SELECT id FROM orders WHERE $20 = 'banks' AND bank_code = $11 AND created_at >= $18 AND created_at < $19
  UNION ALL SELECT id FROM orders WHERE $20 = 'amounts' AND total_payable BETWEEN $14 AND $15
  UNION ALL SELECT id FROM orders WHERE $20 = 'risks' AND risk_score >= $16 AND risk_score > 0
  UNION ALL SELECT DISTINCT order_id FROM order_items WHERE $20 = 'opens' AND status IN ('unknown_verify', 'unknown_lock', 'manual')
  UNION ALL SELECT id FROM orders WHERE $20 = 'phone' AND phone_hmac IN ($21, $22)
  UNION ALL SELECT id FROM orders WHERE $20 = 'account' AND account_no_hmac IN ($21, $22)
  UNION ALL SELECT id FROM orders WHERE $20 = 'code' AND code = $23
)
SELECT o.id, o.created_at, o.total_payable, o.risk_score
FROM found CROSS JOIN orders AS o
WHERE o.id = found.order_id
  AND +o.created_at >= $18 AND +o.created_at < $19
  AND (CAST($1 AS TEXT) IS NULL OR o.status IN ($1, $2, $3, $4, $5, $6, $7, $8, $9))
  AND (CAST($10 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM order_brands AS b WHERE b.order_id = o.id AND b.brand = $10))
  AND (CAST($11 AS TEXT) IS NULL OR o.bank_code = $11)
  AND (CAST($12 AS TEXT) IS NULL OR o.speed = $12)
  AND (CAST($13 AS TEXT) IS NULL OR o.hold_reason = $13)
  AND +o.total_payable BETWEEN $14 AND $15
  AND +o.risk_score >= $16
  AND ($17 = 0 OR EXISTS (SELECT 1 FROM order_items AS i WHERE i.order_id = o.id AND i.status IN ('unknown_verify', 'unknown_lock', 'manual')))
LIMIT $24
