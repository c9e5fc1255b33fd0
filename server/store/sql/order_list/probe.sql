-- How many orders each filter leaves, counted up to $4: the way to go is chosen by it. An absent filter counts nothing.
SELECT
  (SELECT COUNT(*) FROM (SELECT 1 AS one FROM orders WHERE $1 = 1 AND created_at >= $2 AND created_at < $3 LIMIT $4) AS d) AS dated,
  (SELECT COUNT(*) FROM (SELECT 1 AS one FROM orders WHERE status IN ($5, $6, $7, $8, $9, $10, $11, $12, $13) AND created_at >= $2 AND created_at < $3 LIMIT $4) AS s) AS states,
  (SELECT COUNT(*) FROM (SELECT 1 AS one FROM order_brands WHERE brand = $14 AND created_at >= $2 AND created_at < $3 LIMIT $4) AS b) AS brands,
  (SELECT COUNT(*) FROM (SELECT 1 AS one FROM orders WHERE bank_code = $15 AND created_at >= $2 AND created_at < $3 LIMIT $4) AS k) AS banks,
  (SELECT COUNT(*) FROM (SELECT 1 AS one FROM orders WHERE $16 = 1 AND total_payable BETWEEN $17 AND $18 LIMIT $4) AS a) AS amounts,
  (SELECT COUNT(*) FROM (SELECT 1 AS one FROM orders WHERE $19 > 0 AND risk_score >= $19 AND risk_score > 0 LIMIT $4) AS r) AS risks,
  (SELECT COUNT(*) FROM (SELECT DISTINCT order_id FROM order_items WHERE $20 = 1 AND status IN ('unknown_verify', 'unknown_lock', 'manual') LIMIT $4) AS o) AS opens
