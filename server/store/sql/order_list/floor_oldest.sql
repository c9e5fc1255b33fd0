-- How far $4 steps along one way go from $3. One of the four is walked.
SELECT created_at FROM (SELECT created_at FROM orders WHERE $1 = 'all' AND created_at >= $3 ORDER BY created_at ASC LIMIT 1 OFFSET $4) AS all_lead
UNION ALL SELECT created_at FROM (SELECT created_at FROM orders WHERE $1 = 'status' AND status = $2 AND created_at >= $3 ORDER BY created_at ASC LIMIT 1 OFFSET $4) AS status_lead
UNION ALL SELECT created_at FROM (SELECT created_at FROM order_brands WHERE $1 = 'brand' AND brand = $2 AND created_at >= $3 ORDER BY created_at ASC LIMIT 1 OFFSET $4) AS brand_lead
UNION ALL SELECT created_at FROM (SELECT created_at FROM orders WHERE $1 = 'bank' AND bank_code = $2 AND created_at >= $3 ORDER BY created_at ASC LIMIT 1 OFFSET $4) AS bank_lead
