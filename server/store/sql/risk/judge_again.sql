-- Under the order's row lock. A person's word falls when something was found that it did not know.
UPDATE order_risk SET lane = $2, asked = $3, score = $4, book_version = $5, facts_json = $6, judged_at = $7,
    cleared_at = CASE WHEN $8 THEN NULL ELSE cleared_at END,
    cleared_by = CASE WHEN $8 THEN NULL ELSE cleared_by END,
    cleared_id = CASE WHEN $8 THEN NULL ELSE cleared_id END,
    cleared_reason = CASE WHEN $8 THEN NULL ELSE cleared_reason END
WHERE order_id = $1
