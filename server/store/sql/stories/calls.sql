SELECT id, party, operation, reference, subject_id, outcome, code, started_at, finished_at FROM partner_calls
WHERE subject_id IN (
    SELECT id FROM orders WHERE id = $1
    UNION ALL SELECT id FROM order_items WHERE order_id = $1
    UNION ALL SELECT id FROM payouts WHERE order_id = $1
    UNION ALL SELECT id FROM messages WHERE subject_id = $1
)
ORDER BY started_at DESC, id DESC LIMIT $2
