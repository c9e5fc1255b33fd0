-- The digest stays sealed, and the hash is the one made from it: when the lookup key is another one, the next is made from the
-- digest, and what was hashed before digests were could not be made anew any more. Where a live row has that hash already, this
-- number was sold twice and the other row keeps it.
UPDATE order_items SET pin_enc = $2, companion_enc = NULL, pin_digest_enc = COALESCE($3, pin_digest_enc), pin_erased_at = $4,
    pin_hmac = CASE WHEN status = 'paid' AND EXISTS (SELECT 1 FROM order_items AS other WHERE other.family = order_items.family AND other.pin_hmac = $6
        AND other.id <> order_items.id AND other.status NOT IN ('rejected', 'cancelled')) THEN pin_hmac ELSE COALESCE($6, pin_hmac) END
WHERE id = $1 AND pin_enc = $5 AND status IN ('paid', 'rejected', 'cancelled') AND updated_at < $7
AND NOT EXISTS (SELECT 1 FROM orders AS o INNER JOIN legal_holds AS h ON h.phone_hmac = o.phone_hmac
    WHERE o.id = order_items.order_id AND h.lifted_at IS NULL AND h.ends_at > $4)
