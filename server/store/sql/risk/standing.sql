SELECT lane, asked, score, book_version, facts_json, created_at, judged_at, cleared_at, cleared_by, cleared_reason FROM order_risk WHERE order_id = $1
