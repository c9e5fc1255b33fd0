-- Everything about the day $1, from $2 until before $3. Each arm walks an index of its own.
INSERT INTO day_stats (day, measure, brand, reason, number, won, counted_at)
SELECT CAST($1 AS TEXT), 'orders', '', '', COUNT(*), CAST(COALESCE(SUM(total_face_value), 0) AS BIGINT), CAST($4 AS BIGINT) FROM orders WHERE created_at >= $2 AND created_at < $3
UNION ALL SELECT CAST($1 AS TEXT), 'paid', '', '', COUNT(*), CAST(COALESCE(SUM(total_payable), 0) AS BIGINT), CAST($4 AS BIGINT) FROM orders WHERE paid_at IS NOT NULL AND paid_at >= $2 AND paid_at < $3
UNION ALL SELECT CAST($1 AS TEXT), 'items', c.brand, '', CAST(SUM(b.items) AS BIGINT), CAST(SUM(b.face) AS BIGINT), CAST($4 AS BIGINT) FROM catalog AS c CROSS JOIN order_brands AS b WHERE b.brand = c.brand AND b.created_at >= $2 AND b.created_at < $3 GROUP BY c.brand
UNION ALL SELECT CAST($1 AS TEXT), 'rejected', brand, COALESCE(reason, 'declined'), COUNT(*), CAST(COALESCE(SUM(claimed_face), 0) AS BIGINT), CAST($4 AS BIGINT) FROM order_items WHERE status = 'rejected' AND updated_at >= $2 AND updated_at < $3 GROUP BY brand, COALESCE(reason, 'declined')
UNION ALL SELECT CAST($1 AS TEXT), 'begun', '', '', COUNT(*), CAST(0 AS BIGINT), CAST($4 AS BIGINT) FROM sale_steps WHERE step = 'begun' AND created_at >= $2 AND created_at < $3
UNION ALL SELECT CAST($1 AS TEXT), 'quoted', '', '', COUNT(*), CAST(0 AS BIGINT), CAST($4 AS BIGINT) FROM sale_steps WHERE step = 'quoted' AND created_at >= $2 AND created_at < $3
UNION ALL SELECT CAST($1 AS TEXT), 'proved', '', '', COUNT(*), CAST(0 AS BIGINT), CAST($4 AS BIGINT) FROM sale_steps WHERE step = 'proved' AND created_at >= $2 AND created_at < $3
