SELECT id, user_id, name, query, is_default, created_at, updated_at
FROM order_views WHERE user_id = $1 ORDER BY name
