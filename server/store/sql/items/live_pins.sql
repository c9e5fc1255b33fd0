-- The states stand in every arm: SQLite takes a partial index for an OR only then.
SELECT family, pin_hmac FROM order_items
WHERE /*or*/(status NOT IN ('rejected', 'cancelled') AND family = $1 AND pin_hmac = $2)/*or*/
