SELECT id FROM order_items WHERE family = $1 AND pin_hmac = $2 AND status NOT IN ('rejected', 'cancelled')
