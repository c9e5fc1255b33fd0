DELETE FROM order_views WHERE id = $1 AND user_id = $2
