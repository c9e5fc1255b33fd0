INSERT INTO order_columns (user_id, columns, updated_at) VALUES ($1, $2, $3)
ON CONFLICT (user_id) DO UPDATE SET columns = excluded.columns, updated_at = excluded.updated_at
