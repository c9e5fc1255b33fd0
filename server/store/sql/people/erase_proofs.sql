UPDATE manual_proofs SET name_enc = $1, body_enc = $1
WHERE item_id IN (SELECT i.id FROM order_items AS i INNER JOIN orders AS o ON o.id = i.order_id WHERE o.closed_at = $2 AND i.pin_erased_at = $2)
