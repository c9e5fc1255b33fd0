-- In an order in which those that don't open are passed by.
SELECT i.id, i.family, i.pin_enc, i.created_at FROM order_items AS i INNER JOIN orders AS o ON o.id = i.order_id WHERE i.pin_erased_at IS NULL AND i.created_at < $1 AND i.status IN ('paid', 'rejected', 'cancelled') AND i.updated_at < $1
AND (i.created_at, i.id) > ($4, $5)
AND NOT EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = o.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $2)
ORDER BY i.created_at, i.id LIMIT $3
