SELECT o.id FROM orders AS o WHERE o.erased_at IS NULL AND o.created_at < $1 AND o.status IN ('paid', 'rejected', 'cancelled') AND COALESCE(o.paid_at, o.updated_at) < $1
AND NOT EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.phone_hmac = o.phone_hmac AND h.lifted_at IS NULL AND h.ends_at > $2)
ORDER BY o.created_at LIMIT $3
