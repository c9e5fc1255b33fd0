UPDATE order_items SET status = $3, updated_at = $4, revision = revision + 1 WHERE order_id = $1 AND status = $2
