UPDATE order_items SET pin_enc = $1, companion_enc = NULL, pin_erased_at = $2
WHERE order_id IN (SELECT id FROM orders WHERE closed_at = $2) AND pin_erased_at IS NULL AND updated_at < $3
