SELECT id, lane, kind, subject_id, unique_key, state, claim_epoch, attempts, next_attempt_at, last_error_code FROM outbox
WHERE state <> 'done' AND subject_id IN (
    SELECT id FROM orders WHERE id = $1
    UNION ALL SELECT id FROM order_items WHERE order_id = $1
    UNION ALL SELECT a.id FROM lock_attempts a JOIN order_items i ON i.id = a.item_id WHERE i.order_id = $1
    UNION ALL SELECT id FROM payouts WHERE order_id = $1
    UNION ALL SELECT a.id FROM payout_attempts a JOIN payouts p ON p.id = a.payout_id WHERE p.order_id = $1
    UNION ALL SELECT id FROM messages WHERE subject_id = $1
)
ORDER BY created_at, id
