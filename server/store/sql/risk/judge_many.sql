INSERT INTO order_risk (order_id, lane, asked, score, book_version, facts_json, created_at, judged_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
