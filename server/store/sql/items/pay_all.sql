UPDATE order_items SET status = 'paid', paid_at = $2, updated_at = $2, revision = revision + 1 WHERE order_id = $1 AND status = 'settled'
