UPDATE orders SET name_enc = $1, phone_enc = $1, account_no_enc = $1, holder_enc = $1, address_enc = $1, phone_hmac = $2, account_no_hmac = $2,
    address_hmac = $2, device_hmac = NULL, agent = '', erased_at = $3
WHERE id IN (
    SELECT o.id FROM orders AS o WHERE o.erased_at IS NULL AND o.created_at < $4 AND o.status IN ('paid', 'rejected', 'cancelled') AND COALESCE(o.paid_at, o.updated_at) < $4
    AND NOT EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = o.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $3)
    ORDER BY o.created_at LIMIT $5
)
