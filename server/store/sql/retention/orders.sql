-- What made it due is asked once more, with the row in hand: it may have changed since it was looked for.
UPDATE orders SET name_enc = $2, phone_enc = $2, account_no_enc = $2, holder_enc = $2, address_enc = $2, phone_hmac = $3, account_no_hmac = $3,
    address_hmac = $3, device_hmac = NULL, agent = '', erased_at = $4
WHERE id = $1 AND erased_at IS NULL AND created_at < $5 AND status IN ('paid', 'rejected', 'cancelled') AND COALESCE(paid_at, updated_at) < $5
AND NOT EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = orders.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $4)
