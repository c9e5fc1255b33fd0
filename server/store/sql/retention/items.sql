UPDATE order_items SET pin_enc = $2, companion_enc = NULL, pin_erased_at = $3 WHERE id = $1 AND pin_erased_at IS NULL
