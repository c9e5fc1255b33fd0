-- A redemption nobody knows of waits for a person once no inquiry of it is due any more.
SELECT i.id, i.order_id, o.code, o.status AS order_status, i.position, i.brand, i.status, i.reason, i.claimed_face, i.face_value, i.created_at,
    c.user_id AS claim_user, c.claimed_at, c.lease_until
FROM order_items i JOIN orders o ON o.id = i.order_id
LEFT JOIN manual_claims c ON c.item_id = i.id AND c.lease_until > $1
WHERE i.status IN ('manual', 'unknown_lock') AND (i.status = 'manual' OR i.next_check_at IS NULL)
ORDER BY i.created_at, i.id LIMIT $2
