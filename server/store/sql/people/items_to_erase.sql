SELECT id, family, pin_enc, created_at FROM order_items
WHERE order_id IN (SELECT id FROM orders WHERE closed_at = $1) AND pin_erased_at IS NULL AND updated_at < $2 ORDER BY id
