-- The same name again is the same view with another query.
INSERT INTO order_views (id, user_id, name, query, is_default, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $6)
ON CONFLICT (user_id, name) DO UPDATE SET query = excluded.query, is_default = excluded.is_default, updated_at = excluded.updated_at
