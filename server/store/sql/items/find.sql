SELECT id, order_id, position, brand, family, status, reason, revision, pin_enc, companion_enc, claimed_face, rate_bp, face_value, payable, next_check_at, issuer_ref, verified_at, locked_at, paid_at, created_at, updated_at
FROM order_items WHERE id = $1
