UPDATE order_views SET is_default = $2, updated_at = $3 WHERE user_id = $1 AND is_default <> $2
