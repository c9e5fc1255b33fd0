-- The digest stays sealed, so that the number can't be sold again after the lookup key is another one.
UPDATE order_items SET pin_enc = $2, companion_enc = NULL, pin_digest_enc = $3, pin_erased_at = $4 WHERE id = $1 AND pin_enc = $5
