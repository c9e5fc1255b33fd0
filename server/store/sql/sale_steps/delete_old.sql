DELETE FROM sale_steps WHERE (step, sale) IN (SELECT step, sale FROM sale_steps WHERE step = $1 AND created_at < $2 ORDER BY created_at LIMIT $3)
