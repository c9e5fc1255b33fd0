SELECT family, pin_hmac FROM order_items
WHERE status NOT IN ('rejected', 'cancelled') AND (/*or*/(family = $1 AND pin_hmac = $2)/*or*/)
